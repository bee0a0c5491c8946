import type { ServiceEvent } from './events.ts';

/** What the preload puts on `window.chuangdang`: the window's only way out. Replies are envelopes in JSON: copying ten thousand rows object by object takes longer than making them. The caller checks them again. */
export interface WindowBridge {
  call(name: string, input: unknown): Promise<string>;
  /** Returns the way to stop listening. */
  onEvent(listener: (event: ServiceEvent) => void): () => void;
  /** Path on disk of a file the user dropped or chose; empty where it has none. */
  pathForFile(file: object): string;
}
