import { Alert, Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { useArchive } from '../app/archive-context.tsx';
import { useChange } from '../api/queries.ts';
import { formatInstant } from '../ui/words.ts';
import type { IndicatorRead } from './indicator-read.ts';
import { lacksToSign } from './sign-lacks.ts';

/** Lead units sign; assisting units sign or state that they have nothing to submit. */
export function SignOffs({ detail }: { readonly detail: IndicatorRead }) {
  const { indicator, signOffs } = detail;
  const units = [...indicator.lead.map((name) => ({ name, role: '牵头' })), ...indicator.assist.filter((name) => !indicator.lead.includes(name)).map((name) => ({ name, role: '协办' }))];
  const lacks = lacksToSign(detail);
  if (units.length === 0) return <p className="faint">目录没有写明责任单位。</p>;
  return (
    <ul className="sign-offs">
      {units.map(({ name, role }) => (
        <UnitSignOff key={name} code={indicator.code} unit={name} role={role} lacks={lacks} given={signOffs.find((signOff) => signOff.unit === name)} />
      ))}
    </ul>
  );
}

interface UnitSignOffProps {
  readonly code: string;
  readonly unit: string;
  readonly role: string;
  /** What a signature now would be given without. */
  readonly lacks: readonly string[];
  readonly given: IndicatorRead['signOffs'][number] | undefined;
}

function UnitSignOff({ code, unit, role, lacks, given }: UnitSignOffProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  return (
    <li data-testid={`sign-off-${unit}`}>
      <span className="sign-off-role">{role}</span>
      <span className="sign-off-unit">{unit}</span>
      {given === undefined ? (
        <Space>
          <SignButton word="签认" title={`${unit}签认`} lacks={lacks} disabled={readOnly} onSign={(by) => void change('indicator.signOff', { code, unit, kind: 'signed', by })} />
          {role === '协办' ? <SignButton word="声明无材料" title={`${unit}声明无材料`} lacks={[]} disabled={readOnly} onSign={(by) => void change('indicator.signOff', { code, unit, kind: 'declared-none', by })} /> : null}
        </Space>
      ) : (
        <>
          <span className="tick">
            ✓ {given.kind === 'signed' ? '已签认' : '已声明无材料'}
            <span className="figures faint">
              {' '}
              {given.by} {formatInstant(given.at)}
            </span>
          </span>
          <Button size="small" type="text" disabled={readOnly} onClick={() => void change('indicator.withdrawSignOff', { code, unit })}>
            撤回
          </Button>
        </>
      )}
    </li>
  );
}

interface SignButtonProps {
  readonly word: string;
  readonly title: string;
  readonly lacks: readonly string[];
  readonly disabled: boolean;
  readonly onSign: (by: string) => void;
}

/** Asks for the name of who signs before it counts. */
function SignButton({ word, title, lacks, disabled, onSign }: SignButtonProps) {
  const [open, setOpen] = useState(false);
  const [by, setBy] = useState('');
  const sign = (): void => {
    if (by.trim() === '') return;
    setOpen(false);
    onSign(by.trim());
  };
  return (
    <Popover
      trigger="click"
      open={open && !disabled}
      onOpenChange={setOpen}
      title={title}
      destroyOnHidden
      content={
        <>
          {lacks.length === 0 ? null : <Alert type="warning" showIcon className="sign-lacks" title={`${lacks.join('，')}。仍可签认。`} data-testid="sign-lacks" />}
          <Space.Compact>
            <Input autoFocus value={by} maxLength={80} placeholder="签认人姓名" aria-label="签认人姓名" onChange={(event) => setBy(event.target.value)} onPressEnter={sign} data-testid="sign-by" />
            <Button type="primary" disabled={by.trim() === ''} onClick={sign} data-testid="sign-confirm">
              确定
            </Button>
          </Space.Compact>
        </>
      }
    >
      <Button size="small" disabled={disabled}>
        {word}
      </Button>
    </Popover>
  );
}
