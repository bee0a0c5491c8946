import { Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/queries.ts';

/** Begins the next round under a name. */
export function OpenRound({ onOpened }: { readonly onOpened: (round: number) => void }) {
  const change = useChange();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const begin = async (): Promise<void> => {
    const reply = await change('review.open', { name: name.trim() });
    if (!reply.ok) return;
    setOpen(false);
    setName('');
    onOpened(reply.value.round);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      title="这一轮由谁审核"
      content={
        <Space.Compact>
          <Input autoFocus value={name} maxLength={200} placeholder="如 省级预审" aria-label="轮次名称" onChange={(event) => setName(event.target.value)} onPressEnter={() => void (name.trim() === '' ? undefined : begin())} data-testid="round-name" />
          <Button type="primary" disabled={name.trim() === ''} onClick={() => void begin()} data-testid="round-begin">
            开始
          </Button>
        </Space.Compact>
      }
    >
      <Button type="primary" data-testid="open-round">
        新开一轮
      </Button>
    </Popover>
  );
}
