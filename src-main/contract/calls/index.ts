import type { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { archiveCalls } from './archive.ts';
import { bindingCalls } from './binding.ts';
import { catalogCalls } from './catalog.ts';
import { certificateCalls } from './certificates.ts';
import { evidenceCalls } from './evidence.ts';
import { eventCalls } from './events.ts';
import { exchangeCalls } from './exchange.ts';
import { indicatorCalls } from './indicators.ts';
import { markCalls } from './marks.ts';
import { reviewCalls } from './reviews.ts';
import { officeCalls } from './office.ts';
import { paperCalls } from './papers.ts';
import { scanCalls } from './scans.ts';
import { triageCalls } from './triage.ts';
import { profileCalls } from './profiles.ts';
import { shellCalls } from './shell.ts';

/** The one table of calls: names, where they are answered, and the schemas that types and run-time checks both come from. */
export const calls = { ...archiveCalls, ...indicatorCalls, ...evidenceCalls, ...markCalls, ...bindingCalls, ...officeCalls, ...reviewCalls, ...catalogCalls, ...certificateCalls, ...eventCalls, ...paperCalls, ...profileCalls, ...scanCalls, ...exchangeCalls, ...shellCalls, ...triageCalls } as const;

export type CallName = keyof typeof calls;
/** What a caller passes; fields with defaults may be left out. */
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
/** What a handler receives, defaults filled in. */
export type CallArguments<N extends CallName> = z.output<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = DeepReadonly<z.output<(typeof calls)[N]['output']>>;
export type ServiceCallName = { [N in CallName]: (typeof calls)[N]['where'] extends 'service' ? N : never }[CallName];
export type ShellCallName = Exclude<CallName, ServiceCallName>;

export const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name);
