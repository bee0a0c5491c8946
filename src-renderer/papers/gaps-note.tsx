import { Alert } from 'antd';

/** What a reader of the paper will find empty, and where it is filled in. */
export const describeGaps = (gaps: readonly string[]): string => `${gaps.join('；')}。`;

/** The same beside the paper as it is shown: nobody should learn of it only when printing. */
export function GapsNote({ gaps }: { readonly gaps: readonly string[] }) {
  return gaps.length === 0 ? null : <Alert type="info" showIcon data-testid="paper-gaps" title={describeGaps(gaps)} />;
}
