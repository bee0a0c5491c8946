import { Alert, Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { EvidenceView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange } from '../api/queries.ts';
import { countCharacters } from '../ui/words.ts';
import { CitationPicker } from './citation-picker.tsx';
import { asksForCitation, insertCitation, nameCitation, replaceCitationWord, showCitations, storeCitations, withoutCitations } from './citations.ts';
import type { Citation } from './citations.ts';
import { ReportCitations } from './report-citations.tsx';
import { dropDraft, findDraft, keepDraft } from './report-draft.ts';

const SAVE_AFTER_MS = 1500;

interface ReportEditorProps {
  readonly code: string;
  readonly saved: string;
  /** What the text may cite. */
  readonly evidence: readonly EvidenceView[];
}

/** 达标情况说明. What is typed is kept at once as a draft on this computer, and saved after a pause or on leaving. */
export function ReportEditor({ code, saved, evidence }: ReportEditorProps) {
  // Where the cursor last stood in the text; the field loses it when a list is opened.
  const cursor = useRef<number | null>(null);
  const { folder, readOnly } = useArchive();
  const change = useChange();
  const [restored, setRestored] = useState(() => (readOnly ? null : findDraft(localStorage, folder, code, saved)));
  const [typed, setTyped] = useState<string | null>(restored);
  const [state, setState] = useState<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  const text = typed ?? saved;
  // What is read and typed: citations by title and page. What is kept, saved and counted names the item by its identity.
  const shown = showCitations(text, evidence);

  const save = useCallback(
    async (next: string) => {
      setState('saving');
      const reply = await change('indicator.setReport', { code, text: next });
      setState(reply.ok ? 'saved' : 'failed');
      if (!reply.ok) return;
      dropDraft(localStorage, folder, code);
      setRestored(null);
    },
    [change, code, folder],
  );

  // What was typed gives way only to the same words read back: an older reading must not stand in for them meanwhile.
  if (typed !== null && typed === saved) setTyped(null);

  const pending = typed !== null && typed !== saved ? typed : null;
  useEffect(() => {
    if (pending === null || readOnly) return undefined;
    const timer = setTimeout(() => void save(pending), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [pending, readOnly, save]);

  // Leaving the page within the pause must not lose the last words.
  const latest = useRef({ pending, save });
  useEffect(() => {
    latest.current = { pending, save };
  });
  useEffect(
    () => () => {
      if (latest.current.pending !== null) void latest.current.save(latest.current.pending);
    },
    [],
  );

  const type = (asShown: string): void => {
    const next = storeCitations(asShown, evidence);
    keepDraft(localStorage, folder, code, next);
    setTyped(next);
    setState('idle');
  };
  // Writing goes on behind what was put in, before another key can come: the box that asked had the focus.
  const field = useRef<TextAreaRef>(null);
  const goOn = useRef<number | null>(null);
  useLayoutEffect(() => {
    const area = field.current?.resizableTextArea?.textArea;
    if (goOn.current === null || area === undefined) return;
    area.focus();
    area.setSelectionRange(goOn.current, goOn.current);
    goOn.current = null;
  });
  const put = (next: string, at: number): void => {
    goOn.current = at + next.length - shown.length;
    type(next);
  };
  const cite = (citation: Citation): void => {
    const at = cursor.current ?? shown.length;
    put(insertCitation(shown, at, nameCitation(citation, evidence)), at);
  };

  // Where 见 was typed that now asks for its page.
  const [asking, setAsking] = useState<number | null>(null);
  const askAfter = (next: string, at: number): void => {
    if (evidence.length > 0 && asksForCitation(next, at)) setAsking(at);
  };
  const stateWords = { idle: '', saving: '正在保存…', saved: '已保存', failed: '没有保存上，草稿仍在本机' };
  return (
    <div className="report">
      {restored === null ? null : (
        <Alert
          type="warning"
          showIcon
          title="上次有没保存的文字，已经恢复"
          action={
            <Button
              size="small"
              onClick={() => {
                dropDraft(localStorage, folder, code);
                setTyped(null);
                setRestored(null);
              }}
            >
              改用库里的文字
            </Button>
          }
        />
      )}
      <Input.TextArea
        ref={field}
        value={shown}
        disabled={readOnly}
        aria-label="达标情况说明"
        placeholder="写明三年来的做法、数据和结论；装订时印在指标报告里。在标点、数字或括号后输入“见”（或“详见”），可选佐证页来引用。"
        autoSize={{ minRows: 6, maxRows: 24 }}
        onSelect={(event) => {
          cursor.current = event.currentTarget.selectionStart;
        }}
        onChange={(event) => {
          type(event.target.value);
          // However it came in: typed, pasted, dropped. A composition asks when it ends; what is deleted asks for nothing.
          const { nativeEvent } = event;
          const puts = !(nativeEvent instanceof InputEvent) || (!nativeEvent.isComposing && nativeEvent.inputType.startsWith('insert'));
          if (puts) askAfter(event.target.value, event.target.selectionStart);
        }}
        onCompositionEnd={(event) => {
          if (event.data.endsWith('见')) askAfter(event.currentTarget.value, event.currentTarget.selectionStart);
        }}
        onBlur={() => {
          if (pending !== null) void save(pending);
        }}
        data-testid="report-text"
      />
      <p className="report-foot">
        <span className="figures" data-testid="report-count">
          {countCharacters(withoutCitations(text))} 字
        </span>
        <span role="status" data-testid="report-state">
          {pending !== null && state === 'idle' ? '未保存' : stateWords[state]}
        </span>
      </p>
      {asking === null ? null : (
        <CitationPicker
          evidence={evidence}
          onClose={() => {
            goOn.current = asking;
            setAsking(null);
          }}
          onPick={(citation) => {
            put(replaceCitationWord(shown, asking, nameCitation(citation, evidence)), asking);
            setAsking(null);
          }}
        />
      )}
      <ReportCitations text={text} evidence={evidence} onInsert={cite} />
    </div>
  );
}
