import { useEffect, useRef, useState } from 'react';
import type { EvidenceRowView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { isTyping } from '../app/keys.ts';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { EvidenceViewer } from '../preview/evidence-viewer.tsx';
import { PaneEdge, usePaneWidth } from '../ui/pane-edge.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import { nameYear, yearOfItem } from '../ui/year-choice.ts';
import { InboxRow, lettersOfRow } from './inbox-row.tsx';
import { InboxSide } from './inbox-side.tsx';
import { nameLinks, openProposals } from './proposals.ts';
import { moveSelection, pickRow, settleSelection } from './selection.ts';
import type { Selection } from './selection.ts';

export type InboxFilter = 'unlinked' | 'unconfirmed' | 'all' | 'trash';

interface TriageProps {
  readonly items: readonly EvidenceRowView[];
  readonly filter: InboxFilter;
}

/** The list at the left, the item looked at in the middle, what is proposed and known of it at the right. All of it by keyboard. */
export function Triage({ items, filter }: TriageProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const side = useRef<HTMLDivElement>(null);
  // One document at a time: a second press while the first is being filed is not meant for the next.
  const filing = useRef(false);
  const ids = items.map((item) => item.id);
  const [kept, setSelection] = useState<Selection>({ at: 0, current: ids[0] ?? null, marked: [] });
  const [chosenYear, setChosenYear] = useState<{ readonly id: string; readonly year: number | null } | null>(null);
  const width = usePaneWidth('inbox-list-width', { least: 200, most: 620, first: 288 });
  const selection = settleSelection(kept, ids);
  const current = items.find((item) => item.id === selection.current) ?? null;
  const details = useRead('evidence.read', { id: selection.current ?? '' }, { enabled: selection.current !== null });
  const shown = details.data !== undefined && details.data.id === selection.current ? details.data : null;
  const catalog = useRead('catalog.read', {});
  const years = catalog.data?.years ?? [];
  const markedRows = new Set(selection.marked);
  const marked = selection.marked.length > 0 ? selection.marked : current === null ? [] : [current.id];
  const year = current === null ? null : chosenYear?.id === current.id ? chosenYear.year : yearOfItem(current, years);

  const next = (): void => setSelection(moveSelection(selection, ids, 1));
  const accept = async (index: number): Promise<void> => {
    const suggestion = shown === null ? undefined : openProposals(shown)[index];
    if (readOnly || filter === 'trash' || current === null || suggestion === undefined) return;
    if (filing.current) return;
    filing.current = true;
    try {
      const reply = await change('evidence.link', { id: current.id, indicator: suggestion.code, year });
      if (!reply.ok) return;
      if (!reply.value.linked) return notify.say(`已在该指标中：${suggestion.code} ${suggestion.name}（${nameYear(year)}），没有改动`);
    } finally {
      filing.current = false;
    }
    notify.say(`已归入 ${suggestion.code} ${suggestion.name}（${nameYear(year)}）；撤销按 Ctrl+Z`);
    if (filter !== 'unlinked') next();
  };
  /** Each marked item under its own first proposal, as one step. */
  const acceptMarked = async (): Promise<void> => {
    if (readOnly || filter === 'trash') return;
    // What is filed already stays where it is: a proposal may mean another indicator.
    const links = items.flatMap((item) => (markedRows.has(item.id) && item.indicators.length === 0 && item.proposal !== null ? [{ id: item.id, indicator: item.proposal.code, year: yearOfItem(item, years) }] : []));
    if (links.length === 0) return notify.say(items.some((item) => markedRows.has(item.id) && item.indicators.length > 0) ? '所选材料已经归入，没有改动；要归入别的指标请在右边选择' : '所选材料都没有建议，请选择指标');
    const reply = await change('evidence.linkMany', { links });
    if (!reply.ok) return;
    setSelection({ ...selection, marked: [] });
    notify.say(`已按建议归入 ${reply.value.items} 件；撤销按 Ctrl+Z`);
  };
  const trash = async (): Promise<void> => {
    if (readOnly || filter === 'trash' || marked.length === 0) return;
    const reply = await change('evidence.trashMany', { ids: [...marked] });
    if (!reply.ok) return;
    setSelection({ ...selection, marked: [] });
    notify.say(`已把 ${reply.value.items} 件移到回收站；撤销按 Ctrl+Z`);
  };
  const confirm = async (): Promise<void> => {
    if (readOnly || filter === 'trash' || marked.length === 0) return;
    const reply = await change('evidence.updateMany', { ids: [...marked], change: { confirmed: true } });
    if (reply.ok && filter !== 'unconfirmed') next();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
    if (event.target !== document.body && page.current?.contains(event.target) !== true) return;
    const leavesClosedList = event.key === 'Escape' && event.target.getAttribute('aria-expanded') === 'false';
    if ((isTyping(event.target) && !leavesClosedList) || belongsElsewhere(event) || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a') return;
      event.preventDefault();
      setSelection({ ...selection, marked: ids });
      return;
    }
    const run = keys[event.key.toLowerCase()];
    if (run === undefined || (event.repeat && !event.key.startsWith('Arrow'))) return;
    event.preventDefault();
    run(event.shiftKey);
  };
  // The list takes the keys from the beginning: a clerk should not have to click first.
  const page = useRef<HTMLDivElement>(null);
  const focusList = (): void => page.current?.querySelector<HTMLElement>('.virtual-list')?.focus();
  useEffect(focusList, []);
  const focusField = (selector: string): void => side.current?.querySelector<HTMLElement>(selector)?.focus();
  /** Return files what is not filed yet; a document that is filed is filed once more only by its own key. */
  const enter = async (): Promise<void> => {
    if (selection.marked.length > 1) return acceptMarked();
    if (shown === null || shown.links.length === 0) return accept(0);
    if (filter !== 'trash') notify.say(`已在该指标中：${nameLinks(shown.links)}，没有改动`);
  };
  const keys: Readonly<Record<string, (shift: boolean) => void>> = {
    arrowdown: (shift) => setSelection(moveSelection(selection, ids, 1, shift)),
    arrowup: (shift) => setSelection(moveSelection(selection, ids, -1, shift)),
    n: () => next(),
    enter: () => void enter(),
    '1': () => void accept(0),
    '2': () => void accept(1),
    '3': () => void accept(2),
    c: () => void confirm(),
    delete: () => void trash(),
    escape: () => setSelection({ ...selection, marked: [] }),
    o: () => focusField('.link-adder input'),
    y: () => focusField('.inbox-year input'),
    t: () => focusField('[data-testid="field-title"]'),
  };
  // A row or button that held the focus goes with its document, and a dialog closes: then the focus is nowhere, and the keys still mean this page.
  const latest = useRef(onKeyDown);
  useEffect(() => {
    latest.current = onKeyDown;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => latest.current(event);
    // Before the window's own keys, which keep Ctrl+A from marking its texts.
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  return (
    <div className="inbox" ref={page} style={{ '--inbox-list': `${width.value}px` }}>
      <div className="inbox-list">
        <VirtualList
          items={items}
          keyOf={(item) => item.id}
          rowHeight={74}
          label="材料"
          shown={ids.indexOf(selection.current ?? '')}
          testId="inbox-list"
          render={(item) => <InboxRow item={item} letters={lettersOfRow(width.value)} current={item.id === selection.current} marked={markedRows.has(item.id)} onPick={(mode) => setSelection(pickRow(selection, ids, item.id, mode))} />}
        />
      </div>
      <PaneEdge label="材料列表的宽度" width={width} />
      <div className="inbox-view">{shown === null ? null : <EvidenceViewer evidence={shown} />}</div>
      <div className="inbox-side" ref={side}>
        {shown === null ? null : (
          <InboxSide
            key={shown.id}
            evidence={shown}
            marked={marked}
            trashed={filter === 'trash'}
            year={year}
            onYear={(wanted) => {
              setChosenYear({ id: shown.id, year: wanted });
              focusList();
            }}
            onOtherYear={(wanted) => setChosenYear({ id: shown.id, year: wanted })}
            onAccept={(index) => void accept(index)}
            onAcceptMarked={() => void acceptMarked()}
            onTrash={() => void trash()}
            onDone={() => setSelection({ ...selection, marked: [] })}
          />
        )}
      </div>
    </div>
  );
}

/** Enter on another button presses that button, and arrows in the preview scroll it. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.key === 'Enter') return event.target.closest('button:not(.inbox-row)') !== null;
  return event.target.closest('.viewer') !== null && (event.key.startsWith('Arrow') || event.key === 'Escape');
}
