import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { ConflictView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useChange } from '../api/queries.ts';

type Side = ConflictView['ours'];

/** 冲突: both sides of what both changed, side by side, until a person decides. */
export function Conflicts({ conflicts }: { readonly conflicts: readonly ConflictView[] }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const decide = async (ids: readonly string[], take: 'ours' | 'theirs'): Promise<void> => {
    for (const id of ids) if (!(await change('exchange.decide', { id, take })).ok) return;
  };
  if (conflicts.length === 0) return <p className="exchange-part faint">没有待裁定的冲突。收取报送时，两边都改过且不一致的内容会列在这里。</p>;
  const ids = conflicts.map((conflict) => conflict.id);
  return (
    <div className="exchange-part">
      <div className="exchange-bar">
        <span>两边都改过下列 {conflicts.length} 处。裁定之前保留本档案库的内容；每次裁定都可以撤销。</span>
        <span className="exchange-gap" />
        <Button disabled={readOnly} onClick={() => void decide(ids, 'ours')}>
          全部保留原有
        </Button>
        <Button disabled={readOnly} onClick={() => void decide(ids, 'theirs')}>
          全部采用报送
        </Button>
      </div>
      {conflicts.map((conflict) => (
        <article key={conflict.id} className="sheet exchange-conflict" data-testid="conflict" aria-label={`${conflict.subject} ${conflict.field}`}>
          <header className="sheet-head">
            <h2>{conflict.subject}</h2>
            <span className="faint">
              {conflict.subject.endsWith(conflict.field) ? '' : `${conflict.field}，`}
              {conflict.unit === '' ? '另一台电脑' : conflict.unit}报送
            </span>
            {conflict.indicator === '' ? null : (
              <Button size="small" type="link" onClick={() => go({ page: 'indicators', code: conflict.indicator })}>
                看指标
              </Button>
            )}
          </header>
          <div className="exchange-sides">
            <SideView title="原来的内容" side={conflict.base} gone="原来没有" others={[conflict.ours, conflict.theirs]} />
            <SideView title="本档案库" side={conflict.ours} gone="已删除" other={conflict.theirs} others={[conflict.base, conflict.theirs]} action={<Button disabled={readOnly} onClick={() => void decide([conflict.id], 'ours')} data-testid="take-ours">保留原有</Button>} />
            <SideView title="报送内容" side={conflict.theirs} gone="已删除" other={conflict.ours} others={[conflict.base, conflict.ours]} action={<Button type="primary" disabled={readOnly} onClick={() => void decide([conflict.id], 'theirs')} data-testid="take-theirs">采用报送</Button>} />
          </div>
        </article>
      ))}
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly side: Side;
  readonly gone: string;
  readonly other?: Side;
  /** Lines that say nothing on any side are left out. */
  readonly others: readonly Side[];
  readonly action?: ReactNode;
}

/** What the service writes for a cell without anything in it. */
const nothing = '（空）';
const says = (side: Side, label: string): boolean => side?.some((one) => one.label === label && one.text !== nothing) === true;

function SideView({ title, side, gone, other, others, action }: SideProps) {
  return (
    <section className="exchange-side">
      <h3>{title}</h3>
      {side === null ? (
        <p className="faint">{gone}</p>
      ) : (
        <dl>
          {side.filter(({ label }) => [side, ...others].some((one) => says(one, label))).map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className={other === undefined || other === null || other.find((one) => one.label === label)?.text === text ? '' : 'exchange-differs'}>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {action}
    </section>
  );
}
