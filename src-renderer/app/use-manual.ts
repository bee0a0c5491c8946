import { useCallback } from 'react';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';

/** Opens the user manual beside the window. */
export function useManual(): () => void {
  const notify = useNotify();
  return useCallback(() => void call('shell.openManual', {}).then((reply) => (reply.ok ? undefined : notify.trouble(reply.error))), [notify]);
}
