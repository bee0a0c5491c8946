import { Button, Empty } from 'antd';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useNavigation } from '../app/navigation.tsx';
import { useRead } from '../api/queries.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { AddIndicator } from './add-indicator.tsx';
import { IndicatorForm } from './indicator-form.tsx';

type Catalog = CallOutput<'catalog.read'>;

/** Indicators by group at the left, the chosen one as a form at the right. */
export function IndicatorsEditor({ code }: { readonly code: string | null }) {
  const catalog = useRead('catalog.read', {});
  return (
    <WhenRead query={catalog}>
      {(read) => {
        const all = read.groups.flatMap((group) => group.indicators.map((indicator) => ({ group, indicator })));
        const chosen = all.find(({ indicator }) => indicator.code === code) ?? all[0];
        return (
          <div className="catalog-split">
            <IndicatorList catalog={read} chosen={chosen?.indicator.code ?? null} />
            <div className="catalog-form">
              {chosen === undefined ? <Empty description="目录里还没有指标" /> : <IndicatorForm key={chosen.indicator.code} indicator={chosen.indicator} group={chosen.group} catalog={read} />}
            </div>
          </div>
        );
      }}
    </WhenRead>
  );
}

const keepInView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

function IndicatorList({ catalog, chosen }: { readonly catalog: Catalog; readonly chosen: string | null }) {
  const { go } = useNavigation();
  return (
    <nav className="catalog-list" aria-label="指标目录">
      {catalog.groups.map((group) => (
        <section key={group.code}>
          <h3>
            {group.name}
            <AddIndicator group={group} catalog={catalog} />
          </h3>
          {group.indicators.map(({ code, name, retired }) => (
            <button key={code} type="button" ref={code === chosen ? keepInView : null} className={`plain-button catalog-item${retired === true ? ' catalog-retired' : ''}`} aria-current={code === chosen ? 'true' : undefined} onClick={() => go({ page: 'catalog', tab: 'indicators', code })} data-testid={`catalog-${code}`}>
              <span className="figures">{code}</span>
              <span>{name}</span>
            </button>
          ))}
        </section>
      ))}
      <Button type="link" onClick={() => go({ page: 'catalog', tab: 'head', code: null })}>
        创建信息和时限…
      </Button>
    </nav>
  );
}
