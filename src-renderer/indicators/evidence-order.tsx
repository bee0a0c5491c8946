import { HolderOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { startTransition, useEffect, useState } from 'react';
import type { DragEvent, KeyboardEvent } from 'react';
import type { EvidenceView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange } from '../api/queries.ts';
import { MoveLink } from '../ui/move-link.tsx';
import { shortenMiddle } from '../ui/shorten-middle.ts';
import { evidenceKindWords, fileKindWords, integrityWords } from '../ui/words.ts';
import type { IndicatorRead } from './indicator-read.ts';
import { moveItem } from './move-item.ts';

/** Marks a drag as one of our rows, not a file from outside. */
const ROW = 'application/x-chuangdang-row';

/** More rows than any window is high. */
const FIRST_ROWS = 30;

/** How many rows are there: first what can be seen, then all of them, in a step that gives way to whatever the clerk does meanwhile. */
function useRows(count: number): number {
  const [all, setAll] = useState(count <= FIRST_ROWS);
  useEffect(() => {
    if (!all) startTransition(() => setAll(true));
  }, [all]);
  return all ? count : FIRST_ROWS;
}

/** The indicator's evidence in binding order: dragged by its handle, or moved with Alt and the arrows. */
export function EvidenceOrder({ detail }: { readonly detail: IndicatorRead }) {
  const change = useChange();
  const code = detail.indicator.code;
  // The order just asked for, shown until the service has it.
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const rows = useRows(detail.evidence.length);
  const items = wanted === null ? detail.evidence : wanted.flatMap((id) => detail.evidence.find((item) => item.id === id) ?? []);
  const move = async (from: number, to: number): Promise<void> => {
    const ids = moveItem(items.map((item) => item.id), from, to);
    setWanted(ids);
    await change('evidence.reorder', { indicator: code, ids: [...ids] });
    setWanted(null);
  };
  if (items.length === 0) return <p className="faint">还没有材料。把文件拖到这里，或点“添加文件”。</p>;
  return (
    <ol className="evidence-order" data-testid="evidence-order">
      {items.slice(0, rows).map((item, index) => (
        <EvidenceRow
          key={item.id}
          item={item}
          index={index}
          code={code}
          aimed={over === index}
          onAim={setOver}
          onMove={(from, to) => {
            setOver(null);
            if (from !== to && to >= 0 && to < items.length) void move(from, to);
          }}
        />
      ))}
    </ol>
  );
}

interface EvidenceRowProps {
  readonly item: EvidenceView;
  readonly index: number;
  readonly code: string;
  readonly aimed: boolean;
  readonly onAim: (index: number | null) => void;
  readonly onMove: (from: number, to: number) => void;
}

function EvidenceRow({ item, index, code, aimed, onAim, onMove }: EvidenceRowProps) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const notify = useNotify();
  const links = item.links.filter((link) => link.indicator === code);
  const carriesRow = (event: DragEvent): boolean => event.dataTransfer.types.includes(ROW);
  const unlink = async (): Promise<void> => {
    const reply = await change('evidence.unlink', { id: item.id, indicator: code, everyYear: true });
    if (reply.ok) notify.say(`已移出“${shortenMiddle(item.title, 24)}”；撤销按 Ctrl+Z`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || step === undefined || readOnly) return;
    event.preventDefault();
    onMove(index, index + step);
  };
  return (
    <li
      className={`evidence-row${aimed ? ' evidence-row-aimed' : ''}`}
      draggable={!readOnly}
      onDragStart={(event) => {
        event.dataTransfer.setData(ROW, String(index));
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!carriesRow(event)) return;
        event.preventDefault();
        onAim(index);
      }}
      onDragEnd={() => onAim(null)}
      onDrop={(event) => {
        if (!carriesRow(event)) return;
        event.preventDefault();
        onMove(Number(event.dataTransfer.getData(ROW)), index);
      }}
      data-testid="evidence-row"
    >
      <button type="button" className="plain-button evidence-handle" disabled={readOnly} aria-label={`第 ${index + 1} 件，按 Alt+上下键移动`} title="拖动排序，或按 Alt+↑ Alt+↓" onKeyDown={onKeyDown}>
        <HolderOutlined />
      </button>
      <span className="figures evidence-no">{index + 1}</span>
      <button type="button" className="plain-button evidence-title" onClick={() => go({ page: 'preview', id: item.id, at: 1 })} data-testid="evidence-open">
        <strong>{item.titleMade ? `[${item.title}]` : item.title}</strong>
        <span className="figures">
          {[links.map((link) => (link.year === null ? '整个期间' : `${link.year}年`)).join('、'), item.kind === null ? fileKindWords[item.fileKind] : evidenceKindWords[item.kind], item.documentNumber, item.issuer, item.date, `${item.pages} 页`].filter((part) => part !== '').join(' · ')}
        </span>
      </button>
      {item.integrity === 'ok' ? null : <span className="evidence-broken">{integrityWords[item.integrity]}</span>}
      <MoveLink id={item.id} indicator={code} year="every" />
      <Button size="small" type="text" disabled={readOnly} onClick={() => void unlink()} data-testid="evidence-unlink">
        移出
      </Button>
    </li>
  );
}
