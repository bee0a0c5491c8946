/** The three channels between window and main process. */
export const CALL_CHANNEL = 'chuangdang:call';
export const EVENT_CHANNEL = 'chuangdang:event';
/** Sent by a page that now listens; commands that came earlier are delivered then. */
export const LISTENING_CHANNEL = 'chuangdang:listening';
