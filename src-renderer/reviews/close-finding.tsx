import { Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/queries.ts';
import { lastPerson, rememberPerson } from '../ui/person.ts';

/** Closes an answered finding under the name of who checked it. */
export function CloseFinding({ id }: { readonly id: string }) {
  const change = useChange();
  const [by, setBy] = useState(() => lastPerson('office'));
  const close = async (): Promise<void> => {
    const reply = await change('review.closeFinding', { id, by });
    if (reply.ok) rememberPerson('office', by.trim());
  };
  return (
    <Popover
      trigger="click"
      title="由谁销号"
      content={
        <Space.Compact>
          <Input value={by} maxLength={80} aria-label="销号人" onChange={(event) => setBy(event.target.value)} data-testid="close-by" />
          <Button type="primary" disabled={by.trim() === ''} onClick={() => void close()} data-testid="close-confirm">
            销号
          </Button>
        </Space.Compact>
      }
    >
      <Button size="small" type="primary" data-testid="close-finding">
        销号
      </Button>
    </Popover>
  );
}
