import { openArchive } from '../../src-main/archive/index.ts';

/** Run in a process of its own: opens the archive for writing, tells its parent how that went, and stays until it is ended. */
const [folder = '', probe = 'wal'] = process.argv.slice(2);
const opened = await openArchive(folder, { probe: () => Promise.resolve(probe === 'wal' ? 'wal' : 'rollback') });
process.send?.(opened.ok ? { ok: true, readOnly: opened.value.readOnly } : { ok: false, ...opened.error });
process.on('SIGTERM', () => {
  if (opened.ok) opened.value.close();
  process.exit(0);
});
// The channel to the parent keeps the process alive; without a parent it ends.
process.on('disconnect', () => process.exit(0));
