import { Button, Input, Space, Tooltip } from 'antd';
import type { InputRef } from 'antd';
import { useRef, useState } from 'react';
import type { FocusEvent } from 'react';
import { verdictWords } from '../../src-main/domain/target.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange } from '../api/queries.ts';
import { withoutIndicator } from '../ui/finding-kind.ts';
import { formatFigure, verdictSigns } from '../ui/words.ts';
import { emptyEntry, entryOf, pageBeyond, readEntry } from './year-entry.ts';
import type { YearEntry } from './year-entry.ts';
import { ProposalLines, useProposals } from './year-proposal.tsx';
import type { ValueProposal } from './year-proposal.tsx';
import { ValueSource } from './value-source.tsx';
import type { IndicatorRead } from './indicator-read.ts';

/** Value, numerator, denominator and source by year; a row is saved when it is left. */
export function YearMatrix({ detail }: { readonly detail: IndicatorRead }) {
  const proposals = useProposals().filter((proposal) => proposal.code === detail.indicator.code);
  return (
    <table className="grid-table year-matrix" data-testid="year-matrix">
      <thead>
        <tr>
          <th scope="col">年份</th>
          <th scope="col">数值</th>
          <th scope="col">单位</th>
          <th scope="col">分子</th>
          <th scope="col">分母</th>
          <th scope="col">数据来源、页</th>
          <th scope="col">判定</th>
        </tr>
      </thead>
      <tbody>
        {detail.years.map((year) => (
          <YearRow key={year} detail={detail} year={year} choices={proposals.find((proposal) => proposal.year === year)?.choices ?? []} />
        ))}
      </tbody>
    </table>
  );
}

interface YearRowProps {
  readonly detail: IndicatorRead;
  readonly year: number;
  /** What papers state for the year while it has no value. */
  readonly choices: readonly ValueProposal[];
}

