import { Alert } from 'antd';

/** What a reader of the paper will find empty, and where it is filled in: nobody should learn of it only when printing. */
export function GapsNote({ gaps, testId }: { readonly gaps: readonly string[]; readonly testId: string }) {
  return gaps.length === 0 ? null : <Alert type="info" showIcon data-testid={testId} title={`${gaps.join('；')}。`} />;
}
