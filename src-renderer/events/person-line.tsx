import { Button, Input } from 'antd';
import { useState } from 'react';
import { useArchive } from '../app/archive-context.tsx';
import { useChange, useRead } from '../api/queries.ts';
import './events.css';

/** Whose name the log writes on this computer: asked in one line as long as nobody has said, and never in the way. `whenUnset`: nothing is shown once it is known. */
export function PersonLine({ whenUnset }: { readonly whenUnset: boolean }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const person = useRead('person.read', {});
  const [typed, setTyped] = useState<string | null>(null);
  if (person.data === undefined || !person.data.kept || readOnly) return null;
  const { name, account } = person.data;
  if (whenUnset && name !== '') return null;
  const text = typed ?? name;
  const wanted = text.trim();
  const keep = async (): Promise<void> => {
    if (wanted === '' || wanted === name) return;
    const reply = await change('person.write', { name: wanted });
    if (reply.ok) setTyped(null);
  };
  return (
    <div className="person-line" data-testid="person-line">
      <label htmlFor="person-name">{name === '' ? `操作记录里写谁的名字？现在写的是“${account}”。` : '在这台电脑上，操作记录写的名字：'}</label>
      <Input id="person-name" className="person-name" size="small" maxLength={40} placeholder="姓名" value={text} onChange={(event) => setTyped(event.target.value)} onPressEnter={() => void keep()} data-testid="person-name" />
      <Button size="small" disabled={wanted === '' || wanted === name} onClick={() => void keep()} data-testid="person-keep">
        记下
      </Button>
    </div>
  );
}
