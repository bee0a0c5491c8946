import { App } from 'antd';
import { useMemo } from 'react';
import { explainError } from '../../src-main/contract/index.ts';
import type { CallError } from '../../src-main/contract/index.ts';

export interface Notify {
  /** One line that passes. */
  say(text: string): void;
  /** Trouble: stays until it is closed, and says what to do. */
  trouble(error: CallError): void;
}

/** How the window speaks to the clerk outside a page. */
export function useNotify(): Notify {
  const { message, notification } = App.useApp();
  return useMemo<Notify>(
    () => ({
      say: (text) => void message.success(text),
      trouble: (error) => {
        const [what = '', ...next] = explainError(error).split('。').filter((part) => part !== '');
        notification.error({
          key: `${error.code}:${error.about}`,
          title: what,
          description: next.length === 0 ? undefined : `${next.join('。')}。`,
          placement: 'bottomRight',
          duration: 0,
          role: 'alert',
          props: { 'data-testid': 'trouble' },
        });
      },
    }),
    [message, notification],
  );
}
