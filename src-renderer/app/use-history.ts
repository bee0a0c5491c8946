import { useMemo } from 'react';
import { useNotify } from '../api/notify.tsx';
import { call } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';

interface History {
  undo(): Promise<void>;
  redo(): Promise<void>;
}

/** Takes back the last change, or brings it back, and says which it was. */
export function useHistory(): History {
  const notify = useNotify();
  return useMemo(() => {
    const step = async (name: 'history.undo' | 'history.redo', word: string): Promise<void> => {
      const reply = await call(name, {});
      if (reply.ok) {
        await queryClient.invalidateQueries();
        notify.say(`${word}：${reply.value.text}`);
      } else if (reply.error.code === 'nothing-to-undo') notify.say(name === 'history.undo' ? '没有可以撤销的操作' : '没有可以重做的操作');
      else notify.trouble(reply.error);
    };
    return { undo: () => step('history.undo', '已撤销'), redo: () => step('history.redo', '已重做') };
  }, [notify]);
}
