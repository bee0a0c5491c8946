import { Button, Input, Modal, Select } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import { useChange, useRead } from '../api/queries.ts';
import { lastPerson, rememberPerson } from '../ui/person.ts';

/** Enters one finding; the form stays open for the next one. */
export function RaiseFinding({ round }: { readonly round: number }) {
  const field = useRef<TextAreaRef>(null);
  const change = useChange();
  const catalog = useRead('catalog.read', {});
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [by, setBy] = useState(() => lastPerson('reviewer'));
  const [indicator, setIndicator] = useState<string | null>(null);
  const [entered, setEntered] = useState(0);
  const ready = text.trim() !== '' && by.trim() !== '';
  const enter = async (): Promise<void> => {
    const reply = await change('review.raise', { round, indicator, text, by });
    if (!reply.ok) return;
    rememberPerson('reviewer', by.trim());
    setText('');
    setEntered(entered + 1);
    field.current?.focus();
  };
  return (
    <>
      <Button
        onClick={() => {
          setEntered(0);
          setOpen(true);
        }}
        data-testid="raise-finding"
      >
        登记问题
      </Button>
      <Modal
        open={open}
        title="登记审核问题"
        onCancel={() => setOpen(false)}
        afterOpenChange={(shown) => (shown ? field.current?.focus() : undefined)}
        footer={[
          <span key="count" className="faint review-entered">
            {entered === 0 ? '' : `已登记 ${entered} 条`}
          </span>,
          <Button key="done" onClick={() => setOpen(false)}>
            关闭
          </Button>,
          <Button key="enter" type="primary" disabled={!ready} onClick={() => void enter()} data-testid="raise-confirm">
            登记
          </Button>,
        ]}
      >
        <div className="review-form">
          <label>
            <span>问题</span>
            <Input.TextArea ref={field} value={text} maxLength={4000} autoSize={{ minRows: 3, maxRows: 8 }} onChange={(event) => setText(event.target.value)} data-testid="raise-text" />
          </label>
          <label>
            <span>涉及指标</span>
            <Select<string | null> value={indicator} onChange={setIndicator} showSearch={{ optionFilterProp: 'label' }} options={[{ value: null, label: '不针对单项指标' }, ...(catalog.data?.groups ?? []).flatMap((group) => group.indicators.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })))]} data-testid="raise-indicator" />
          </label>
          <label>
            <span>提出人</span>
            <Input value={by} maxLength={80} onChange={(event) => setBy(event.target.value)} data-testid="raise-by" />
          </label>
        </div>
      </Modal>
    </>
  );
}
