import { Button, Segmented, Select, Space } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { reviewStateWords } from '../../src-main/domain/review-words.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { PrintPaper } from '../papers/print-paper.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import { FindingLine } from './finding-line.tsx';
import { ImportList } from './import-list.tsx';
import { OpenRound } from './open-round.tsx';
import { RaiseFinding } from './raise-finding.tsx';
import { countStates } from './review-words.ts';
import type { ReviewFilter } from './review-words.ts';
import './reviews.css';

type Round = CallOutput<'review.rounds'>[number];

/** 整改: what reviewers found, round by round, on its way from raised to closed. */
export function ReviewsPage() {
  const rounds = useRead('review.rounds', {});
  const [chosen, setChosen] = useState<number | null>(null);
  const list = rounds.data ?? [];
  const round = list.find((item) => item.number === chosen) ?? list.at(-1);
  return (
    <PageFrame title="整改" testId="reviews-page" note={round === undefined ? '审核意见逐条登记、交办、答复、销号，汇成整改台账' : noteOf(round)} actions={<Actions round={round} rounds={list} onChoose={setChosen} />}>
      <WhenRead query={rounds}>{() => (round === undefined ? <NoRound onOpened={setChosen} /> : <RoundFindings key={round.number} round={round} />)}</WhenRead>
    </PageFrame>
  );
}

function noteOf({ findings, closedAt }: Round): string {
  const { open, assigned, answered, closed } = countStates(findings);
  return `共 ${findings.length} 条：待交办 ${open}，待答复 ${assigned}，待销号 ${answered}，已销号 ${closed}${closedAt === '' ? '' : '；本轮已结束'}`;
}

interface ActionsProps {
  readonly round: Round | undefined;
  readonly rounds: readonly Round[];
  readonly onChoose: (round: number) => void;
}

function Actions({ round, rounds, onChoose }: ActionsProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const isOpen = round !== undefined && round.closedAt === '';
  return (
    <Space wrap>
      {rounds.length < 2 || round === undefined ? null : (
        <Select aria-label="审核轮次" value={round.number} onChange={onChoose} options={rounds.map(({ number, name }) => ({ value: number, label: `第${number}轮 ${name}` }))} data-testid="review-round" />
      )}
      {isOpen && !readOnly ? (
        <>
          <RaiseFinding round={round.number} />
          <ImportList round={round.number} />
          <Button disabled={round.findings.some((finding) => finding.state !== 'closed')} title="全部问题销号以后才能结束" onClick={() => void change('review.close', { round: round.number })} data-testid="close-round">
            结束本轮
          </Button>
        </>
      ) : null}
      {round === undefined ? null : (
        <PrintPaper size="middle" main kind="rectification" scope="" name="整改台账" text="打印台账" testId="print-ledger" />
      )}
      {readOnly || isOpen || round === undefined ? null : <OpenRound onOpened={onChoose} />}
    </Space>
  );
}

function NoRound({ onOpened }: { readonly onOpened: (round: number) => void }) {
  const { readOnly } = useArchive();
  return (
    <EmptyState
      title="还没有审核轮次"
      says="收到省级、国家级或内部的审核意见后，新开一轮，再逐条登记或整表导入；每条意见可以交办、用材料答复、销号，最后打印整改台账。"
      action={readOnly ? null : <OpenRound onOpened={onOpened} />}
      testId="reviews-nothing"
    />
  );
}

const filters: readonly ReviewFilter[] = ['all', 'open', 'assigned', 'answered', 'closed'];

function RoundFindings({ round }: { readonly round: Round }) {
  const [filter, setFilter] = useState<ReviewFilter>('all');
  const overview = useRead('overview.read', {});
  const catalog = useRead('catalog.read', {});
  const states = countStates(round.findings);
  const names = new Map((catalog.data?.groups ?? []).flatMap((group) => group.indicators.map((indicator) => [indicator.code, indicator.name] as const)));
  const shown = round.findings.map((finding, at) => ({ finding, number: at + 1 })).filter(({ finding }) => filter === 'all' || finding.state === filter);
  if (round.findings.length === 0) return <EmptyState title={`第${round.number}轮 ${round.name}：还没有问题`} says="在右上角点“登记问题”逐条填写，或“导入清单”整表导入（XLSX、CSV、TXT、DOCX）。" testId="round-nothing" />;
  return (
    <div className="review-round">
      <h2 className="review-title">
        第{round.number}轮 {round.name}
        <Segmented<ReviewFilter> size="small" value={filter} onChange={setFilter} options={filters.map((value) => ({ value, label: value === 'all' ? `全部 ${round.findings.length}` : `${reviewStateWords[value]} ${states[value]}` }))} />
      </h2>
      {shown.length === 0 ? (
        <p className="review-none faint">没有这样的问题。</p>
      ) : (
        <VirtualList
          items={shown}
          keyOf={({ finding }) => finding.id}
          rowHeight={112}
          label="审核问题"
          testId="review-list"
          render={({ finding, number }) => <FindingLine finding={finding} number={number} name={finding.indicator === null ? '' : (names.get(finding.indicator) ?? '')} today={overview.data?.today ?? ''} units={catalog.data?.units ?? []} isOpen={round.closedAt === ''} />}
        />
      )}
    </div>
  );
}
