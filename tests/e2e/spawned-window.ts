import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';

export interface SpawnedWindow {
  readonly page: Page;
  readonly process: ChildProcess;
  /** What the program wrote to its standard output and error so far. */
  output(): string;
  /** Closes the window as a person does and waits for the program's end; answers its exit code. */
  close(): Promise<number | null>;
}

/**
 * Starts the program as any other program and drives its page over Chromium's debugging port: the way into a packed program, whose
 * inspector is switched off, and into one that runs under another program (strace).
 */
export async function spawnWindow(command: readonly string[], env: NodeJS.ProcessEnv): Promise<SpawnedWindow> {
  const [program = '', ...args] = command;
  const child = spawn(program, [...args, '--remote-debugging-port=0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (piece: Buffer): void => {
      said += piece.toString();
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(said);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the program ended with ${code} before it opened a window:\n${said.slice(-3000)}`)));
  });
  const ended = once(child, 'exit');
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (page === undefined) throw new Error('the program shows no page');
  // As in launchWindow: nothing moves while it is driven.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForLoadState('load');
  return {
    page,
    process: child,
    output: () => said,
    async close() {
      await page.close().catch(() => undefined);
      await ended;
      return child.exitCode;
    },
  };
}
