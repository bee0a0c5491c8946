import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { MergeReportView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { call } from '../api/client.ts';
import { useJob, useJobs } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';
import { DropZone } from '../ui/drop-zone.tsx';
import { PrintPaper } from '../papers/print-paper.tsx';
import { formatInstant } from '../ui/words.ts';
import { useChooseFolder } from './use-choose-folder.ts';
import type { ExchangeState } from './exchange-state.ts';

const counts: readonly (readonly [name: 'items' | 'links' | 'values' | 'texts' | 'others' | 'removed', words: string, measure: string])[] = [
  ['items', '新收或更新材料', '件'],
  ['links', '归入指标', '处'],
  ['values', '数值', '个'],
  ['texts', '说明', '处'],
  ['others', '签署、声明等', '处'],
  ['removed', '撤回', '处'],
];

interface TakeInProps {
  readonly state: ExchangeState;
  readonly onConflicts: () => void;
}

/** 收取: packs, filled folders and other copies in, by dialog or by drop; what came of each. */
export function TakeIn({ state, onConflicts }: TakeInProps) {
  const { readOnly } = useArchive();
  const job = useJob();
  const notify = useNotify();
  const chooseFolder = useChooseFolder();
  const running = useJobs().some(({ name }) => name === 'exchange.merge');
  const [reports, setReports] = useState<readonly MergeReportView[]>([]);
  const take = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      const reply = await job('exchange.merge', `收取 ${path.split(/[\\/]/u).at(-1) ?? path}`, (jobId) => ({ jobId, path }));
      if (reply.ok) setReports((now) => [reply.value, ...now]);
    }
  };
  const chooseFile = async (): Promise<void> => {
    const chosen = await call('shell.chooseFiles', { title: '选择报送包', purpose: 'pack' });
    if (chosen.ok) await take(chosen.value.paths);
    else notify.trouble(chosen.error);
  };
  const chooseForms = async (): Promise<void> => {
    const folder = await chooseFolder('选择填好的文件夹，或另一台电脑的档案库');
    if (folder !== null) await take([folder]);
  };
  const blocked = readOnly || running;
  return (
    <DropZone says="收取报送" disabled={blocked} onPaths={(paths) => void take(paths)}>
      <div className="exchange-part">
        <div className="exchange-bar">
          <Button type="primary" disabled={blocked} onClick={() => void chooseFile()} data-testid="take-file">
            选择报送包…
          </Button>
          <Button disabled={blocked} onClick={() => void chooseForms()} data-testid="take-folder">
            选择填好的文件夹…
          </Button>
          <span className="faint">也可以把文件或文件夹拖到这里。途中被改动、不完整或属于别的档案库的包会被拒收，不会收进一半。</span>
        </div>
        {reports.map((report) => (
          <Received key={`${report.pack}-${report.code}`} report={report} onConflicts={onConflicts} />
        ))}
        <h2>收取记录</h2>
        {state.in.length === 0 ? <p className="faint">还没有收取过。</p> : null}
        <ul className="exchange-log">
          {state.in.map((pack) => (
            <li key={pack.id} data-testid="exchange-in">
              <span className="figures">{formatInstant(pack.at)}</span>
              <strong>{pack.unit === '' ? pack.sender : pack.unit}</strong>
              <span className="faint exchange-file">{pack.fileName}</span>
              <span className="figures">{pack.items > 0 ? `${pack.items} 件材料` : ''}</span>
              <span className="figures">{pack.conflicts > 0 ? `${pack.conflicts} 处冲突` : ''}</span>
              <span className="figures faint">校验码 {pack.code}</span>
              <PrintPaper kind="exchange-receipt" scope={pack.id} name={`收件回执 ${pack.unit || pack.sender}`} text="回执" testId="print-receipt" />
            </li>
          ))}
        </ul>
      </div>
    </DropZone>
  );
}

function Received({ report, onConflicts }: { readonly report: MergeReportView; readonly onConflicts: () => void }) {
  const who = report.unit === '' ? report.sender : report.unit;
  if (report.again) return <Alert type="info" showIcon title={`${who}的这份内容以前已经收过，没有改动。`} data-testid="received" />;
  const came = counts.filter(([name]) => report[name] > 0).map(([name, words, measure]) => `${words} ${report[name]} ${measure}`);
  return (
    <Alert
      type={report.conflicts > 0 ? 'warning' : 'success'}
      showIcon
      data-testid="received"
      title={`已收取${who}的报送：${came.length === 0 ? '没有新内容' : came.join('，')}`}
      description={
        <>
          <div>校验码 {report.code}。如收错了，可以撤销（Ctrl+Z）。</div>
          {report.notes.length === 0 ? null : (
            <ul className="exchange-notes">
              {report.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      }
      action={
        <span className="exchange-actions">
          {report.conflicts > 0 ? (
            <Button size="small" type="primary" onClick={onConflicts} data-testid="to-conflicts">
              裁定 {report.conflicts} 处冲突
            </Button>
          ) : null}
          <PrintPaper kind="exchange-receipt" scope={report.pack} name={`收件回执 ${who}`} text="打印回执" testId="print-received" />
        </span>
      }
    />
  );
}
