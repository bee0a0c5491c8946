import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

export const PACK_FORMAT = 'chuangdang-pack';
/** Of the file format; a reader refuses a higher one. */
export const PACK_VERSION = 2;
/** The last version whose packs did not tell where their words come from. */
export const VERSION_WITHOUT_HISTORIES = 1;
/** First entry, stored, so that a file can be told by its first bytes. */
export const PACK_MIMETYPE = 'application/vnd.chuangdang.pack+zip';
export const PACK_EXTENSION = '.cdpack';

export const MIMETYPE_ENTRY = 'mimetype';
export const MANIFEST_ENTRY = 'manifest.json';
export const ROWS_ENTRY = 'rows.ndjson';
export const HISTORIES_ENTRY = 'histories.ndjson';
/** Begins the ZIP comment; the SHA-256 of the manifest follows, which names the hash of every other entry. */
export const SEAL = 'chuangdang-pack sha256:';

const sha = z.string().regex(/^[0-9a-f]{64}$/);
const entrySchema = z.object({ path: z.string().min(1).max(300), bytes: z.number().int().min(0), sha256: sha });

export const packManifestSchema = z.object({
  format: z.literal(PACK_FORMAT),
  version: z.number().int().min(1),
  /** Schema of the database that wrote the rows. */
  schema: z.number().int(),
  id: z.string().regex(/^p[0-9a-f]{18}$/),
  kind: z.enum(['task', 'whole', 'return']),
  archiveId: z.string().min(1).max(64),
  title: z.string().max(1000),
  /** Canonical name; empty where it holds everything. */
  unit: z.string().max(200),
  sender: z.string().max(200),
  createdAt: z.string().max(40),
  due: z.string().max(10),
  /** The sender's log when the rows were read. */
  head: z.object({ seq: z.number().int(), hash: z.string().max(64) }),
  /** Packs that the sender has taken in, and those it made before: what both sides have known of each other. */
  knows: z.array(z.string().max(40)).max(100_000),
  made: z.array(z.string().max(40)).max(100_000),
  items: z.number().int(),
  rows: z.number().int(),
  entries: z.array(entrySchema).max(200_000),
});
export type PackManifest = z.infer<typeof packManifestSchema>;
export type PackEntry = z.infer<typeof entrySchema>;

export const makePackId = (): string => `p${randomBytes(9).toString('hex')}`;
export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** What two people can compare over the telephone: the first 16 digits of a digest in fours. */
export const checkCode = (digest: string): string => (digest.slice(0, 16).toUpperCase().match(/.{4}/gu) ?? []).join('-');
