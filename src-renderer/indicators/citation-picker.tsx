import { Input, Modal } from 'antd';
import type { InputRef } from 'antd';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EvidenceView } from '../../src-main/contract/index.ts';
import { EvidenceViewer } from '../preview/evidence-viewer.tsx';
import type { Citation } from './citations.ts';
import './citation-picker.css';

interface CitationPickerProps {
  /** What the report may cite, in binding order. */
  readonly evidence: readonly EvidenceView[];
  readonly onPick: (citation: Citation) => void;
  readonly onClose: () => void;
}

/** Chooses the page that proves a sentence by looking at it: the indicator's evidence at the left, its pages at the right. */
export function CitationPicker({ evidence, onPick, onClose }: CitationPickerProps) {
  // A box that opens without movement takes the focus to its first button, after the field had it.
  const field = useRef<InputRef>(null);
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(evidence[0]?.id ?? '');
  const [page, setPage] = useState(1);
  const found = evidence.filter((item) => words.trim() === '' || item.title.includes(words.trim()));
  const item = found.find((candidate) => candidate.id === chosen) ?? found[0];
  const choose = (id: string): void => {
    setChosen(id);
    setPage(1);
  };
  const pick = (): void => {
    if (item !== undefined) onPick({ id: item.id, page: Math.min(page, Math.max(1, item.pages)) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? undefined : found[found.findIndex((candidate) => candidate.id === item?.id) + step];
    if (next !== undefined) {
      event.preventDefault();
      choose(next.id);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      pick();
    }
  };
  return (
    <Modal
      open
      width="86vw"
      centered
      title="引用哪一页？"
      okText={item === undefined ? '引用' : `引用第 ${page} 页`}
      cancelText="不引用"
      okButtonProps={{ disabled: item === undefined, 'data-testid': 'citation-pick' }}
      onOk={pick}
      onCancel={onClose}
      afterOpenChange={(shown) => (shown ? field.current?.focus() : undefined)}
    >
      <div className="citation-picker" data-testid="citation-picker">
        <div className="citation-list">
          <Input ref={field} allowClear placeholder="按题名筛选；↑↓ 选择，回车引用" aria-label="按题名筛选" value={words} onChange={(event) => setWords(event.target.value)} onKeyDown={onKeyDown} data-testid="citation-filter" />
          <ul aria-label="本指标的材料">
            {found.map((candidate) => (
              <li key={candidate.id}>
                <button type="button" className={`plain-button citation-item${candidate.id === item?.id ? ' citation-item-chosen' : ''}`} aria-pressed={candidate.id === item?.id} onClick={() => choose(candidate.id)}>
                  {candidate.title}
                  <span className="figures faint"> {candidate.pages} 页</span>
                </button>
              </li>
            ))}
          </ul>
          {found.length === 0 ? <p className="faint">没有这样的材料。</p> : null}
        </div>
        <div className="citation-view">{item === undefined ? null : <EvidenceViewer key={item.id} evidence={item} onPage={setPage} />}</div>
      </div>
    </Modal>
  );
}
