import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { targetInputSchema } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange } from '../api/queries.ts';
import { comparisonWords, directionWords, kindsFor, kindWords, targetOfKind, targetTrouble } from './target-draft.ts';
import type { CatalogIndicator, Direction, TargetInput } from './target-draft.ts';

/** The target as a form beside the plan's own sentence; judged anew when it is saved. */
export function TargetForm({ indicator }: { readonly indicator: CatalogIndicator }) {
  const read = targetInputSchema.safeParse(indicator.target);
  const saved: TargetInput = read.success ? read.data : { kind: 'institutional', text: indicator.target.text, document: indicator.name, inForce: false };
  const { readOnly } = useArchive();
  const change = useChange();
  const [draft, setDraft] = useState<TargetInput | null>(null);
  const target = draft ?? saved;
  const trouble = targetTrouble(target);
  const save = async (): Promise<void> => {
    const reply = await change('catalog.changeIndicator', { code: indicator.code, change: { target } });
    if (reply.ok) setDraft(null);
  };
  return (
    <section className="target-form" aria-label="目标" data-testid="target-form">
      {indicator.sentence === '' ? <p className="faint">方案中没有这项指标的原句。</p> : <blockquote data-testid="target-sentence">{indicator.sentence}</blockquote>}
      {indicator.targetBasis === undefined ? null : <p className="target-basis">{indicator.targetBasis}</p>}
      <div className="target-fields">
        <Field name="目标文字">
          <Input value={target.text} maxLength={500} disabled={readOnly} onChange={(event) => setDraft({ ...target, text: event.target.value })} data-testid="target-text" />
        </Field>
        <Field name="判定方式">
          <Select<TargetInput['kind']> value={target.kind} disabled={readOnly} options={kindsFor(indicator.kind).map((kind) => ({ value: kind, label: kindWords[kind] }))} onChange={(kind) => setDraft(targetOfKind(kind, target))} data-testid="target-kind" />
        </Field>
        <KindFields target={target} disabled={readOnly} onChange={setDraft} />
      </div>
      {draft === null ? null : (
        <p className="target-save">
          <Button type="primary" disabled={trouble !== ''} onClick={() => void save()} data-testid="target-save">
            保存目标
          </Button>
          <Button onClick={() => setDraft(null)}>不改了</Button>
          <span className="saved-trouble">{trouble}</span>
        </p>
      )}
    </section>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <label className="saved-field">
      <span className="saved-label">{name}</span>
      {children}
    </label>
  );
}

interface KindFieldsProps {
  readonly target: TargetInput;
  readonly disabled: boolean;
  readonly onChange: (target: TargetInput) => void;
}

const directionNames = ['not-falling', 'not-rising', 'rising', 'falling'] as const;
const directions = directionNames.map((value) => ({ value, label: directionWords[value] }));
const noTrend = { value: '', label: '没有' } as const;

function KindFields({ target, disabled, onChange }: KindFieldsProps) {
  switch (target.kind) {
    case 'value':
      return (
        <>
          <Field name="比较">
            <Select value={target.op} disabled={disabled} options={comparisons} onChange={(op) => onChange({ ...target, op })} data-testid="target-op" />
          </Field>
          <Field name="限值">
            <InputNumber value={target.value} disabled={disabled} onChange={(value) => onChange({ ...target, value: value ?? Number.NaN })} data-testid="target-value" />
          </Field>
          <UnitField target={target} disabled={disabled} onChange={onChange} />
          <RatioField target={target} disabled={disabled} onChange={onChange} />
        </>
      );
    case 'trend':
      return (
        <>
          <Field name="要求">
            <Select value={target.direction} disabled={disabled} options={directions} onChange={(direction) => onChange({ ...target, direction })} />
          </Field>
          <UnitField target={target} disabled={disabled} onChange={onChange} />
          <RatioField target={target} disabled={disabled} onChange={onChange} />
        </>
      );
    case 'conditional':
      return (
        <>
          <Field name="分界值">
            <InputNumber value={target.threshold} disabled={disabled} onChange={(value) => onChange({ ...target, threshold: value ?? Number.NaN })} />
          </Field>
          <UnitField target={target} disabled={disabled} onChange={onChange} />
          <Field name="低于分界值时">
            <Select value={target.below} disabled={disabled} options={directions} onChange={(below) => onChange({ ...target, below })} />
          </Field>
          <Field name="达到分界值后">
            <Select value={target.otherwise} disabled={disabled} options={directions} onChange={(otherwise) => onChange({ ...target, otherwise })} />
          </Field>
          <Checkbox checked={target.superiorTask} disabled={disabled} onChange={(event) => onChange({ ...target, superiorTask: event.target.checked })}>
            上级有任务时还须完成任务
          </Checkbox>
        </>
      );
    case 'superior-task':
      return (
        <>
          <Field name="另有趋势要求">
            <Select<'' | Direction> value={target.alsoTrend ?? ''} disabled={disabled} options={[noTrend, ...directions]} onChange={(value) => onChange({ ...target, alsoTrend: value === '' ? null : value })} />
          </Field>
          <UnitField target={target} disabled={disabled} onChange={onChange} />
        </>
      );
    case 'institutional':
      return (
        <>
          <Field name="要归档的文件">
            <Input value={target.document} maxLength={200} disabled={disabled} onChange={(event) => onChange({ ...target, document: event.target.value })} />
          </Field>
          <Checkbox checked={target.inForce} disabled={disabled} onChange={(event) => onChange({ ...target, inForce: event.target.checked })}>
            须在有效期内，并有批准实施文件
          </Checkbox>
        </>
      );
    case 'declarations':
    case 'certificate':
      return null;
    default:
      return target satisfies never;
  }
}

const comparisons = (['>=', '<=', '>', '<', '='] as const).map((value) => ({ value, label: comparisonWords[value] }));

type WithUnit = Extract<TargetInput, { unit: string }>;

function UnitField<T extends WithUnit>({ target, disabled, onChange }: { readonly target: T; readonly disabled: boolean; readonly onChange: (target: T) => void }) {
  return (
    <Field name="计量单位">
      <Input value={target.unit} maxLength={20} disabled={disabled} placeholder="如 %" onChange={(event) => onChange({ ...target, unit: event.target.value })} />
    </Field>
  );
}

type WithRatio = Extract<TargetInput, { ratio: boolean }>;

function RatioField<T extends WithRatio>({ target, disabled, onChange }: { readonly target: T; readonly disabled: boolean; readonly onChange: (target: T) => void }) {
  return (
    <Checkbox checked={target.ratio} disabled={disabled} onChange={(event) => onChange({ ...target, ratio: event.target.checked })}>
      由分子、分母复算
    </Checkbox>
  );
}
