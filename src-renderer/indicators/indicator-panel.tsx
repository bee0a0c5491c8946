import { FileAddOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { verdictWords } from '../../src-main/domain/target.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useRead } from '../api/queries.ts';
import { DropZone } from '../ui/drop-zone.tsx';
import { withoutIndicator } from '../ui/finding-kind.ts';
import { FindingRow } from '../ui/finding-row.tsx';
import { WhenRead } from '../ui/page-frame.tsx';
import { useKeptScroll } from '../ui/use-kept-scroll.ts';
import { useImport } from '../ui/use-import.tsx';
import type { IndicatorRead } from './indicator-read.ts';
import { Declarations } from './declarations.tsx';
import { EvidenceOrder } from './evidence-order.tsx';
import { ReportEditor } from './report-editor.tsx';
import { Requirements } from './requirements.tsx';
import { Rulings, asksForRuling } from './rulings.tsx';
import { SignOffs } from './sign-offs.tsx';
import { TrendChart } from './trend-chart.tsx';
import { YearMatrix } from './year-matrix.tsx';
import { ProposalsLead } from './year-proposal.tsx';

/** One indicator. The whole panel takes dropped files for the year chosen in its head. */
export function IndicatorPanel({ code }: { readonly code: string }) {
  const { readOnly } = useArchive();
  const take = useImport();
  const read = useRead('indicator.read', { code });
  const [year, setYear] = useState<number | null>(null);
  const target = { indicator: code, year };
  const { returned } = useNavigation();
  const box = useKeptScroll(`indicator:${code}`, returned);
  return (
    <DropZone className="indicator-drop" disabled={readOnly} says={`归入指标 ${code}（${year === null ? '整个期间' : `${year}年`}）`} onPaths={(paths) => void take.paths(paths, target)}>
      <div className="indicator" ref={box} data-testid="indicator-panel">
        <WhenRead query={read}>
          {(detail) => (
            <>
              <IndicatorHead detail={detail} />
              <div className="indicator-body">
                <Block title="应交材料" id="requirements">
                  <Requirements detail={detail} />
                </Block>
                {hasFigures(detail) ? (
                  <Block
                    title="年度数据与判定"
                    id="years"
                    extra={
                      <span className="years-extra">
                        {readOnly ? null : <ProposalsLead code={detail.indicator.code} />}
                        <span className={`verdict verdict-${detail.judgement.overall}`}>{verdictWords[detail.judgement.overall]}</span>
                      </span>
                    }
                  >
                    <div className="indicator-years">
                      <div className="year-box">
                        <YearMatrix detail={detail} />
                      </div>
                      <TrendChart detail={detail} />
                    </div>
                  </Block>
                ) : null}
                {asksForRuling(detail) ? (
                  <Block title="人工判定" id="rulings">
                    <Rulings detail={detail} />
                  </Block>
                ) : null}
                {detail.declarations.length === 0 ? null : (
                  <Block title="禁止申报情形声明" id="declarations">
                    <Declarations detail={detail} />
                  </Block>
                )}
                <Block
                  title="佐证材料"
                  id="evidence"
                  extra={
                    <span className="indicator-import">
                      <label>
                        新导入的归入{' '}
                        <Select<number | 'period'> size="small" disabled={readOnly} value={year ?? 'period'} onChange={(value) => setYear(value === 'period' ? null : value)} options={[{ value: 'period', label: '整个期间' }, ...detail.years.map((value) => ({ value, label: `${value}年` }))]} data-testid="import-year" />
                      </label>
                      <Button size="small" icon={<FileAddOutlined />} disabled={readOnly} onClick={() => void take.chooseFiles(target)} data-testid="indicator-import">
                        添加文件
                      </Button>
                    </span>
                  }
                >
                  <EvidenceOrder key={detail.indicator.code} detail={detail} />
                </Block>
                <Block title="达标情况说明" id="report">
                  <ReportEditor key={detail.indicator.code} code={detail.indicator.code} saved={detail.report} evidence={detail.evidence} />
                </Block>
                <Block title="单位签认" id="sign-offs">
                  <SignOffs detail={detail} />
                </Block>
                <Block title="核查意见" id="findings">
                  {detail.findings.length === 0 ? <p className="faint">没有错误和提醒。</p> : detail.findings.map((finding) => <FindingRow key={`${finding.rule}:${finding.evidence ?? ''}:${finding.message}`} finding={finding} says={withoutIndicator(finding.message, detail.indicator)} here />)}
                </Block>
              </div>
            </>
          )}
        </WhenRead>
      </div>
    </DropZone>
  );
}

/** Whether figures by year belong to this indicator at all. */
const hasFigures = (detail: IndicatorRead): boolean => detail.indicator.kind === 'assessed' && (detail.indicator.target.kind !== 'institutional' || detail.values.length > 0);

function IndicatorHead({ detail }: { readonly detail: IndicatorRead }) {
  const { indicator, judgement, group } = detail;
  return (
    <header className="indicator-head">
      <p className="faint">{group}</p>
      <h1>
        <span className="figures">{indicator.code}</span> {indicator.name}
      </h1>
      <dl className="indicator-facts">
        <div>
          <dt>目标</dt>
          <dd>{indicator.target.text}</dd>
        </div>
        <div>
          <dt>判定</dt>
          <dd>
            <span className={`verdict verdict-${judgement.overall}`} data-testid="indicator-verdict">
              {verdictWords[judgement.overall]}
            </span>{' '}
            {judgement.because}
          </dd>
        </div>
        <div>
          <dt>牵头</dt>
          <dd>{indicator.lead.join('、') || '—'}</dd>
        </div>
        {indicator.assist.length === 0 ? null : (
          <div>
            <dt>协办</dt>
            <dd>{indicator.assist.join('、')}</dd>
          </div>
        )}
        {indicator.note === '' ? null : (
          <div>
            <dt>备注</dt>
            <dd>{indicator.note}</dd>
          </div>
        )}
      </dl>
      {indicator.explanation === '' && indicator.sentence === '' ? null : (
        <details className="indicator-plan">
          <summary>方案原文与说明</summary>
          {indicator.sentence === '' ? null : <blockquote>{indicator.sentence}</blockquote>}
          <p>{indicator.explanation}</p>
        </details>
      )}
    </header>
  );
}

interface BlockProps {
  readonly title: string;
  readonly id: string;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

function Block({ title, id, extra, children }: BlockProps) {
  return (
    <section className="sheet block" aria-labelledby={`block-${id}`} data-testid={`block-${id}`}>
      <header className="sheet-head">
        <h2 id={`block-${id}`}>{title}</h2>
        {extra}
      </header>
      <div className="block-body">{children}</div>
    </section>
  );
}
