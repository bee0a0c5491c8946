import { Alert, Button, InputNumber, Segmented, Space } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { CallOutput, ExportResult } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { usePrintTarget } from '../app/print-desk.ts';
import { useJob, useJobs } from '../api/jobs.ts';
import { useChange, useRead } from '../api/queries.ts';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { isNumber, useKeptState } from '../ui/kept-state.ts';
import { useScanWarning } from '../ui/scan-line.tsx';
import { Changes } from './changes.tsx';
import { ExportDone } from './export-done.tsx';
import { PrintChoice } from './print-choice.tsx';
import { Shelf } from './shelf.tsx';
import { Versions } from './versions.tsx';
import { VolumeItems } from './volume-items.tsx';
import type { BorderMove } from './volume-items.tsx';
import { VolumePreview } from './volume-preview.tsx';
import './binding.css';

type Plan = CallOutput<'binding.plan'>;

/** 装订: the volumes as they will stand on the shelf, and the export. */
export function BindingPage() {
  const plan = useRead('binding.plan', {});
  const { readOnly } = useArchive();
  const job = useJob();
  const exporting = useJobs().some((running) => running.name === 'binding.export');
  const [done, setDone] = useState<ExportResult | null>(null);
  const run = async (draft: boolean): Promise<void> => {
    const reply = await job('binding.export', draft ? '装订草稿' : '正式装订', (jobId) => ({ jobId, draft }));
    if (reply.ok) setDone(reply.value);
  };
  const scanning = useScanWarning();
  const blocked = (plan.data?.blockers.length ?? 1) > 0;
  const empty = plan.data?.volumes.length === 0;
  return (
    <PageFrame
      title="装订"
      testId="binding-page"
      note={plan.data === undefined ? '' : [`${plan.data.volumes.length} 卷，${plan.data.volumes.reduce((sum, volume) => sum + volume.items.length, 0)} 件，${plan.data.volumes.reduce((sum, volume) => sum + volume.pages, 0)} 页`, scanning].filter((part) => part !== '').join(' · ')}
      actions={
        <Space>
          <Button disabled={readOnly || exporting || empty} onClick={() => void run(true)} data-testid="export-draft">
            导出草稿
          </Button>
          <Button type="primary" disabled={readOnly || exporting || blocked || empty} onClick={() => void run(false)} data-testid="export-final">
            正式装订
          </Button>
        </Space>
      }
    >
      <WhenRead query={plan}>{(read) => <PlanView plan={read} />}</WhenRead>
      <ExportDone result={done} onClose={() => setDone(null)} />
    </PageFrame>
  );
}

