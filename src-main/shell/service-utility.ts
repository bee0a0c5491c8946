import { utilityProcess } from 'electron';
import type { ServiceProcess } from './service-client.ts';
import { serviceFlags } from './service-flags.ts';

/** The service as an Electron utility process (Electron 35 or newer, whose Node carries the database). */
export function startServiceUtility(options: { readonly script: string; readonly env: NodeJS.ProcessEnv }): ServiceProcess {
  const child = utilityProcess.fork(options.script, [], { serviceName: 'chuangdang-service', stdio: 'inherit', env: options.env, execArgv: [...serviceFlags] });
  const exitListeners: (() => void)[] = [];
  let ended = false;
  child.on('exit', () => {
    ended = true;
    for (const listener of exitListeners) listener();
  });
  return {
    send(message) {
      if (!ended) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      if (ended) listener();
      else exitListeners.push(listener);
    },
    kill: () => void child.kill(),
  };
}
