import type { CallOutput } from '../../src-main/contract/index.ts';

/** One indicator as its page reads it. */
export type IndicatorRead = CallOutput<'indicator.read'>;