function PlanView({ plan }: { readonly plan: Plan }) {
  const { folder } = useArchive();
  const [chosen, setChosen] = useKeptState(`binding-volume:${folder}`, 1, isNumber);
  const [choosing, setChoosing] = useState(false);
  const [shown, setShown] = useState<{ readonly bound: CallOutput<'binding.preview'>; readonly volume: number; readonly at: number } | null>(null);
  const job = useJob();
  const change = useChange();
  const { place, go, stay } = useNavigation();
  const comeBack = place.page === 'binding' ? place.preview : undefined;
  const volume = plan.volumes.find((candidate) => candidate.no === chosen) ?? plan.volumes[0];
  const after = plan.volumes.find((candidate) => candidate.no === (volume?.no ?? 0) + 1);
  const move = (wanted: BorderMove): void => void change('binding.moveBorder', { move: wanted });
  const bindPreview = useCallback((no: number) => job('binding.preview', `预览第${no}卷`, (jobId) => ({ jobId, volume: no })), [job]);
  const preview = async (no: number, item: string | null): Promise<void> => {
    const reply = await bindPreview(no);
    if (reply.ok) setShown({ bound: reply.value, volume: no, at: reply.value.items.find(({ id }) => id === item)?.page ?? 1 });
  };
  useEffect(() => {
    if (comeBack === undefined) return;
    stay({ page: 'binding' });
    void bindPreview(comeBack.volume).then((reply) => (reply.ok ? setShown({ bound: reply.value, volume: comeBack.volume, at: Math.min(comeBack.page, reply.value.pages) }) : undefined));
  }, [comeBack, stay, bindPreview]);
  const choose = (): void => setChoosing(true);
  usePrintTarget({ print: choose, savePdf: choose }, plan.volumes.length > 0);
  if (plan.volumes.length === 0) {
    return (
      <EmptyState
        title="还没有可装订的材料"
        says="先导入材料并归入指标，这里就会排出案卷：封面、卷内目录、隔页、材料和备考表，页号自动编好。"
        action={
          <Button type="primary" onClick={() => go({ page: 'inbox' })} data-testid="empty-to-inbox">
            去收件箱
          </Button>
        }
        testId="binding-nothing"
      />
    );
  }
  return (
    <div className="binding">
      <Blockers blockers={plan.blockers} />
      <section className="sheet" aria-labelledby="shelf-title">
        <header className="sheet-head">
          <h2 id="shelf-title">案卷</h2>
          <Division plan={plan} />
        </header>
        <Shelf volumes={plan.volumes} chosen={volume?.no ?? 0} onChoose={setChosen} onDropItem={(item, to) => move({ kind: 'shift', item, to })} />
      </section>
      <div className="binding-columns">
        {volume === undefined ? null : <VolumeItems key={volume.no} volume={volume} before={volume.mayJoin} after={after?.mayJoin === true} onMove={move} onPreview={(item) => void preview(volume.no, item)} onPrint={choose} />}
        <div className="binding-side">
          <Versions versions={plan.versions} />
          {plan.changes === null ? null : <Changes changes={plan.changes} late={plan.late} />}
        </div>
      </div>
      {choosing && volume !== undefined ? <PrintChoice volume={volume} onClose={() => setChoosing(false)} /> : null}
      {shown === null ? null : <VolumePreview bound={shown.bound} at={shown.at} onLeave={(page) => stay({ page: 'binding', preview: { volume: shown.volume, page } })} onClose={() => setShown(null)} />}
    </div>
  );
}

/** What can be done now, and what is still in the way of the final volumes. */
function Blockers({ blockers }: { readonly blockers: readonly string[] }) {
  const { go } = useNavigation();
  if (blockers.length === 0) return <Alert className="binding-state" type="success" showIcon title="核查没有错误，可以正式装订。" />;
  return (
    <Alert
      className="binding-state"
      type="info"
      showIcon
      data-testid="binding-blockers"
      title={`现在可以预览、打印目录等文书、导出草稿（印有“草稿”字样）。还有 ${blockers.length} 处错误或待补，处理完才能正式装订。`}
      action={
        <Button size="small" onClick={() => go({ page: 'check' })}>
          去核查
        </Button>
      }
    />
  );
}

const DEFAULT_CAP = 200;

function Division({ plan }: { readonly plan: Plan }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const cap = plan.cap > 0 ? plan.cap : DEFAULT_CAP;
  return (
    <Space>
      {plan.by === 'page-cap' ? (
        <label>
          每卷不超过{' '}
          <InputNumber key={cap} size="small" min={20} max={2000} defaultValue={cap} disabled={readOnly} changeOnBlur onChange={(value) => (value === null || value === cap ? undefined : void change('binding.setMode', { by: 'page-cap', cap: value }))} data-testid="page-cap" /> 页
        </label>
      ) : null}
      <Segmented<Plan['by']>
        disabled={readOnly}
        value={plan.by}
        onChange={(by) => void change('binding.setMode', { by, cap })}
        options={[
          { value: 'indicator', label: '每项指标一卷' },
          { value: 'group', label: '每组一卷（默认）' },
          { value: 'page-cap', label: '按页数' },
        ]}
        data-testid="binding-mode"
      />
    </Space>
  );
}
