/// <reference types="vite/client" />
import type { WindowBridge } from '../src-main/contract/index.ts';

declare global {
  interface Window {
    /** Put there by the preload; absent where the page is opened outside the program. */
    readonly chuangdang?: WindowBridge;
  }
}

declare module 'react' {
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
