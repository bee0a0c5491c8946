import { spawn } from 'node:child_process';
import type { ServiceProcess } from './service-client.ts';
import { serviceFlags } from './service-flags.ts';

/** The service under a Node of its own. What it says on standard error goes to `hear` and to this process's; nothing from the environment changes how Node runs. */
export function startServiceChild(options: { readonly node: string; readonly script: string; readonly env: NodeJS.ProcessEnv; readonly hear?: (text: string) => void }): ServiceProcess {
  const child = spawn(options.node, [...serviceFlags, options.script], {
    env: { ...options.env, ELECTRON_RUN_AS_NODE: undefined, NODE_OPTIONS: undefined },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    // A reply is one long string: as such it is copied, not written as JSON once more.
    serialization: 'advanced',
    windowsHide: true,
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text);
    options.hear?.(text);
  });
  const exitListeners: (() => void)[] = [];
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    for (const listener of exitListeners) listener();
  };
  child.on('exit', end);
  child.on('error', end);
  return {
    send(message) {
      // A pipe that closes while a message is written is reported by `exit`; the callback keeps it from being thrown.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      if (ended) listener();
      else exitListeners.push(listener);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
