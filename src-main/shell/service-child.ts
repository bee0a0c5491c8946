import { spawn } from 'node:child_process';
import type { ServiceProcess } from './service-client.ts';
import { serviceFlags } from './service-flags.ts';

/** The service under a Node of its own. Its standard output and error are this process's; nothing from the environment changes how Node runs. */
export function startServiceChild(options: { readonly node: string; readonly script: string; readonly env: NodeJS.ProcessEnv }): ServiceProcess {
  const child = spawn(options.node, [...serviceFlags, options.script], {
    env: { ...options.env, ELECTRON_RUN_AS_NODE: undefined, NODE_OPTIONS: undefined },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    windowsHide: true,
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
