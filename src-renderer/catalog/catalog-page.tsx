import { Tabs } from 'antd';
import { tasksByUnit } from '../../src-main/domain/unit-tasks.ts';
import { useNavigation } from '../app/navigation.tsx';
import { catalogTabs } from '../app/place.ts';
import type { CatalogTab } from '../app/place.ts';
import { useRead } from '../api/queries.ts';
import { PageFrame } from '../ui/page-frame.tsx';
import { Certificates } from './certificates.tsx';
import { HeadEditor } from './head-editor.tsx';
import { IndicatorsEditor } from './indicators-editor.tsx';
import { PlanQuestions, QuestionInHand } from './plan-questions.tsx';
import { headFieldOf, unitsOfQuestion } from './question-place.ts';
import { UnitsEditor } from './units-editor.tsx';
import './catalog.css';

/** 目录: the catalog as data. Indicators, units, certificates, the application's years and days, and what the plan reader asked. */
export function CatalogPage({ tab, code, question }: { readonly tab: CatalogTab; readonly code: string | null; readonly question: number | null }) {
  const { go } = useNavigation();
  const catalog = useRead('catalog.read', {});
  const questions = useRead('catalog.questions', {});
  const open = questions.data?.filter((question) => question.settled === null).length ?? 0;
  const head = catalog.data;
  const inHand = questions.data?.find(({ number }) => number === question) ?? null;
  return (
    <PageFrame title="指标目录" testId="catalog-page" note={head === undefined ? '' : `${head.region}；${head.groups.reduce((sum, group) => sum + group.indicators.filter((indicator) => indicator.retired !== true).length, 0)} 项指标，${head.units.filter((unit) => unit.retired !== true).length} 个单位，承担任务的 ${tasksByUnit(head).size} 个`}>
      <div className="catalog-page">
        {inHand === null || tab === 'questions' ? null : <QuestionInHand question={inHand} />}
        <Tabs
          className="catalog-tabs"
          activeKey={tab}
          onChange={(key) => go({ page: 'catalog', tab: catalogTabs.find((item) => item === key) ?? 'indicators', code: null })}
          destroyOnHidden
          items={[
            { key: 'indicators', label: '指标', children: <IndicatorsEditor code={code} /> },
            { key: 'units', label: '单位', children: <UnitsEditor shown={inHand === null ? [] : unitsOfQuestion(inHand)} /> },
            { key: 'certificates', label: '证明', children: <Certificates /> },
            { key: 'head', label: '创建信息', children: <HeadEditor shown={inHand === null ? null : headFieldOf(inHand)} /> },
            ...(questions.data === undefined || questions.data.length === 0 ? [] : [{ key: 'questions', label: open === 0 ? '方案疑问' : `方案疑问 ${open}`, children: <PlanQuestions /> }]),
          ]}
        />
      </div>
    </PageFrame>
  );
}
