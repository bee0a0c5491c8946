import { DownOutlined, SearchOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Find } from './use-find.ts';

interface FindFieldProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly find: Find;
}

/** 在文中查找: the words, how many there are, and steps from one to the next. Ctrl+F goes to it. */
export function FindField({ query, onQuery, find }: FindFieldProps) {
  const [text, setText] = useState(query);
  const field = useRef<HTMLElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => onQuery(text), 250);
    return () => clearTimeout(timer);
  }, [text, onQuery]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
      event.preventDefault();
      field.current?.querySelector('input')?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const count = find.found.length;
  const says = query.trim() === '' ? '' : count > 0 ? `${find.active + 1}/${count}${find.remaining > 0 ? '…' : ''}` : find.remaining > 0 ? '查找中…' : find.unread > 0 ? `${find.unread} 页待识别` : '没有找到';
  return (
    <span className="viewer-find" ref={field}>
      <Input
        size="small"
        prefix={<SearchOutlined />}
        placeholder="在文中查找"
        aria-label="在文中查找"
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1);
        }}
        data-testid="preview-find"
      />
      <span className={`figures viewer-found${says === '' ? ' viewer-found-none' : ''}`} role="status" data-testid="preview-found">
        {says}
      </span>
      {says === '' ? null : (
        <>
          <Button size="small" type="text" icon={<UpOutlined />} aria-label="上一处" disabled={count === 0} onClick={() => find.step(-1)} />
          <Button size="small" type="text" icon={<DownOutlined />} aria-label="下一处" disabled={count === 0} onClick={() => find.step(1)} />
        </>
      )}
    </span>
  );
}
