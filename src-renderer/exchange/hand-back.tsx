import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useJob } from '../api/jobs.ts';
import { formatInstant } from '../ui/words.ts';
import { PrintPaper } from '../papers/print-paper.tsx';
import { useChooseFolder } from './use-choose-folder.ts';
import type { ExchangeState } from './exchange-state.ts';

type Packed = CallOutput<'exchange.pack'>;

/** 报送: what a unit's copy sends back to the office that handed it out. */
export function HandBack({ state, origin }: { readonly state: ExchangeState; readonly origin: NonNullable<ExchangeState['origin']> }) {
  const { readOnly } = useArchive();
  const job = useJob();
  const chooseFolder = useChooseFolder();
  const [made, setMade] = useState<Packed | null>(null);
  const handBack = async (): Promise<void> => {
    const folder = await chooseFolder('报送包存到哪里（可选U盘）');
    if (folder === null) return;
    const reply = await job('exchange.pack', '生成报送包', (jobId) => ({ jobId, out: folder }));
    if (reply.ok) setMade(reply.value);
  };
  const own = state.units.find((unit) => unit.name === origin.unit);
  return (
    <div className="exchange-part">
      {own === undefined || own.owed.length === 0 ? null : <Alert type="warning" showIcon title={`还有 ${own.owed.length} 项指标没有办齐：${own.owed.join('、')}`} description="可以先报送一部分，以后再次生成报送包即可，只会收取新增和改动的内容。" />}
      <div className="exchange-bar">
        <Button type="primary" size="large" disabled={readOnly} onClick={() => void handBack()} data-testid="hand-back">
          生成报送包
        </Button>
        <span className="faint">只含{origin.unit === '' ? '本副本' : origin.unit}的指标和材料，拷到U盘交给{origin.sender}。</span>
      </div>
      {made === null ? null : <Alert type="success" showIcon title={`已生成：${made.path}`} description={`${made.items} 件材料，校验码 ${made.code}。请等U盘提示可以安全弹出后再拔。`} data-testid="handed-back" />}
      <h2>报送记录</h2>
      <ul className="exchange-log">
        {state.out.map((pack) => (
          <li key={pack.id}>
            <span className="figures">{formatInstant(pack.at)}</span>
            <span className="exchange-file">{pack.fileName}</span>
            <span className="figures faint">校验码 {pack.code}</span>
            <PrintPaper kind="exchange-receipt" scope={pack.id} name="报送回执" text="回执" testId="print-receipt" />
          </li>
        ))}
      </ul>
    </div>
  );
}
