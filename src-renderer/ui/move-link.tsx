import { Button, Popover, Select } from 'antd';
import { useState } from 'react';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { indicatorOptions, nameOfIndicator } from './indicator-choice.ts';
import './link-list.css';

interface MoveLinkProps {
  readonly id: string;
  /** Where it stands now. */
  readonly indicator: string;
  /** For which of its years there; `every`: for all, each kept. */
  readonly year: number | null | 'every';
}

/** 改归…: the item goes to another indicator in one step; what proves it there, and for which year, stays as it was. */
export function MoveLink({ id, indicator, year }: MoveLinkProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const catalog = useRead('catalog.read', {});
  const [open, setOpen] = useState(false);
  const groups = catalog.data?.groups ?? [];
  const move = async (to: string): Promise<void> => {
    setOpen(false);
    const reply = await change('evidence.moveLink', { id, indicator, to, ...(year === 'every' ? { everyYear: true } : { year }) });
    if (!reply.ok) return;
    notify.say(`已改归“${to} ${nameOfIndicator(groups, to)}”；撤销按 Ctrl+Z`);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      title="改归哪项指标"
      content={
        <Select<string>
          autoFocus
          defaultOpen
          className="move-link-choice"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="输入编号或名称"
          aria-label="改归哪项指标"
          onChange={(to) => void move(to)}
          options={indicatorOptions(groups, indicator)}
          data-testid="move-choice"
        />
      }
    >
      <Button size="small" type="text" disabled={readOnly} data-testid="link-move">
        改归…
      </Button>
    </Popover>
  );
}
