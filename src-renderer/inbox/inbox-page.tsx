import { FileAddOutlined, FolderAddOutlined } from '@ant-design/icons';
import { Button, Segmented, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EvidenceView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { isTyping } from '../app/keys.ts';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { EvidenceViewer } from '../preview/evidence-viewer.tsx';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { toInbox, useImport } from '../ui/use-import.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import { yearForDate } from '../ui/year-choice.ts';
import { EmptyTrash } from './empty-trash.tsx';
import { InboxRow } from './inbox-row.tsx';
import { InboxSide } from './inbox-side.tsx';
import { moveSelection, pickRow, settleSelection } from './selection.ts';
import type { Selection } from './selection.ts';
import './inbox.css';

type Filter = 'unlinked' | 'unconfirmed' | 'all' | 'trash';

const filters: readonly { readonly value: Filter; readonly label: string }[] = [
  { value: 'unlinked', label: '未归入' },
  { value: 'unconfirmed', label: '著录未核对' },
  { value: 'all', label: '全部材料' },
  { value: 'trash', label: '回收站' },
];

const emptyWords: Readonly<Record<Filter, string>> = {
  unlinked: '收件箱已清空，所有材料都已归入指标。',
  unconfirmed: '所有材料的著录都已核对。',
  all: '还没有材料。把文件或文件夹拖进窗口即可导入。',
  trash: '回收站是空的。',
};

/** 收件箱: new items, one after the other, by keyboard. */
export function InboxPage() {
  const { readOnly } = useArchive();
  const take = useImport();
  const [filter, setFilter] = useState<Filter>('unlinked');
  const list = useRead('evidence.list', { filter }, { keep: true });
  return (
    <PageFrame
      title="收件箱"
      testId="inbox-page"
      note={list.data === undefined ? '' : `${list.data.length} 件`}
      actions={
        <Space>
          <Segmented options={[...filters]} value={filter} onChange={setFilter} />
          {filter === 'trash' ? <EmptyTrash items={list.data?.length ?? 0} disabled={readOnly} /> : null}
          <Button icon={<FileAddOutlined />} disabled={readOnly} onClick={() => void take.chooseFiles(toInbox)} data-testid="import-files">
            导入文件
          </Button>
          <Button icon={<FolderAddOutlined />} disabled={readOnly} onClick={() => void take.chooseFolder(toInbox)} data-testid="import-folder">
            导入文件夹
          </Button>
        </Space>
      }
    >
      <WhenRead query={list}>{(items) => (items.length === 0 ? <p className="inbox-empty">{emptyWords[filter]}</p> : <Triage key={filter} items={items} filter={filter} />)}</WhenRead>
    </PageFrame>
  );
}

function Triage({ items, filter }: { readonly items: readonly EvidenceView[]; readonly filter: Filter }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const side = useRef<HTMLDivElement>(null);
  const ids = items.map((item) => item.id);
  const [kept, setSelection] = useState<Selection>({ at: 0, current: ids[0] ?? null, marked: [] });
  const selection = settleSelection(kept, ids);
  const current = items.find((item) => item.id === selection.current) ?? null;
  const details = useRead('evidence.read', { id: selection.current ?? '' }, { enabled: selection.current !== null });
  const catalog = useRead('catalog.read', {});
  const marked = selection.marked.length > 0 ? selection.marked : current === null ? [] : [current.id];

  const accept = async (index: number): Promise<void> => {
    const suggestion = details.data?.id === current?.id ? details.data?.suggestions[index] : undefined;
    if (readOnly || current === null || suggestion === undefined) return;
    const year = yearForDate(current.date, catalog.data?.years ?? []);
    const reply = await change('evidence.link', { id: current.id, indicator: suggestion.code, year });
    if (!reply.ok) return;
    notify.say(`已归入 ${suggestion.code} ${suggestion.name}${year === null ? '' : `（${year}年）`}`);
    if (filter !== 'unlinked') setSelection(moveSelection(selection, ids, 1));
  };
  const trash = async (): Promise<void> => {
    if (readOnly || filter === 'trash') return;
    for (const id of marked) if (!(await change('evidence.trash', { id })).ok) return;
    setSelection({ ...selection, marked: [] });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || belongsElsewhere(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const run = keys[event.key.toLowerCase()];
    if (run === undefined) return;
    event.preventDefault();
    run(event.shiftKey);
  };
  // The list takes the keys from the beginning: a clerk should not have to click first.
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => page.current?.querySelector<HTMLElement>('.virtual-list')?.focus(), []);
  const focusField = (selector: string): void => side.current?.querySelector<HTMLElement>(selector)?.focus();
  const keys: Readonly<Record<string, (shift: boolean) => void>> = {
    arrowdown: (shift) => setSelection(moveSelection(selection, ids, 1, shift)),
    arrowup: (shift) => setSelection(moveSelection(selection, ids, -1, shift)),
    enter: () => void accept(0),
    '1': () => void accept(0),
    '2': () => void accept(1),
    '3': () => void accept(2),
    delete: () => void trash(),
    o: () => focusField('.link-adder input'),
    t: () => focusField('[data-testid="field-title"]'),
  };

  return (
    // Keys work wherever the focus is on this page, so the page as a whole listens.
    <div className="inbox" ref={page} onKeyDown={onKeyDown}>
      <div className="inbox-list">
        <VirtualList
          items={items}
          keyOf={(item) => item.id}
          rowHeight={58}
          label="材料"
          shown={ids.indexOf(selection.current ?? '')}
          testId="inbox-list"
          render={(item) => <InboxRow item={item} current={item.id === selection.current} marked={selection.marked.includes(item.id)} onPick={(mode) => setSelection(pickRow(selection, ids, item.id, mode))} />}
        />
      </div>
      <div className="inbox-view">{current === null ? null : <EvidenceViewer evidence={current} />}</div>
      <div className="inbox-side" ref={side}>
        {details.data === undefined || details.data.id !== selection.current ? null : <InboxSide key={details.data.id} evidence={details.data} marked={marked} trashed={filter === 'trash'} onAccept={(index) => void accept(index)} onTrash={() => void trash()} onDone={() => setSelection({ ...selection, marked: [] })} />}
      </div>
    </div>
  );
}

/** Enter on another button presses that button, and arrows in the preview scroll it. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.key === 'Enter') return event.target.closest('button:not(.inbox-row)') !== null;
  return event.key.startsWith('Arrow') && event.target.closest('.viewer') !== null;
}
