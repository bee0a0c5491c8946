import { Segmented, Space } from 'antd';
import { useMemo } from 'react';
import { useRead } from '../api/queries.ts';
import { PrintPaper } from '../papers/print-paper.tsx';
import { describeCounts } from '../ui/finding-kind.ts';
import { FindingRow } from '../ui/finding-row.tsx';
import { useKeptState } from '../ui/kept-state.ts';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import { arrangeFindings } from './arrange-findings.ts';
import type { FindingFilter, FindingGrouping } from './arrange-findings.ts';
import './check.css';

const isGrouping = (value: unknown): value is FindingGrouping => value === 'indicator' || value === 'unit' || value === 'rule';
const isFilter = (value: unknown): value is FindingFilter => value === 'open' || value === 'error' || value === 'pending' || value === 'warning' || value === 'waived';

/** 核查: every finding with its basis and the way to its place. */
export function CheckPage() {
  const check = useRead('check.run', {});
  const catalog = useRead('catalog.read', {});
  const [by, setBy] = useKeptState<FindingGrouping>('check-grouping', 'indicator', isGrouping);
  const [filter, setFilter] = useKeptState<FindingFilter>('check-filter', 'open', isFilter);
  const findings = check.data?.findings;
  const rows = useMemo(() => arrangeFindings(findings ?? [], catalog.data?.groups.flatMap((group) => group.indicators) ?? [], by, filter), [findings, catalog.data, by, filter]);
  return (
    <PageFrame
      title="核查"
      testId="check-page"
      note={check.data === undefined ? '' : `${check.data.complete}/${check.data.indicators} 项指标齐备；${describeCounts(check.data)}`}
      actions={
        <Space size="large">
          {by === 'unit' ? (
            <PrintPaper key="unit" main kind="outstanding" scope="" name="各单位报送情况清单" text="打印各单位情况" testId="print-outstanding" />
          ) : (
            <PrintPaper key="report" main kind="check-report" scope="" name="核查报告" text="打印核查报告" testId="print-check" />
          )}
          <Segmented<FindingFilter>
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'open', label: '未处理' },
              { value: 'error', label: '错误' },
              { value: 'pending', label: '待补' },
              { value: 'warning', label: '提醒' },
              { value: 'waived', label: '已免' },
            ]}
          />
          <Segmented<FindingGrouping>
            value={by}
            onChange={setBy}
            options={[
              { value: 'indicator', label: '按指标' },
              { value: 'unit', label: '按单位' },
              { value: 'rule', label: '按问题' },
            ]}
            data-testid="check-grouping"
          />
        </Space>
      }
    >
      <WhenRead query={check}>
        {() =>
          rows.length === 0 ? (
            <p className="check-none">{filter === 'waived' ? '没有免予处理的提醒。' : '没有这样的问题。'}</p>
          ) : (
            <VirtualList
              items={rows}
              keyOf={(row) => row.key}
              rowHeight={66}
              label="核查意见"
              testId="finding-list"
              key={`${by}:${filter}`}
              keepAs={`check:${by}:${filter}`}
              render={(row) =>
                row.kind === 'head' ? (
                  <h2 className="check-head">
                    {row.name}
                    <span className="figures faint">{row.indicators > 1 ? `${row.indicators} 项指标，${row.count} 条` : `${row.count} 条`}</span>
                  </h2>
                ) : (
                  <div className="check-row">
                    <FindingRow finding={row.finding} says={row.says} />
                  </div>
                )
              }
            />
          )
        }
      </WhenRead>
    </PageFrame>
  );
}
