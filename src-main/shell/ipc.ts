import { ipcMain } from 'electron';
import type { WebFrameMain } from 'electron';
import { calls, fail, isCallName, readReply } from '../contract/index.ts';
import type { CallArguments, CallName, Envelope, ServiceEvent, ShellCallName } from '../contract/index.ts';
import { CALL_CHANNEL, EVENT_CHANNEL, LISTENING_CHANNEL } from './channels.ts';
import { changesOpenArchive } from './opened-archive.ts';
import { isAppAddress } from './routes.ts';
import { textOfReply } from './service-client.ts';
import type { Reply } from './service-client.ts';
import { shellHandlers } from './shell-calls.ts';
import type { ShellContext, ShellHandlers } from './shell-calls.ts';

/** Answered for the protocol handler alone: where files lie is no business of a page. */
const notForPages: ReadonlySet<CallName> = new Set<CallName>(['evidence.file', 'papers.file']);

export interface WindowLink {
  /** Sends an event to the page; commands wait until a page listens. */
  emit(event: ServiceEvent): void;
}

/** Connects the window's calls and events; `opening` is awaited before the service is asked anything: its answer to opening the archive that the program was started with, if there is one. `seen` hears the answers that say which archive is open. */
export function connectWindow(context: ShellContext, opening: Promise<Envelope<unknown> | null>, seen: (name: CallName, envelope: Envelope<unknown>) => void): WindowLink {
  const { window } = context;
  const waiting: ServiceEvent[] = [];
  let listening = false;
  /** The archive changed while nobody listened: what the page asked for before may be stale. */
  let changed = false;

  const isOwn = (frame: WebFrameMain | null): boolean =>
    frame !== null && !window.isDestroyed() && frame === window.webContents.mainFrame && isAppAddress(frame.url);

  let first = true;
  const askService = async (name: CallName, input: unknown): Promise<Reply> => {
    const opened = await opening;
    // A page begins with what is open; the service, which said so just now, is at its first check.
    if (first && name === 'archive.current' && opened?.ok === true) return JSON.stringify(opened);
    if (name !== 'archive.current') first = false;
    const reply = await context.service.ask(name, input);
    if (changesOpenArchive(name)) seen(name, readReply(name, textOfReply(reply)));
    return reply;
  };

  const refuse = (...why: Parameters<typeof fail>): string => JSON.stringify(fail(...why));

  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, input: unknown): Promise<Reply> => {
    if (!isOwn(event.senderFrame)) return refuse('sender-refused');
    if (typeof name !== 'string' || !isCallName(name) || notForPages.has(name)) return refuse('call-unknown', String(name));
    const checked = calls[name].input.safeParse(input);
    if (!checked.success) {
      const issue = checked.error.issues[0];
      return refuse('wrong-input', name, issue === undefined ? '' : `${issue.path.join('.')} ${issue.message}`.trim());
    }
    try {
      return isShellCall(name) ? JSON.stringify(await answerInShell(name, calls[name].input.parse(input), context)) : await askService(name, checked.data);
    } catch (error) {
      return refuse('internal', name, error instanceof Error ? error.message : String(error));
    }
  });
  ipcMain.on(LISTENING_CHANNEL, (event) => {
    if (!isOwn(event.senderFrame)) return;
    listening = true;
    for (const held of waiting.splice(0)) window.webContents.send(EVENT_CHANNEL, held);
    if (changed) window.webContents.send(EVENT_CHANNEL, { kind: 'archive-changed' } satisfies ServiceEvent);
    changed = false;
  });
  window.webContents.on('did-start-loading', () => (listening = false));
  window.on('closed', () => {
    ipcMain.removeHandler(CALL_CHANNEL);
    ipcMain.removeAllListeners(LISTENING_CHANNEL);
  });

  return {
    emit(event) {
      if (window.isDestroyed()) return;
      if (listening) window.webContents.send(EVENT_CHANNEL, event);
      else if (event.kind === 'command') waiting.push(event);
      else if (event.kind === 'archive-changed') changed = true;
    },
  };
}

const isShellCall = (name: CallName): name is ShellCallName => calls[name].where === 'shell';

function answerInShell<N extends ShellCallName>(name: N, input: CallArguments<N>, context: ShellContext): Promise<Envelope<unknown>> {
  const handler: ShellHandlers[N] = shellHandlers[name];
  return handler(input, context);
}
