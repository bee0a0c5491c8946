import type { CommandContext, Outcome } from './command.ts';
import { couldNot } from './command.ts';

/** Opens the archive named by the first argument, runs the command on it, and closes it again. */
export async function withArchive(context: CommandContext, access: 'read' | 'write', work: (context: CommandContext) => Promise<Outcome>): Promise<Outcome> {
  const [folder = ''] = context.positionals;
  const asked = await context.dispatcher.call('archive.open', { folder, readOnly: access === 'read' });
  // An archive of an earlier version can be read once it was opened for writing, which brings it up to date.
  const opened = !asked.ok && asked.error.code === 'archive-read-only' ? await context.dispatcher.call('archive.open', { folder, readOnly: false }) : asked;
  if (!opened.ok) return couldNot(opened.error);
  if (access === 'write' && opened.value.readOnly) {
    return couldNot({ code: opened.value.heldBy === '' ? 'archive-read-only' : 'archive-locked', about: folder, detail: opened.value.heldBy });
  }
  return work(context);
}
