import { useEffect } from 'react';
import { useNavigation } from '../app/navigation.tsx';
import { useRead } from '../api/queries.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { IndicatorPanel } from './indicator-panel.tsx';
import { IndicatorTree } from './indicator-tree.tsx';
import './indicators.css';

const LAST_CODE = 'last-indicator';

/** 指标: the tree at the left, one indicator with all that proves it at the right. */
export function IndicatorsPage({ code }: { readonly code: string | null }) {
  const { go } = useNavigation();
  const overview = useRead('overview.read', {});
  const catalog = useRead('catalog.read', {});
  useEffect(() => {
    if (code !== null) localStorage.setItem(LAST_CODE, code);
  }, [code]);
  return (
    <section className="page" aria-label="指标" data-testid="indicators-page">
      <WhenRead query={overview}>
        {({ states }) => {
          const wanted = code ?? localStorage.getItem(LAST_CODE);
          const shown = states.find((state) => state.code === wanted) ?? states[0];
          return (
            <div className="indicators">
              <IndicatorTree states={states} groups={catalog.data?.groups ?? []} shown={shown?.code ?? ''} onShow={(next) => go({ page: 'indicators', code: next })} />
              {shown === undefined ? <p className="indicators-none">这个档案库里没有指标。</p> : <IndicatorPanel key={shown.code} code={shown.code} />}
            </div>
          );
        }}
      </WhenRead>
    </section>
  );
}
