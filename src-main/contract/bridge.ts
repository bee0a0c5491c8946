import type { ServiceEvent } from './events.ts';

/** What the preload puts on `window.chuangdang`: the window's only way out. Replies are envelopes and are checked again by the caller. */
export interface WindowBridge {
  call(name: string, input: unknown): Promise<unknown>;
  /** Returns the way to stop listening. */
  onEvent(listener: (event: ServiceEvent) => void): () => void;
  /** Path on disk of a file the user dropped or chose; empty where it has none. */
  pathForFile(file: object): string;
}