function YearRow({ detail, year, choices }: YearRowProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const code = detail.indicator.code;
  const saved = detail.values.find((value) => value.year === year);
  const savedEntry = saved === undefined ? emptyEntry(detail.indicator.target.unit ?? '') : entryOf(saved);
  const [typed, setTyped] = useState<YearEntry | null>(null);
  const entry = typed ?? savedEntry;
  const reading = readEntry(entry);
  const beyond = pageBeyond(entry, detail.evidence);
  const hints = [...(beyond === null ? [] : [{ says: beyond, wrong: true }]), ...(typed === null ? hintsOf(detail, year, beyond !== null) : [])];
  const verdict = detail.judgement.years.find((judged) => judged.year === year);
  /** A figure is there that the judgement does not know yet. */
  const isNew = typed !== null && reading.kind === 'read' && typed.value !== savedEntry.value;
  const set = (part: Partial<YearEntry>): void => setTyped({ ...entry, ...part });
  const [putOff, setPutOff] = useState(false);
  const valueField = useRef<InputRef>(null);
  const taking = useRef(false);
  const offered = readOnly || putOff || saved !== undefined || reading.kind !== 'empty' ? [] : choices;

  const save = async (next: YearEntry): Promise<void> => {
    const read = readEntry(next);
    if (read.kind === 'wrong') return;
    if (read.kind === 'empty') {
      if (saved !== undefined) await change('indicator.clearValue', { code, year });
    } else {
      const reply = await change('indicator.setValue', { code, year, ...read.value, sourceEvidence: next.source });
      if (!reply.ok) return;
      notify.say(`${year}年已保存`);
    }
    // What was typed in another cell meanwhile stays.
    setTyped((now) => (now === typed ? null : now));
  };
  // Value, source and page in one step, so that one Ctrl+Z takes it back.
  const take = async ({ value, unit, numerator, denominator, evidence, page }: ValueProposal): Promise<void> => {
    if (taking.current) return;
    taking.current = true;
    valueField.current?.focus();
    const reply = await change('indicator.setValue', { code, year, value, unit, numerator, denominator, sourceEvidence: evidence, sourcePage: page });
    taking.current = false;
    if (!reply.ok) return;
    setTyped(null);
    notify.say(`${year}年已采用 ${formatFigure(value)}${unit}`);
  };
  const [only] = offered.length === 1 ? offered : [];
  const enter = (): void => void (only === undefined ? save(entry) : take(only));
  const escape = (): void => {
    if (typed === null && offered.length > 0) setPutOff(true);
    setTyped(null);
  };
  // A figure that is whole is saved and judged when its cell is left; one that was taken out only with the row, as another may follow.
  const leave = (event: FocusEvent<HTMLTableRowElement>): void => {
    if (typed !== null && (reading.kind === 'read' || !event.currentTarget.contains(event.relatedTarget))) void save(entry);
  };
  const cell = (field: 'value' | 'unit' | 'numerator' | 'denominator', word: string) => (
    <td className={`year-${field}`}>
      <Input
        {...(field === 'value' ? { ref: valueField } : {})}
        size="small"
        disabled={readOnly}
        value={entry[field]}
        aria-label={`${year}年${word}`}
        status={reading.kind === 'wrong' && reading.fields.includes(field) ? 'error' : ''}
        onChange={(event) => set({ [field]: event.target.value })}
        onPressEnter={(event) => {
          if (event.repeat) return;
          if (field === 'value') enter();
          else void save(entry);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') escape();
        }}
        data-testid={`year-${year}-${field}`}
      />
    </td>
  );
  return (
    <>
      <tr onBlur={leave}>
        <th scope="row" className="figures">
          {year}
        </th>
        {cell('value', '数值')}
        {cell('unit', '单位')}
        {cell('numerator', '分子')}
        {cell('denominator', '分母')}
        <td className="year-source">
          <Space.Compact block size="small">
            <ValueSource
              year={year}
              evidence={detail.evidence}
              value={entry.source}
              disabled={readOnly || reading.kind !== 'read'}
              placeholder={reading.kind !== 'read' ? '先填数值' : detail.evidence.length === 0 ? '先归入材料' : '选择材料'}
              onChange={(source) => void save({ ...entry, source, page: '' })}
            />
            <Input
              className="year-page"
              disabled={readOnly || entry.source === null}
              value={entry.page}
              placeholder="页"
              aria-label={`${year}年数据在来源的第几页`}
              status={beyond !== null || (reading.kind === 'wrong' && reading.fields.includes('page')) ? 'error' : ''}
              onChange={(event) => set({ page: event.target.value })}
              onPressEnter={() => void save(entry)}
              data-testid={`year-${year}-page`}
            />
          </Space.Compact>
        </td>
        <td className="year-verdict">
          {verdict === undefined || isNew ? null : (
            <Tooltip title={verdict.because}>
              <span className={`verdict verdict-${verdict.verdict}`} data-testid={`year-${year}-verdict`}>
                {verdictSigns[verdict.verdict]} {verdictWords[verdict.verdict]}
              </span>
            </Tooltip>
          )}
        </td>
      </tr>
      <tr className="year-because">
        <td />
        <td colSpan={6}>
          {reading.kind === 'wrong' ? <span className="saved-trouble">{reading.says}</span> : <span>{isNew ? '离开这一格即保存并判定' : verdict?.because}</span>}
          {hints.map(({ says, wrong }) => (
            <p key={says} className={wrong ? 'year-hint year-hint-wrong' : 'year-hint'} data-testid={`year-${year}-hint`}>
              {says}
            </p>
          ))}
          {offered.length === 0 ? null : <ProposalLines year={year} choices={offered} onTake={(choice) => void take(choice)} />}
          <RatioHint entry={entry} onTake={(value) => void save({ ...entry, value })} />
        </td>
      </tr>
    </>
  );
}

interface YearHint {
  readonly says: string;
  readonly wrong: boolean;
}

/** What checking says of a year's saved value that its verdict does not: another figure in a paper, a page that is not there. The sentence it quotes stands below, with the finding. */
const hintsOf = ({ findings, indicator }: IndicatorRead, year: number, toldOfPage: boolean): readonly YearHint[] =>
  findings
    .filter((finding) => finding.year === year && !finding.waived && (finding.rule === 'figures.contradict' || (finding.rule === 'value.source-page' && !toldOfPage)))
    .map((finding) => ({ says: withoutIndicator(finding.message, indicator).replaceAll(/（“[^”]*”）/gu, ''), wrong: finding.severity === 'error' }));

/** Where numerator and denominator are there but the value is not: offers the value they give. */
function RatioHint({ entry, onTake }: { readonly entry: YearEntry; readonly onTake: (value: string) => void }) {
  const { readOnly } = useArchive();
  const [top, bottom] = [Number(entry.numerator), Number(entry.denominator)];
  if (readOnly || entry.value !== '' || entry.numerator === '' || entry.denominator === '' || !(bottom > 0)) return null;
  const value = formatFigure(Math.round((entry.unit === '%' ? 100 : 1) * (top / bottom) * 100) / 100);
  return (
    <Button size="small" type="link" onClick={() => onTake(value)}>
      按分子÷分母填入 {value}
      {entry.unit}
    </Button>
  );
}
