import type { CommandContext, Outcome } from './command.ts';
import { couldNot } from './command.ts';

/** Opens the archive named by the first argument, runs the command on it, and closes it again. */
export async function withArchive(context: CommandContext, access: 'read' | 'write', work: (context: CommandContext) => Promise<Outcome>): Promise<Outcome> {
  const [folder = ''] = context.positionals;
  const opened = await context.dispatcher.call('archive.open', { folder, readOnly: access === 'read' });
  if (!opened.ok) return couldNot(opened.error);
  if (access === 'write' && opened.value.readOnly) {
    return couldNot({ code: opened.value.heldBy === '' ? 'archive-read-only' : 'archive-locked', about: folder, detail: opened.value.heldBy });
  }
  return work(context);
}
