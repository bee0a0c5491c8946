import type { Page } from '@playwright/test';
import type { CallInput, CallName, CallOutput } from '../../src-main/contract/index.ts';
import { calls, readReply } from '../../src-main/contract/index.ts';

/** Calls the program as its page does, and checks the answer by the contract. Throws where the call fails. */
export async function callFromPage<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const envelope = await callRaw(page, name, input);
  if (!envelope.ok) throw new Error(`${name}: ${envelope.error.code} ${envelope.error.about} ${envelope.error.detail}`);
  return calls[name].output.parse(envelope.value) as CallOutput<N>;
}

/** The same without judging the answer. */
export async function callRaw(page: Page, name: string, input: unknown) {
  const reply = await page.evaluate(
    ([called, given]) => {
      const bridge = Reflect.get(globalThis, 'chuangdang') as { call(name: string, input: unknown): Promise<string> };
      return bridge.call(String(called), given);
    },
    [name, input],
  );
  return readReply(name, reply);
}
