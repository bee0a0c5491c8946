import { z } from 'zod';
import { evidenceIdSchema } from '../domain-schemas.ts';
import { shellCall } from './define.ts';
import { paperFormatSchema } from './papers.ts';

export const shellCalls = {
  /** Null when the user cancelled the dialog. */
  'shell.chooseFolder': shellCall(() => z.object({ title: z.string().max(100), /** What the dialog's button says. */ button: z.string().max(20).default('选择'), /** Where it opens; where one last was if empty. */ at: z.string().default('') }), () => z.object({ path: z.string().nullable() })),
  /**
   * Where a new archive would lie. Without a `parent` the program proposes one (beside a file, else in the user's documents) and a name that is
   * free there. `trouble`: why it cannot be made there, a whole sentence, else empty.
   */
  'shell.placeArchive': shellCall(
    () => z.object({ name: z.string().max(200), parent: z.string().nullable(), beside: z.string().nullable().default(null) }),
    () => z.object({ parent: z.string(), name: z.string(), path: z.string(), trouble: z.string() }),
  ),
  /** A folder that does not exist yet, for the sample archive, in the user's documents: so that the sample takes one click and no dialog. */
  'shell.sampleFolder': shellCall(() => z.object({}), () => z.object({ path: z.string() })),
  'shell.chooseFiles': shellCall(() => z.object({ title: z.string().max(100), purpose: z.enum(['evidence', 'plan', 'catalog', 'review', 'paper', 'template', 'profile', 'pack']) }), () => z.object({ paths: z.array(z.string()) })),
  /** Where to save a paper; null when the user cancelled. */
  'shell.choosePaperFile': shellCall(() => z.object({ suggestedName: z.string().max(200), format: z.enum([...paperFormatSchema.options, 'json']) }), () => z.object({ path: z.string().nullable() })),
  /** Prints pages of a made paper or of a bound file by the system's dialog, at their true size; `printed` is false where the user cancelled it. */
  'shell.print': shellCall(
    () => z.object({ id: z.string().max(64), name: z.string().max(200), pages: z.object({ first: z.number().int().min(1), last: z.number().int().min(1) }).nullable().default(null) }),
    () => z.object({ printed: z.boolean() }),
  ),
  /** Shows a file that a save dialog of this session named in the system's file manager. */
  'shell.showSaved': shellCall(() => z.object({ path: z.string().max(4000) }), () => z.object({})),
  /** What the menu offers now: printing where something is shown that prints, importing where an archive is open for writing. */
  'shell.setMenu': shellCall(() => z.object({ printable: z.boolean(), importable: z.boolean() }), () => z.object({})),
  /** Opens a made paper or a bound file in the system's own viewer. */
  'shell.openPaper': shellCall(() => z.object({ id: z.string().max(64) }), () => z.object({})),
  /** Hands an item's original file to the system's drag and drop, under its own name. To be called while a drag begins. */
  'shell.dragOut': shellCall(() => z.object({ id: evidenceIdSchema }), () => z.object({})),
  /** Saves a copy of an item's original file where the user says; null when the dialog was cancelled. */
  'shell.saveCopy': shellCall(() => z.object({ id: evidenceIdSchema }), () => z.object({ path: z.string().nullable() })),
  /** Shows an export of the open archive in the system's file manager. */
  'shell.showExport': shellCall(() => z.object({ version: z.string().regex(/^v\d{3,}$/) }), () => z.object({})),
  'shell.recent': shellCall(() => z.object({}), () => z.array(z.object({ folder: z.string(), title: z.string(), openedAt: z.string() }))),
  'shell.forgetRecent': shellCall(() => z.object({ folder: z.string() }), () => z.object({})),
  'shell.runtime': shellCall(
    () => z.object({}),
    () => z.object({ version: z.string(), electron: z.string(), chrome: z.string(), node: z.string(), serviceNode: z.string(), standIn: z.boolean() }),
  ),
  /** Opens the user manual, which lies beside the program, in the system's browser. */
  'shell.openManual': shellCall(() => z.object({}), () => z.object({})),
  /** Licences of everything that the program carries, as one text. */
  'shell.notices': shellCall(() => z.object({}), () => z.object({ text: z.string() })),
  /** What may be handed to whoever helps: to be read before it is saved. Nothing of any document is in it. */
  'shell.supportReport': shellCall(() => z.object({}), () => z.object({ text: z.string() })),
  /** Saves the report that was shown last, where the person chooses. Null when they did not. */
  'shell.saveSupportReport': shellCall(() => z.object({}), () => z.object({ path: z.string().nullable() })),
};
