import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useNavigation } from '../app/navigation.tsx';
import { useRead } from '../api/queries.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { groupInOrder } from '../ui/group-in-order.ts';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { useKeptScroll } from '../ui/use-kept-scroll.ts';
import { Marked } from './marked.tsx';
import { PagePicture } from './page-picture.tsx';
import './palette.css';
import './search.css';

const LAST_TEXT = 'last-search';
const MOST = 200;

/** 检索: titles, numbers, units and every page's text. */
export function SearchPage() {
  const [text, setText] = useState(() => sessionStorage.getItem(LAST_TEXT) ?? '');
  const [asked, setAsked] = useState(text.trim());
  const field = useRef<InputRef>(null);
  const { returned } = useNavigation();
  const body = useKeptScroll(`search:${asked}`, returned);
  const results = useRef<HTMLOListElement>(null);
  useEffect(() => {
    sessionStorage.setItem(LAST_TEXT, text);
    const timer = setTimeout(() => setAsked(text.trim().slice(0, 200)), 150);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    field.current?.focus({ cursor: 'all', preventScroll: true });
  }, []);
  const query = useRead('search.query', { text: asked, limit: MOST }, { enabled: asked !== '', keep: true });
  const rows = (): HTMLElement[] => [...(results.current?.querySelectorAll<HTMLElement>('button.hit') ?? [])];
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const all = rows();
    const next = all.findIndex((row) => row === document.activeElement) + step;
    if (next < 0) field.current?.focus();
    else all[next]?.focus();
  };
  return (
    <PageFrame title="检索" testId="search-page" bodyRef={body} note={asked === '' || query.data === undefined ? '题名、文号、责任者、指标和每一页的文字' : countOf(query.data.hits)}>
      <div className="search" onKeyDown={onKeyDown}>
        <Input ref={field} size="large" prefix={<SearchOutlined />} allowClear maxLength={200} value={text} aria-label="检索词" placeholder="输入要找的词，两个字也可以" onChange={(event) => setText(event.target.value)} onPressEnter={(event) => {
          if (event.nativeEvent.isComposing) return;
          event.preventDefault();
          rows()[0]?.focus();
        }} data-testid="search-input" />
        {asked === '' ? (
          <EmptyState title="找材料里的任何一个词" says="题名、文号、责任者、指标和每一页的文字（扫描件识别后也在内）。例：“污水处理率”“青南政发〔2024〕10号”“满意度 抽样”。点开一处，就翻到那一页并标出词。" />
        ) : (
          <WhenRead query={query}>
            {({ hits, places }) =>
              hits.length === 0 && places.every(({ kind }) => kind !== 'indicator') ? (
                <p className="search-none">没有找到“{asked}”。换个说法，或只输入其中两三个字。</p>
              ) : (
                <Results hits={hits} places={places} words={asked} list={results} />
              )
            }
          </WhenRead>
        )}
      </div>
    </PageFrame>
  );
}

type HitView = CallOutput<'search.query'>['hits'][number];
type Places = CallOutput<'search.query'>['places'];

/** `5 件、7 页`: documents, and their pages that have the words. */
function countOf(hits: readonly HitView[]): string {
  const pages = hits.filter(({ kind }) => kind === 'page').length;
  return `${hits.length === MOST ? '前 ' : ''}${new Set(hits.map(({ id }) => id)).size} 件${pages === 0 ? '' : `、${pages} 页`}`;
}

interface ResultsProps {
  readonly hits: readonly HitView[];
  readonly places: Places;
  readonly words: string;
  readonly list: RefObject<HTMLOListElement | null>;
}

/** The hits, and beside them the page of the one that is looked at. */
function Results({ hits, places, words, list }: ResultsProps) {
  const [looked, setLooked] = useState<HitView | null>(null);
  const shown = looked !== null && hits.includes(looked) ? looked : hits[0];
  return (
    <div className="search-columns">
      <ol className="hits" ref={list} data-testid="search-hits">
        {places.map(({ kind, code, name, sentence }) => (kind === 'indicator' ? <li key={`indicator:${code}`}><IndicatorHit code={code} name={name} sentence={sentence} words={words} /></li> : null))}
        {groupInOrder(hits, ({ id }) => id).map(({ key, items }) => (
          <li key={key}>
            {items.map((hit, index) => (
              <Hit key={`${hit.page}:${index}`} hit={hit} words={words} first={index === 0} onLook={() => setLooked(hit)} />
            ))}
          </li>
        ))}
      </ol>
      <aside className="search-picture" aria-label="命中页">
        {shown === undefined ? null : <PagePicture id={shown.id} page={Math.max(1, shown.page)} width={280} />}
      </aside>
    </div>
  );
}

/** An indicator of that name, or whose sentence in the plan has the words. */
function IndicatorHit({ code, name, sentence, words }: { readonly code: string; readonly name: string; readonly sentence: string; readonly words: string }) {
  const { go } = useNavigation();
  return (
    <button type="button" className="plain-button hit" onClick={() => go({ page: 'indicators', code })} data-testid="search-indicator">
      <span className="hit-head">
        <strong>
          <Marked text={`${code} ${name}`} words={words} />
        </strong>
        <span className="faint">指标</span>
      </span>
      {sentence === '' ? null : (
        <span className="hit-snippet">
          方案：
          <Marked text={sentence} words={words} />
        </span>
      )}
    </button>
  );
}

interface HitProps {
  readonly hit: HitView;
  readonly words: string;
  /** Whether it is the first of its document, whose title it bears. */
  readonly first: boolean;
  readonly onLook: () => void;
}

function Hit({ hit, words, first, onLook }: HitProps) {
  const { go } = useNavigation();
  const page = hit.kind === 'page' ? `第 ${hit.page} 页` : '';
  return (
    <button type="button" className={`plain-button hit${first ? '' : ' hit-more'}`} onFocus={onLook} onMouseEnter={onLook} onClick={() => go({ page: 'preview', id: hit.id, at: Math.max(1, hit.page), find: words })} data-testid="search-hit">
      {first ? (
        <span className="hit-head">
          <strong>
            <Marked text={hit.title} words={words} />
          </strong>
          <span className="figures faint">{[hit.about, page, hit.indicators.length === 0 ? '未归入指标' : `指标 ${hit.indicators.join('、')}`].filter((part) => part !== '').join(' · ')}</span>
        </span>
      ) : null}
      {first && page === '' && hit.title.includes(hit.snippet) ? null : (
        <span className="hit-snippet">
          {first || page === '' ? null : <span className="figures hit-page">{page}</span>}
          <Marked text={hit.snippet} words={words} />
        </span>
      )}
    </button>
  );
}
