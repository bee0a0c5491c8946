import { deflateRawSync } from 'node:zlib';

// A service for the tests of its client: a real process that answers, stays silent, or dies as it is told.
process.on('message', (message) => {
  if (message.kind === 'shutdown') {
    process.send({ kind: 'event', event: { kind: 'archive-changed' } }, () => process.exit(0));
    return;
  }
  if (message.name === 'die') process.kill(process.pid, 'SIGKILL');
  if (message.name === 'silent') return;
  if (message.name === 'garbage') process.send('not a message of the contract');
  if (message.name === 'long') return process.send({ kind: 'reply', id: message.id, envelope: deflateRawSync(JSON.stringify({ ok: true, value: '长'.repeat(100_000) })) });
  process.send({ kind: 'reply', id: message.id, envelope: message.name === 'torn' ? '{"ok":true' : JSON.stringify({ ok: true, value: { pid: process.pid, name: message.name, input: message.input } }) });
});
process.on('disconnect', () => process.exit(0));
process.send({ kind: 'ready', node: process.versions.node });
