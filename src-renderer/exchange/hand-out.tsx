import { Button, Checkbox, Modal, Space, Tag } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useJob, useJobs } from '../api/jobs.ts';
import { PrintPaper } from '../papers/print-paper.tsx';
import { DayPicker } from '../ui/day-picker.tsx';
import { formatBytes, formatInstant } from '../ui/words.ts';
import { useChooseFolder } from './use-choose-folder.ts';
import type { ExchangeState } from './exchange-state.ts';

type HandedOut = CallOutput<'exchange.handOut'>;
type Unit = ExchangeState['units'][number];

const kindWords: Readonly<Record<ExchangeState['out'][number]['kind'], string>> = { task: '任务包', forms: '填报文件夹', whole: '全部内容', return: '报送' };

/** 发出: which unit has what, by when, and packs for those that are chosen. */
export function HandOut({ state }: { readonly state: ExchangeState }) {
  const { readOnly } = useArchive();
  const job = useJob();
  const chooseFolder = useChooseFolder();
  const running = useJobs().some(({ name }) => name === 'exchange.handOut' || name === 'exchange.pack');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [due, setDue] = useState('');
  const [done, setDone] = useState<HandedOut | null>(null);
  const toggle = (name: string, on: boolean): void => setChosen((now) => new Set(on ? [...now, name] : [...now].filter((other) => other !== name)));
  const all = chosen.size === state.units.length && chosen.size > 0;
  const [asking, setAsking] = useState<'pack' | 'forms' | null>(null);
  const passed = state.units.filter((unit) => chosen.has(unit.name) && unit.due !== '' && unit.due < state.today);
  /** A day that is past is sent out only knowingly. */
  const ask = (as: 'pack' | 'forms'): void => (due === '' && passed.length > 0 ? setAsking(as) : void handOut(as, due));
  const handOut = async (as: 'pack' | 'forms', by: string): Promise<void> => {
    const folder = await chooseFolder(as === 'pack' ? '任务包存到哪里（可选U盘）' : '填报文件夹存到哪里（可选U盘）');
    if (folder === null) return;
    const reply = await job('exchange.handOut', as === 'pack' ? '生成任务包' : '生成填报文件夹', (jobId) => ({ jobId, units: [...chosen], folder, as, due: by }));
    if (reply.ok) setDone(reply.value);
  };
  const handAll = async (): Promise<void> => {
    const folder = await chooseFolder('全部内容存到哪里');
    if (folder !== null) await job('exchange.pack', '生成全部内容包', (jobId) => ({ jobId, out: folder }));
  };
  const blocked = readOnly || running;
  return (
    <div className="exchange-part">
      <div className="exchange-bar">
        <Button type="primary" disabled={blocked || chosen.size === 0} onClick={() => ask('pack')} data-testid="hand-out-packs">
          生成任务包{chosen.size > 0 ? `（${chosen.size}）` : ''}
        </Button>
        <Button disabled={blocked || chosen.size === 0} onClick={() => ask('forms')} data-testid="hand-out-forms">
          生成填报文件夹
        </Button>
        <DayPicker className="exchange-due" label="交回日期" placeholder="交回日期（默认按单位时限）" from={state.today} onDay={setDue} />
        <span className="exchange-gap" />
        <Button disabled={blocked} onClick={() => void handAll()} title="给第二台电脑用：含全部指标和材料">
          全部内容包
        </Button>
        <PrintPaper size="middle" kind="outstanding" scope="" name="各单位报送情况清单" text="打印报送情况" testId="print-outstanding" />
      </div>
      <p className="faint">任务包用创档打开填报；没有装创档的单位发填报文件夹，用Excel或WPS填表、把材料放进文件夹即可。两种都可以拷在U盘上交回。</p>
      <table className="grid-table exchange-units" data-testid="exchange-units">
        <thead>
          <tr>
            <th scope="col">
              <Checkbox aria-label="全选" checked={all} indeterminate={chosen.size > 0 && !all} onChange={(event) => setChosen(new Set(event.target.checked ? state.units.map((unit) => unit.name) : []))} />
            </th>
            <th scope="col">单位</th>
            <th scope="col">指标</th>
            <th scope="col">期限</th>
            <th scope="col">发出</th>
            <th scope="col">收回</th>
            <th scope="col">尚欠的指标</th>
            <th scope="col">状态</th>
          </tr>
        </thead>
        <tbody>
          {state.units.map((unit) => (
            <tr key={unit.name} data-testid="exchange-unit">
              <td>
                <Checkbox aria-label={`选择${unit.name}`} checked={chosen.has(unit.name)} onChange={(event) => toggle(unit.name, event.target.checked)} />
              </td>
              <td>{unit.name}</td>
              <td className="figures">{unit.indicators}</td>
              <td className="figures">{unit.due}</td>
              <td className="figures">{unit.handedOut === '' ? '' : formatInstant(unit.handedOut)}</td>
              <td className="figures">{unit.cameBack === '' ? '' : formatInstant(unit.cameBack)}</td>
              <td className="exchange-codes">{unit.owed.join('、')}</td>
              <td>
                <UnitState unit={unit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>发出记录</h2>
      {state.out.length === 0 ? <p className="faint">还没有发出过。</p> : null}
      <ul className="exchange-log">
        {state.out.map((pack) => (
          <li key={pack.id} data-testid="exchange-out">
            <span className="figures">{formatInstant(pack.at)}</span>
            <strong>{pack.unit === '' ? '全部' : pack.unit}</strong>
            <span>{kindWords[pack.kind]}</span>
            <span className="faint exchange-file">{pack.fileName}</span>
            <span className="figures faint">{formatBytes(pack.bytes)}</span>
            <span className="figures faint">校验码 {pack.code}</span>
            <PrintPaper kind="exchange-receipt" scope={pack.id} name={`发放回执 ${pack.unit}`} text="回执" testId="print-receipt" />
          </li>
        ))}
      </ul>
      {asking === null ? null : (
        <NewDay
          passed={passed}
          today={state.today}
          onClose={() => setAsking(null)}
          onGo={(day) => {
            setAsking(null);
            void handOut(asking, day);
          }}
        />
      )}
      <Modal open={done !== null} width={760} title={`已生成 ${done?.packs.length ?? 0} 份`} onCancel={() => setDone(null)} footer={<Button onClick={() => setDone(null)}>知道了</Button>}>
        <ul className="exchange-log" data-testid="handed-out">
          {done?.packs.map((pack) => (
            <li key={pack.unit}>
              <strong>{pack.unit}</strong>
              <span className="exchange-file">{pack.path}</span>
              <span className="figures">{pack.indicators} 项指标</span>
              <span className="figures faint">校验码 {pack.code}</span>
            </li>
          ))}
          {done?.failed.map((one) => (
            <li key={one.unit} className="exchange-failed">
              <strong>{one.unit}</strong>
              <span>{one.message}</span>
            </li>
          ))}
        </ul>
      </Modal>
    </div>
  );
}

interface NewDayProps {
  readonly passed: readonly Unit[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly onClose: () => void;
  /** With the day that was chosen; empty to go out by the days that are past. */
  readonly onGo: (day: string) => void;
}

/** Asked before anything goes out with a return date that lies in the past. */
function NewDay({ passed, today, onClose, onGo }: NewDayProps) {
  const [day, setDay] = useState('');
  return (
    <Modal
      open
      title="期限已过，请定新的交回日期"
      onCancel={onClose}
      footer={[
        <Button key="keep" onClick={() => onGo('')} data-testid="hand-out-keep">
          仍按原期限发出
        </Button>,
        <Button key="go" type="primary" disabled={day === ''} onClick={() => onGo(day)} data-testid="hand-out-dated">
          按新日期发出
        </Button>,
      ]}
    >
      <div data-testid="hand-out-passed">
        <p>
          选中的单位中有 {passed.length} 个期限已过：{passed.slice(0, 5).map(({ name, due }) => `${name}（${due}）`).join('、')}
          {passed.length > 5 ? '等' : ''}。
        </p>
        <DayPicker className="exchange-due" label="新的交回日期" placeholder="新的交回日期" from={today} onDay={setDay} />
        <p className="faint">新日期用于这次选中的全部单位，印在任务包、发放清单和回执上，也作为这些单位的交齐时限。</p>
      </div>
    </Modal>
  );
}

function UnitState({ unit }: { readonly unit: Unit }) {
  return (
    <Space size={4}>
      {unit.overdue ? <Tag color="error" title={unit.handedOut === '' ? '期限已过，任务包未发出' : ''}>逾期</Tag> : null}
      {unit.owed.length === 0 ? <Tag color="success">已交齐</Tag> : unit.cameBack !== '' ? <Tag color="processing">已收，未齐</Tag> : unit.handedOut !== '' ? <Tag>待收回</Tag> : <Tag color="warning">未发出</Tag>}
    </Space>
  );
}
