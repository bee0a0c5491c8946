import type { CallOutput } from '../../src-main/contract/index.ts';

export type ExchangeState = CallOutput<'exchange.state'>;
