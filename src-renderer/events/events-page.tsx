import { SearchOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { CallInput, CallOutput } from '../../src-main/contract/index.ts';
import { readReply, useRead } from '../api/queries.ts';
import type { ReplyError } from '../api/queries.ts';
import { useNavigation } from '../app/navigation.tsx';
import { PrintPaper } from '../papers/print-paper.tsx';
import { DayPicker } from '../ui/day-picker.tsx';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import { formatInstant } from '../ui/words.ts';
import { PersonLine } from './person-line.tsx';
import './events.css';

type Page = CallOutput<'event.list'>;
type Entry = Page['events'][number];
type Wish = Pick<CallInput<'event.list'>, 'from' | 'until' | 'actor' | 'words'>;

/** Rows that fill a tall window; a filter that finds fewer among what one call looks at goes on by itself. */
const SCREENFUL = 60;
const TYPED_AFTER_MS = 200;

/** The log by pages, newest first, as far as it was scrolled. */
function useEvents(wish: Wish) {
  const query = useInfiniteQuery<Page, ReplyError, readonly Entry[], readonly unknown[], number | null>({
    queryKey: ['event.list', wish],
    queryFn: ({ pageParam }) => readReply('event.list', { ...wish, before: pageParam }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages.flatMap((page) => page.events),
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const more = data !== undefined && data.length < SCREENFUL && hasNextPage;
  useEffect(() => {
    if (more && !isFetching) void fetchNextPage();
  }, [more, isFetching, fetchNextPage]);
  return { entries: data, error: query.error, hasNextPage, fetchNextPage, isFetching };
}

/** 操作记录: who did what and when, from the newest back to the archive's beginning. */
export function EventsPage() {
  const { go } = useNavigation();
  const [day, setDay] = useState('');
  const [actor, setActor] = useState('');
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), TYPED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const actors = useRead('event.actors', {});
  const wish = useMemo<Wish>(() => ({ from: day, until: day, actor, words }), [day, actor, words]);
  const { entries, error, hasNextPage, fetchNextPage, isFetching } = useEvents(wish);
  const first = entries?.[0];
  const printed = day !== '' ? day : first === undefined ? '' : formatInstant(first.at).slice(0, 10);
  const count = entries === undefined ? '' : `${hasNextPage ? '前 ' : '共 '}${entries.length} 条`;
  return (
    <PageFrame
      title="操作记录"
      testId="events-page"
      note={count}
      actions={
        <div className="events-actions">
          <PrintPaper size="middle" kind="event-log" scope={printed} name={`操作记录 ${printed}`} text={printed === '' ? '打印' : `打印 ${printed}`} disabled={printed === '' || first === undefined} testId="print-events" />
          <Button disabled={printed === '' || first === undefined} onClick={() => go({ page: 'papers', kind: 'event-log', scope: printed })} data-testid="events-as-table">
            存为表格…
          </Button>
        </div>
      }
    >
      <div className="events">
        <div className="events-filter">
          <DayPicker className="events-day" label="哪一天" placeholder="哪一天（默认全部）" onDay={setDay} />
          <Select aria-label="人员" className="events-actor" placeholder="所有人员" allowClear value={actor === '' ? null : actor} onChange={(name: string | null | undefined) => setActor(name ?? '')} options={(actors.data ?? []).map((name) => ({ value: name, label: name }))} />
          <Input allowClear prefix={<SearchOutlined />} maxLength={200} className="events-words" aria-label="记录里的词" placeholder="题名、单位、指标或操作" value={typed} onChange={(event) => setTyped(event.target.value)} data-testid="events-words" />
        </div>
        <PersonLine whenUnset={false} />
        <WhenRead query={{ data: entries, error }}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="events-none">{isFetching ? '正在查找…' : '没有这样的操作记录。'}</p>
            ) : (
              <VirtualList
                items={rows}
                keyOf={(entry) => String(entry.seq)}
                rowHeight={36}
                label="操作记录"
                testId="event-list"
                key={JSON.stringify(wish)}
                render={(entry, index) => <EventRow entry={entry} onSeen={index === rows.length - 1 && hasNextPage && !isFetching ? fetchNextPage : null} />}
              />
            )
          }
        </WhenRead>
      </div>
    </PageFrame>
  );
}

/** One entry; the last that is there asks for those before it once it comes into sight. */
function EventRow({ entry, onSeen }: { readonly entry: Entry; readonly onSeen: (() => Promise<unknown>) | null }) {
  const { go } = useNavigation();
  const { indicator, item } = entry;
  useEffect(() => {
    if (onSeen !== null) void onSeen();
  }, [onSeen]);
  return (
    <div className="event-row" data-testid="event-row">
      <time className="figures">{formatInstant(entry.at)}</time>
      <span className="event-actor">{entry.actor}</span>
      <span className="event-text">{entry.text}</span>
      {item === null ? null : (
        <Button type="link" size="small" onClick={() => go({ page: 'preview', id: item, at: 1 })}>
          看材料
        </Button>
      )}
      {indicator === null ? null : (
        <Button type="link" size="small" onClick={() => go({ page: 'indicators', code: indicator })}>
          看指标
        </Button>
      )}
    </div>
  );
}
