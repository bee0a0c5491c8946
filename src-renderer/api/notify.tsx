import { FolderOpenOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { explainError } from '../../src-main/contract/index.ts';
import type { CallError } from '../../src-main/contract/index.ts';
import { call } from './client.ts';

export interface Notify {
  /** One line that passes, after so many seconds where it needs longer than usual. */
  say(text: string, seconds?: number): void;
  /** Trouble: says what to do, can be closed, and goes with its page or after a time that is enough to read it. */
  trouble(error: CallError): void;
  /** A file lies where the clerk wanted it, and one click shows it there. */
  saved(path: string): void;
  /** Long work is done; `actions` lead on, and `close` takes the notice away. */
  done(title: string, description: string, testId: string, actions: (close: () => void) => ReactNode): void;
  /** Takes away what was said on the page that is left. */
  clear(): void;
}

const TROUBLE_SECONDS = 20;
const SAVED_SECONDS = 12;
const DONE_SECONDS = 20;
/** Keys of what is shown, so that the next page begins without it. */
const shown = new Set<string>();

/** How the window speaks to the clerk outside a page. */
export function useNotify(): Notify {
  const { message, notification } = App.useApp();
  return useMemo<Notify>(() => {
    const trouble = (error: CallError): void => {
      const [what = '', ...next] = explainError(error).split('。').filter((part) => part !== '');
      const key = `${error.code}:${error.about}`;
      shown.add(key);
      notification.error({
        key,
        title: what,
        description: next.length === 0 ? undefined : `${next.join('。')}。`,
        placement: 'bottomRight',
        duration: TROUBLE_SECONDS,
        role: 'alert',
        props: { 'data-testid': 'trouble' },
        onClose: () => shown.delete(key),
      });
    };
    const show = async (path: string): Promise<void> => {
      const reply = await call('shell.showSaved', { path });
      if (!reply.ok) trouble(reply.error);
    };
    return {
      say: (text, seconds) => void message.success(text, seconds),
      trouble,
      saved: (path) => {
        // One notice: the file saved last.
        const key = 'saved';
        shown.add(key);
        notification.success({
          key,
          title: `已保存：${path}`,
          actions: (
            <Button size="small" icon={<FolderOpenOutlined />} onClick={() => void show(path)} data-testid="saved-show">
              打开所在文件夹
            </Button>
          ),
          placement: 'bottomRight',
          duration: SAVED_SECONDS,
          role: 'status',
          props: { 'data-testid': 'saved' },
          onClose: () => shown.delete(key),
        });
      },
      done: (title, description, testId, actions) => {
        shown.add(testId);
        notification.success({
          key: testId,
          title,
          description,
          placement: 'bottomRight',
          duration: DONE_SECONDS,
          actions: actions(() => notification.destroy(testId)),
          role: 'status',
          props: { 'data-testid': testId },
          onClose: () => shown.delete(testId),
        });
      },
      clear: () => {
        for (const key of shown) notification.destroy(key);
        shown.clear();
      },
    };
  }, [message, notification]);
}
