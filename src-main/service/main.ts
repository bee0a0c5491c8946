import { deflateRawSync } from 'node:zlib';
import { fromServiceSchema, toServiceSchema } from '../contract/index.ts';
import type { Envelope, FromService } from '../contract/index.ts';
import { Dispatcher } from './dispatcher.ts';
import { handlers } from './handlers/index.ts';
import { Session } from './session.ts';

function send(message: FromService): void {
  process.send?.(fromServiceSchema.parse(message));
}

/** Characters of an answer that goes as it is. */
const LONGEST_PLAIN = 64_000;

/** What was written of answers that are kept. */
const written = new WeakMap<object, string | Uint8Array<ArrayBuffer>>();

/** An envelope in JSON, deflated where it is long; an answer that is given again is not written again. */
function write(envelope: Envelope<unknown>): string | Uint8Array<ArrayBuffer> {
  if (!envelope.ok || typeof envelope.value !== 'object' || envelope.value === null) return JSON.stringify(envelope);
  const { value } = envelope;
  const known = written.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(envelope);
  const reply = text.length <= LONGEST_PLAIN ? text : deflateRawSync(text, { level: 1 });
  written.set(value, reply);
  return reply;
}

const session = new Session({ longLived: true, personFile: process.env['CHUANGDANG_PERSON_FILE'] ?? '', emit: (event) => send({ kind: 'event', event }) });
const dispatcher = new Dispatcher(handlers, session);

async function receive(raw: unknown): Promise<void> {
  const parsed = toServiceSchema.safeParse(raw);
  if (!parsed.success) return;
  const message = parsed.data;
  if (message.kind === 'shutdown') {
    await session.close();
    process.exit(0);
  }
  const envelope = await dispatcher.callUntrusted(message.name, message.input);
  send({ kind: 'reply', id: message.id, envelope: write(envelope) });
}

process.on('message', (message) => void receive(message));
// The window's process is gone: nobody can answer for what would happen next.
process.on('disconnect', () => void session.close().finally(() => process.exit(0)));

send({ kind: 'ready', node: process.versions.node });
