import { Button, Select, Space } from 'antd';
import type { CallInput, CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useChange } from '../api/queries.ts';
import { SavedField } from '../ui/saved-field.tsx';
import { RequirementsEditor } from './requirements-editor.tsx';
import { SituationsEditor } from './situations-editor.tsx';
import type { CatalogIndicator } from './target-draft.ts';
import { TargetForm } from './target-form.tsx';

type Catalog = CallOutput<'catalog.read'>;

interface IndicatorFormProps {
  readonly indicator: CatalogIndicator;
  readonly group: Catalog['groups'][number];
  readonly catalog: Catalog;
}

/** One indicator of the catalog: name, place, target with its sentence, units, what must be filed. */
export function IndicatorForm({ indicator, group, catalog }: IndicatorFormProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const { code, name, lead, assist, note, retired } = indicator;
  const save = (part: CallInput<'catalog.changeIndicator'>['change']): void => void change('catalog.changeIndicator', { code, change: part });
  const units = catalog.units.filter((unit) => unit.retired !== true).map((unit) => ({ value: unit.name, label: unit.name }));
  return (
    <article data-testid="indicator-form">
      <header className="catalog-form-head">
        <h2>
          <span className="figures">{code}</span> {name}
          {retired === true ? <span className="catalog-flag">已停用</span> : null}
        </h2>
        <Placing indicator={indicator} group={group} catalog={catalog} />
      </header>
      <SavedField label="名称" disabled={readOnly} value={name} check={(text) => (text === '' ? '名称不能空着' : '')} onSave={(text) => save({ name: text })} testId="indicator-name" />
      <h3>目标</h3>
      <TargetForm indicator={indicator} />
      <h3>责任</h3>
      <div className="target-fields">
        <label className="saved-field">
          <span className="saved-label">牵头单位</span>
          <Select<string[]> mode="multiple" disabled={readOnly} value={[...lead]} status={lead.length === 0 ? 'warning' : ''} placeholder="请选择牵头单位" options={units} onChange={(list) => save({ lead: list, assist: assist.filter((unit) => !list.includes(unit)) })} data-testid="indicator-lead" />
        </label>
        <label className="saved-field">
          <span className="saved-label">协办单位</span>
          <Select<string[]> mode="multiple" disabled={readOnly} value={[...assist]} placeholder="没有" options={units.filter((unit) => !lead.includes(unit.value))} onChange={(list) => save({ assist: list })} data-testid="indicator-assist" />
        </label>
      </div>
      <SavedField label="责任说明" disabled={readOnly} value={note} placeholder="如 依据职责分别牵头；对接市住建局落实" onSave={(text) => save({ note: text })} />
      {indicator.kind === 'declarations' ? <SituationsEditor indicator={indicator} onSave={(declarations) => save({ declarations })} /> : null}
      <h3>应交材料</h3>
      <RequirementsEditor requirements={indicator.requirements} disabled={readOnly} onSave={(requirements) => save({ requirements })} />
      <h3>方案原句与说明</h3>
      <SavedField label="方案原句" multiline disabled={readOnly} value={indicator.sentence} onSave={(sentence) => save({ sentence })} />
      <SavedField label="说明" multiline disabled={readOnly} value={indicator.explanation} onSave={(explanation) => save({ explanation })} />
    </article>
  );
}

function Placing({ indicator, group, catalog }: IndicatorFormProps) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const at = group.indicators.findIndex((item) => item.code === indicator.code);
  const move = (to: string, place: number): void => void change('catalog.moveIndicator', { code: indicator.code, group: to, at: place });
  return (
    <Space wrap>
      <Select<string> size="small" aria-label="所在组" disabled={readOnly} value={group.code} options={catalog.groups.map((item) => ({ value: item.code, label: item.name }))} onChange={(to) => move(to, catalog.groups.find((item) => item.code === to)?.indicators.length ?? 0)} data-testid="move-group" />
      <Button size="small" disabled={readOnly || at <= 0} onClick={() => move(group.code, at - 1)} data-testid="move-up">
        上移
      </Button>
      <Button size="small" disabled={readOnly || at < 0 || at >= group.indicators.length - 1} onClick={() => move(group.code, at + 1)} data-testid="move-down">
        下移
      </Button>
      <Button size="small" disabled={readOnly} onClick={() => void change('catalog.retireIndicator', { code: indicator.code, retired: indicator.retired !== true })} data-testid="retire-indicator">
        {indicator.retired === true ? '恢复' : '停用'}
      </Button>
      {indicator.retired === true ? null : (
        <Button size="small" onClick={() => go({ page: 'indicators', code: indicator.code })}>
          看材料
        </Button>
      )}
    </Space>
  );
}
