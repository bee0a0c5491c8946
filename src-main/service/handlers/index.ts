import type { HandlerTable } from '../handler.ts'; export declare const handlers: HandlerTable;
