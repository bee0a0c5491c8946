import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useRead } from '../api/queries.ts';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { daysBetween } from '../ui/words.ts';
import { CompletionMap } from './completion-map.tsx';
import { NextSteps } from './next-steps.tsx';
import { FirstFindings, RecentEvents, UnitsOwing } from './overview-lists.tsx';
import { UnitSteps } from './unit-steps.tsx';
import './overview.css';

type Overview = CallOutput<'overview.read'>;

/** 总览: one look tells where to work. */
export function OverviewPage() {
  const archive = useArchive();
  const overview = useRead('overview.read', {});
  const catalog = useRead('catalog.read', {});
  return (
    <PageFrame title="总览" note={archive.title} testId="overview-page">
      <WhenRead query={overview}>
        {(read) => (
          <div className="overview">
            {read.handBack === null ? <NextSteps overview={read} /> : <UnitSteps overview={read} handBack={read.handBack} />}
            <Figures overview={read} />
            <CompletionMap states={read.states} groups={catalog.data?.groups ?? []} />
            <div className="overview-columns">
              <FirstFindings findings={read.findings} more={read.errors + read.warnings - read.findings.length} />
              <UnitsOwing units={read.handBack === null ? read.units : read.units.filter(({ name }) => name === read.handBack?.unit)} />
              <RecentEvents events={read.events} />
            </div>
          </div>
        )}
      </WhenRead>
    </PageFrame>
  );
}

function Figures({ overview }: { readonly overview: Overview }) {
  const { go } = useNavigation();
  const wrong = overview.errors - overview.pending;
  return (
    <div className="overview-top">
      <div className="sheet overview-figures">
        <Figure value={`${overview.complete}`} of={`/ ${overview.states.length}`} says="项指标齐备" onClick={() => go({ page: 'indicators', code: null })} />
        <Figure value={String(wrong)} says="处错误" tone={wrong === 0 ? 'good' : 'bad'} onClick={() => go({ page: 'check' })} />
        <Figure value={String(overview.pending)} says="项待补" {...(overview.pending === 0 ? { tone: 'good' as const } : {})} onClick={() => go({ page: 'check' })} />
        <Figure value={String(overview.warnings)} says="条提醒" onClick={() => go({ page: 'check' })} />
        <Figure value={String(overview.evidence)} of="件" says={`共 ${overview.pages} 页`} onClick={() => go({ page: 'binding' })} />
        <Figure value={String(overview.unlinked)} says="件待归入" tone={overview.unlinked > 0 ? 'wait' : 'good'} onClick={() => go({ page: 'inbox' })} />
      </div>
      <Countdown overview={overview} />
    </div>
  );
}

interface FigureProps {
  readonly value: string;
  readonly of?: string;
  readonly says: string;
  readonly tone?: 'good' | 'bad' | 'wait';
  readonly onClick: () => void;
}

function Figure({ value, of, says, tone, onClick }: FigureProps) {
  return (
    <button type="button" className="plain-button overview-figure" onClick={onClick}>
      <span className={`figures overview-value${tone === undefined ? '' : ` overview-value-${tone}`}`}>
        {value}
        {of === undefined ? null : <small>{of}</small>}
      </span>
      <span className="overview-says">{says}</span>
    </button>
  );
}

const stateWords: Readonly<Record<Overview['milestones'][number]['state'], string>> = { past: '已结束', now: '进行中', ahead: '未开始' };

function Countdown({ overview }: { readonly overview: Overview }) {
  const days = daysBetween(overview.today, overview.deadline);
  return (
    <div className="sheet overview-countdown" data-testid="countdown">
      <p className="overview-days">
        {days === null ? (
          '方案没有写明报送截止日期'
        ) : days >= 0 ? (
          <>
            距报送截止 <span className="overview-date figures">{overview.deadline}</span> 还有 <strong className="figures">{days}</strong> 天
          </>
        ) : (
          <>
            报送截止 <span className="overview-date figures">{overview.deadline}</span> 已过 <strong className="figures overview-late">{-days}</strong> 天
          </>
        )}
      </p>
      <ol className="overview-milestones">
        {overview.milestones.map((milestone) => (
          <li key={milestone.name} className={`milestone milestone-${milestone.state}`}>
            <span>{milestone.name.replaceAll(/(?<=\p{Script=Han}),(?=\p{Script=Han})/gu, '，')}</span>
            <span className="figures">
              {milestone.from === '' ? '至' : `${milestone.from} 至`} {milestone.to}
            </span>
            <span className="milestone-state">{stateWords[milestone.state]}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
