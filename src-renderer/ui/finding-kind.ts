import type { FindingKind } from '../../src-main/domain/rules/rule-table.ts';

export const signOfKind: Readonly<Record<FindingKind, string>> = { error: '错', pending: '补', warning: '提' };

/** `错误 3 处，待补 125 项，提醒 26 条`; `errors` counts what is pending with them. */
export const describeCounts = ({ errors, pending, warnings }: { readonly errors: number; readonly pending: number; readonly warnings: number }): string => `错误 ${errors - pending} 处，待补 ${pending} 项，提醒 ${warnings} 条`;

/** A sentence without the indicator that it begins with, for where that stands over it. */
export const withoutIndicator = (message: string, indicator: { readonly code: string; readonly name: string }): string => {
  const prefix = `${indicator.code} ${indicator.name}：`;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
};

/** What is left to do: `还有 3 处错误要处理，125 项待补`. */
export const describeOpen = ({ errors, pending }: { readonly errors: number; readonly pending: number }): string => {
  const wrong = errors - pending;
  return `还有 ${[wrong > 0 ? `${wrong} 处错误要处理` : '', pending > 0 ? `${pending} 项待补` : ''].filter((part) => part !== '').join('，')}`;
};
