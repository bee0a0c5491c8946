import { CheckOutlined } from '@ant-design/icons';
import { Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import type { EvidenceRowView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { groupInOrder } from '../ui/group-in-order.ts';
import { yearOfItem } from '../ui/year-choice.ts';

const codeOf = (row: EvidenceRowView): string => row.proposal?.code ?? '';

/** Takes every proposal that is far ahead of the next, indicator by indicator, as one step; the rest stays for looking at. */
export function AcceptAll({ rows }: { readonly rows: readonly EvidenceRowView[] }) {
  const { readOnly } = useArchive();
  const [open, setOpen] = useState(false);
  const sure = rows.filter((row) => row.proposal?.sure === true);
  if (sure.length === 0) return null;
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
  const indicators = catalog.data?.groups.flatMap((group) => group.indicators) ?? [];
  const place = (code: string): number => indicators.findIndex((indicator) => indicator.code === code);
  const groups = groupInOrder(sure.toSorted((a, b) => place(codeOf(a)) - place(codeOf(b))), codeOf);
  const taken = sure.filter((row) => !left.has(codeOf(row)));
  const accept = async (): Promise<void> => {
    const years = catalog.data?.years ?? [];
    const reply = await change('evidence.linkMany', { links: taken.map((row) => ({ id: row.id, indicator: codeOf(row), year: yearOfItem(row, years) })) });
    if (!reply.ok) return;
    notify.say(`已按建议归入 ${reply.value.items} 件；撤销按 Ctrl+Z`);
    onClose();
  };
  const toggle = (code: string, wanted: boolean): void => setLeft(wanted ? new Set([...left].filter((other) => other !== code)) : new Set([...left, code]));
  return (
    <Modal
      open
      width={680}
      title={`按建议归入 ${taken.length} 件`}
      okText="归入"
      cancelText="不归入"
      okButtonProps={{ disabled: taken.length === 0, 'data-testid': 'accept-all-confirm' }}
      onCancel={onClose}
      onOk={() => accept()}
    >
      <p>
        这些材料的建议把握较大，按题名或日期归入年份。去掉勾选的指标留着逐件看。
        {others > 0 ? `另有 ${others} 件把握不大，仍留在收件箱。` : ''}归入后可在指标页逐件调整，也可以整批撤销。
      </p>
      <ul className="accept-list" tabIndex={0} aria-label="按指标的建议">
        {groups.map(({ key, items }) => (
          <li key={key}>
            <Checkbox checked={!left.has(key)} onChange={(event) => toggle(key, event.target.checked)}>
              <strong className="figures">{key}</strong> {indicators.find((indicator) => indicator.code === key)?.name}
            </Checkbox>
            <span className="figures">{items.length} 件</span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
