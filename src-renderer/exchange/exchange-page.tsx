import { Badge, Tabs } from 'antd';
import { useState } from 'react';
import { useRead } from '../api/queries.ts';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { Conflicts } from './conflicts.tsx';
import { HandBack } from './hand-back.tsx';
import { HandOut } from './hand-out.tsx';
import { TakeIn } from './take-in.tsx';
import type { ExchangeState } from './exchange-state.ts';
import { VersionComparison } from './version-comparison.tsx';
import './exchange.css';

/** 收发: packs out and back, what collided, versions and the package that is submitted. */
export function ExchangePage() {
  const state = useRead('exchange.state', {});
  return (
    <PageFrame title="收发" testId="exchange-page" note={state.data === undefined ? '' : describe(state.data)}>
      <WhenRead query={state}>{(read) => <ExchangeTabs state={read} />}</WhenRead>
    </PageFrame>
  );
}

function describe({ origin, units }: ExchangeState): string {
  if (origin !== null) return `本档案库是${origin.unit === '' ? '另一台电脑的副本' : `${origin.unit}的填报副本`}，来自${origin.sender}${origin.due === '' ? '' : `，请于 ${origin.due} 前交回`}`;
  const sent = units.filter((unit) => unit.handedOut !== '').length;
  const late = units.filter((unit) => unit.overdue);
  const unsent = late.filter((unit) => unit.handedOut === '').length;
  return `${units.length} 个单位承担任务，已发出 ${sent} 个，未发出 ${units.length - sent} 个，逾期 ${late.length} 个${unsent === 0 ? '' : `（其中 ${unsent} 个期限已过而任务包未发出）`}`;
}

function ExchangeTabs({ state }: { readonly state: ExchangeState }) {
  const [tab, setTab] = useState(state.conflicts.length > 0 ? 'conflicts' : 'out');
  return (
    <Tabs
      className="exchange"
      activeKey={tab}
      onChange={setTab}
      destroyOnHidden
      items={[
        state.origin === null ? { key: 'out', label: '发出', children: <HandOut state={state} /> } : { key: 'out', label: '报送', children: <HandBack state={state} origin={state.origin} /> },
        { key: 'in', label: '收取', children: <TakeIn state={state} onConflicts={() => setTab('conflicts')} /> },
        {
          key: 'conflicts',
          label: (
            <span data-testid="exchange-conflicts-tab">
              冲突 <Badge count={state.conflicts.length} size="small" />
            </span>
          ),
          children: <Conflicts conflicts={state.conflicts} />,
        },
        { key: 'versions', label: '版本与报送包', children: <VersionComparison /> },
      ]}
    />
  );
}
