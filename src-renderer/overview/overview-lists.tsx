import { Button } from 'antd';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { PersonLine } from '../events/person-line.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { kindOfFinding } from '../../src-main/domain/rules/rule-table.ts';
import { signOfKind } from '../ui/finding-kind.ts';
import { lateWords } from '../ui/late-words.ts';
import { formatInstant } from '../ui/words.ts';

type Overview = CallOutput<'overview.read'>;

/** Units that still owe something, most first; past due dates stand out. */
export function UnitsOwing({ units }: { readonly units: Overview['units'] }) {
  const { go } = useNavigation();
  const owing = units.filter((unit) => unit.owes > 0).toSorted((a, b) => b.owes - a.owes);
  return (
    <section className="sheet" aria-labelledby="units-title">
      <header className="sheet-head">
        <h2 id="units-title">各单位尚欠</h2>
        <Button type="link" size="small" onClick={() => go({ page: 'settings', tab: 'units' })}>
          联系人与时限
        </Button>
      </header>
      {owing.length === 0 ? <p className="overview-none">各单位都已交齐。</p> : null}
      <ul className="overview-list" tabIndex={0} aria-labelledby="units-title" data-testid="units-owing">
        {owing.map((unit) => (
          <li key={unit.name}>
            <span className="overview-list-main">{unit.name}</span>
            <span className="faint">{unit.contact}</span>
            <span className="figures">
              尚欠 <strong>{unit.owes}</strong> 项指标
            </span>
            <DueDate unit={unit} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DueDate({ unit: { deadline, handedOut, overdue } }: { readonly unit: Overview['units'][number] }) {
  if (overdue) return <span className="figures overview-due overview-late">{deadline} 已{lateWords(handedOut)}</span>;
  const sent = handedOut === '' ? '，未发出' : '';
  return deadline === '' ? <span className="faint overview-due">未定时限{sent}</span> : <span className="figures overview-due">{deadline} 前{sent}</span>;
}

/** What to mend first, with the way there. */
export function FirstFindings({ findings, more }: { readonly findings: Overview['findings']; readonly more: number }) {
  const { go } = useNavigation();
  return (
    <section className="sheet" aria-labelledby="first-findings-title">
      <header className="sheet-head">
        <h2 id="first-findings-title">{findings.some((finding) => kindOfFinding(finding) === 'error') ? '先处理这些' : '待补的材料和数据'}</h2>
        <Button type="link" size="small" onClick={() => go({ page: 'check' })}>
          全部核查意见
        </Button>
      </header>
      {findings.length === 0 ? <p className="overview-none">没有错误和提醒。</p> : null}
      <ul className="overview-list" tabIndex={0} aria-labelledby="first-findings-title" data-testid="first-findings">
        {findings.map((finding, index) => (
          <li key={`${index}:${finding.message}`}>
            <span className={`overview-severity overview-severity-${kindOfFinding(finding)}`}>{signOfKind[kindOfFinding(finding)]}</span>
            <span className="overview-list-main">{finding.message}</span>
            {finding.indicator === null ? null : (
              <Button size="small" onClick={() => go({ page: 'indicators', code: finding.indicator })}>
                去处理
              </Button>
            )}
          </li>
        ))}
        {more > 0 ? <li className="faint">还有 {more} 条，见“核查”。</li> : null}
      </ul>
    </section>
  );
}

/** What happened last in the archive. */
export function RecentEvents({ events }: { readonly events: Overview['events'] }) {
  const { go } = useNavigation();
  return (
    <section className="sheet" aria-labelledby="events-title">
      <header className="sheet-head">
        <h2 id="events-title">最近操作</h2>
        <Button type="link" size="small" onClick={() => go({ page: 'events' })} data-testid="all-events">
          全部操作记录
        </Button>
      </header>
      <PersonLine whenUnset />
      {events.length === 0 ? <p className="overview-none">还没有操作记录。</p> : null}
      <ul className="overview-list overview-list-whole" aria-labelledby="events-title" data-testid="recent-events">
        {events.map((event) => (
          <li key={event.seq}>
            <span className="overview-list-main">{event.text}</span>
            <span className="faint">{event.actor}</span>
            <time className="figures faint">{formatInstant(event.at)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
