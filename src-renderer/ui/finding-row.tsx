import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useChange } from '../api/queries.ts';
import { kindOfFinding } from '../../src-main/domain/rules/rule-table.ts';
import { signOfKind } from './finding-kind.ts';
import './finding-row.css';

export type FindingView = CallOutput<'check.run'>['findings'][number];

interface FindingRowProps {
  readonly finding: FindingView;
  /** Shown on its own indicator's page: no jump to it. */
  readonly here?: boolean;
  /** Its sentence where a heading names the indicator already. */
  readonly says?: string;
}

/** One finding: what is wrong, its basis, the way there; a warning can be waived. */
export function FindingRow({ finding, here = false, says = finding.message }: FindingRowProps) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const [waiving, setWaiving] = useState(false);
  const subject = { rule: finding.rule, indicator: finding.indicator, evidence: finding.evidence };
  const { indicator, evidence } = finding;
  const kind = kindOfFinding(finding);
  return (
    <div className={`finding finding-${finding.waived ? 'waived' : kind}`} data-testid="finding-row" data-rule={finding.rule} data-severity={finding.severity}>
      <span className="finding-sign">{finding.waived ? '免' : signOfKind[kind]}</span>
      <div className="finding-text">
        <p>{says}</p>
        <p className="finding-basis">依据：{finding.basis}</p>
      </div>
      <div className="finding-actions">
        {evidence === null || !isAboutSeal(finding.rule) ? null : <SealAnswer evidence={evidence} rule={finding.rule} />}
        {evidence === null ? null : (
          <Button size="small" onClick={() => go({ page: 'preview', id: evidence, at: 1 })} data-testid="finding-evidence">
            看材料
          </Button>
        )}
        {indicator === null || here ? null : (
          <Button size="small" onClick={() => go({ page: 'indicators', code: indicator })} data-testid="finding-jump">
            去处理
          </Button>
        )}
        {finding.severity === 'error' ? null : finding.waived ? (
          <Button size="small" type="text" disabled={readOnly} onClick={() => void change('check.withdrawWaiver', subject)}>
            取消免予处理
          </Button>
        ) : (
          <Button size="small" type="text" disabled={readOnly} onClick={() => setWaiving(true)} data-testid="finding-waive">
            免予处理
          </Button>
        )}
      </div>
      {waiving ? <WaiveModal finding={finding} onClose={() => setWaiving(false)} onWaive={async (reason, by) => (await change('check.waive', { ...subject, reason, by })).ok} /> : null}
    </div>
  );
}

const sealRules = ['certificate.seal', 'certificate.seal-unstated'];
const isAboutSeal = (rule: string): boolean => sealRules.includes(rule);

/** Whether a certificate bears a seal is for a person to say who has seen it; said here, where it is asked. */
function SealAnswer({ evidence, rule }: { readonly evidence: string; readonly rule: string }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const say = (sealed: boolean): void => void change('evidence.update', { id: evidence, change: { sealed } });
  return (
    <>
      <Button size="small" disabled={readOnly} onClick={() => say(true)} data-testid="finding-sealed">
        已盖章
      </Button>
      {rule === 'certificate.seal' ? null : (
        <Button size="small" disabled={readOnly} onClick={() => say(false)} data-testid="finding-unsealed">
          没有盖章
        </Button>
      )}
    </>
  );
}

interface WaiveModalProps {
  readonly finding: FindingView;
  readonly onClose: () => void;
  readonly onWaive: (reason: string, by: string) => Promise<boolean>;
}

function WaiveModal({ finding, onClose, onWaive }: WaiveModalProps) {
  const [reason, setReason] = useState('');
  const [by, setBy] = useState('');
  const complete = reason.trim() !== '' && by.trim() !== '';
  return (
    <Modal
      open
      title="免予处理这条提醒"
      okText="免予处理"
      okButtonProps={{ disabled: !complete, 'data-testid': 'waive-confirm' }}
      onCancel={onClose}
      onOk={async () => {
        if (await onWaive(reason.trim(), by.trim())) onClose();
      }}
    >
      <p>{finding.message}</p>
      <p className="faint">理由和姓名会印在核查台账里。</p>
      <label className="saved-field">
        <span className="saved-label">理由</span>
        <Input.TextArea value={reason} maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} onChange={(event) => setReason(event.target.value)} data-testid="waive-reason" />
      </label>
      <label className="saved-field">
        <span className="saved-label">姓名</span>
        <Input value={by} maxLength={80} onChange={(event) => setBy(event.target.value)} data-testid="waive-by" />
      </label>
    </Modal>
  );
}
