import { CheckOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import type { EvidenceRowView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { groupInOrder } from '../ui/group-in-order.ts';
import { yearOfItem } from '../ui/year-choice.ts';
import { AcceptGroup } from './accept-group.tsx';

const codeOf = (row: EvidenceRowView): string => row.proposal?.code ?? '';

/** Seconds in which a step over many items can be read and thought over. */
const SAID_SECONDS = 8;

/** Takes every proposal that is far ahead of the next, indicator by indicator, as one step; the rest stays for looking at. */
export function AcceptAll({ rows }: { readonly rows: readonly EvidenceRowView[] }) {
  const { readOnly } = useArchive();
  const [open, setOpen] = useState(false);
  const sure = rows.filter((row) => row.proposal?.sure === true);
  // The box stays while its own step empties the list.
  if (sure.length === 0 && !open) return null;
  return (
    <>
      <Button type="primary" icon={<CheckOutlined />} disabled={readOnly} onClick={() => setOpen(true)} data-testid="accept-all">
        按建议归入 {sure.length} 件…
      </Button>
      {open ? <AcceptModal sure={sure} others={rows.length - sure.length} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

interface AcceptModalProps {
  readonly sure: readonly EvidenceRowView[];
  readonly others: number;
  readonly onClose: () => void;
}

function AcceptModal({ sure, others, onClose }: AcceptModalProps) {
  const change = useChange();
  const notify = useNotify();
  const catalog = useRead('catalog.read', {});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [filing, setFiling] = useState(false);
  const confirm = useRef<HTMLButtonElement>(null);
  const indicators = catalog.data?.groups.flatMap((group) => group.indicators) ?? [];
  const years = catalog.data?.years ?? [];
  const place = (code: string): number => indicators.findIndex((indicator) => indicator.code === code);
  const groups = groupInOrder(sure.toSorted((a, b) => place(codeOf(a)) - place(codeOf(b))), codeOf);
  const taken = sure.filter((row) => !left.has(row.id));
  const accept = async (): Promise<void> => {
    setFiling(true);
    const told = ({ items }: { readonly items: number }): void => {
      notify.say(`已归入 ${items} 件；撤销按 Ctrl+Z`, SAID_SECONDS);
      onClose();
    };
    const reply = await change('evidence.linkMany', { links: taken.map((row) => ({ id: row.id, indicator: codeOf(row), year: yearOfItem(row, years) })) }, told);
    if (!reply.ok) setFiling(false);
  };
  const mark = (ids: readonly string[], wanted: boolean): void => {
    const next = new Set(left);
    for (const id of ids) if (wanted) next.delete(id);
    else next.add(id);
    setLeft(next);
  };
  return (
    <Modal
      open
      width={720}
      title={`按建议归入 ${taken.length} 件`}
      footer={
        <>
          <Button disabled={filing} onClick={onClose}>
            取消
          </Button>
          <Button ref={confirm} type="primary" loading={filing} disabled={taken.length === 0} onClick={() => void accept()} data-testid="accept-all-confirm">
            {filing ? '正在归入…' : `归入 ${taken.length} 件`}
          </Button>
        </>
      }
      // Enter files here as it does in the list; the box would give the focus to its 关闭.
      afterOpenChange={(shown) => (shown ? confirm.current?.focus() : undefined)}
      onCancel={onClose}
    >
      <p>
        这些材料的建议把握较大，按题名或日期归入年份。点“件”数看是哪几件；去掉勾选的留着逐件看。
        {others > 0 ? `另有 ${others} 件把握不大，仍留在收件箱。` : ''}归入后可在指标页逐件调整，也可以整批撤销。
      </p>
      <ul className="accept-list" tabIndex={0} aria-label="按指标的建议">
        {groups.map(({ key, items }) => (
          <AcceptGroup key={key} code={key} name={indicators.find((indicator) => indicator.code === key)?.name ?? ''} items={items} years={years} left={left} onMark={mark} />
        ))}
      </ul>
    </Modal>
  );
}
