import type { EvidenceRowView } from '../../src-main/contract/index.ts';
import { RowPicture } from '../ui/row-picture.tsx';
import { shortenMiddle } from '../ui/shorten-middle.ts';
import { fileKindWords } from '../ui/words.ts';

interface InboxRowProps {
  readonly item: EvidenceRowView;
  readonly current: boolean;
  readonly marked: boolean;
  /** Letters of the title that find room, counted as full-width. */
  readonly letters: number;
  readonly onPick: (mode: 'one' | 'add' | 'range') => void;
}

/** Two lines of a title in a list so many pixels wide, less the picture and the gaps. */
export const lettersOfRow = (width: number): number => 2 * Math.floor((width - 84) / 14) - 1;

/** What the second line tells, most needed first: what finds no room is left out whole. */
const factsOf = (item: EvidenceRowView): readonly string[] =>
  [item.indicators.length === 0 ? (item.proposal === null ? '' : `→ 指标${item.proposal.code}`) : `指标 ${item.indicators.join('、')}`, item.date, `${item.pages} 页`, fileKindWords[item.fileKind]].filter((fact) => fact !== '');

export function InboxRow({ item, letters, current, marked, onPick }: InboxRowProps) {
  return (
    <button
      type="button"
      className={`plain-button inbox-row${current ? ' inbox-row-current' : ''}${marked ? ' inbox-row-marked' : ''}`}
      aria-current={current}
      aria-pressed={marked}
      // The page takes the keys; a row that kept the focus would also answer Enter.
      tabIndex={-1}
      onMouseDown={(event) => {
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => onPick(event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'add' : 'one')}
      data-testid="inbox-row"
    >
      <RowPicture id={item.id} page={1} />
      <span className="inbox-row-words">
        <span className="inbox-row-title" title={item.title}>
          {shortenMiddle(item.title, letters)}
        </span>
        <span className="inbox-row-facts figures" title={item.indicators.length === 0 && item.proposal !== null ? `建议归入指标 ${item.proposal.code}` : undefined}>
          {factsOf(item).map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
      </span>
    </button>
  );
}
