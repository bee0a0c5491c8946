import type { CallOutput } from '../../src-main/contract/index.ts';

type Groups = CallOutput<'catalog.read'>['groups'];

/** Every indicator to choose from, under its group; all but one where that is not meant. */
export const indicatorOptions = (groups: Groups, except = '') =>
  groups.map((group) => ({ label: group.name, title: group.name, options: group.indicators.filter(({ code }) => code !== except).map(({ code, name }) => ({ value: code, label: `${code} ${name}` })) }));

/** Empty where the catalog has no such indicator, or has not been read. */
export const nameOfIndicator = (groups: Groups | undefined, code: string): string => groups?.flatMap((group) => group.indicators).find((indicator) => indicator.code === code)?.name ?? '';
