import type { EvidenceRowView } from '../../src-main/contract/index.ts';
import { RowPicture } from '../ui/row-picture.tsx';
import { fileKindWords } from '../ui/words.ts';

interface InboxRowProps {
  readonly item: EvidenceRowView;
  readonly current: boolean;
  readonly marked: boolean;
  readonly onPick: (mode: 'one' | 'add' | 'range') => void;
}

export function InboxRow({ item, current, marked, onPick }: InboxRowProps) {
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
        <span className="inbox-row-title">{item.title}</span>
        <span className="inbox-row-facts figures">
          {fileKindWords[item.fileKind]} · {item.pages} 页{item.date === '' ? '' : ` · ${item.date}`}
          {item.indicators.length === 0 ? (item.proposal === null ? '' : ` · 建议 ${item.proposal.code}`) : ` · 指标 ${item.indicators.join('、')}`}
        </span>
      </span>
    </button>
  );
}
