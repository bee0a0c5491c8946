import { useCallback } from 'react';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';

/** Asks for a folder of the user's; null where the dialog was closed. */
export function useChooseFolder(): (title: string) => Promise<string | null> {
  const notify = useNotify();
  return useCallback(
    async (title) => {
      const chosen = await call('shell.chooseFolder', { title });
      if (chosen.ok) return chosen.value.path;
      notify.trouble(chosen.error);
      return null;
    },
    [notify],
  );
}
