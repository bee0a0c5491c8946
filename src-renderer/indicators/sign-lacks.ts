interface Signed {
  readonly years: readonly number[];
  readonly values: readonly { readonly year: number }[];
  readonly evidence: readonly unknown[];
  readonly findings: readonly { readonly rule: string }[];
}

/** What whoever signs now would sign without: `还没有填报2021、2022年数值`, where the check asks for values. It may be signed all the same. */
export const lacksToSign = ({ years, values, evidence, findings }: Signed): readonly string[] => {
  const empty = findings.some(({ rule }) => rule === 'value.missing') ? years.filter((year) => !values.some((value) => value.year === year)) : [];
  return [...(empty.length === 0 ? [] : [`还没有填报${empty.join('、')}年数值`]), ...(evidence.length === 0 ? ['还没有归入材料'] : [])];
};
