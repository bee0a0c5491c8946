import { Button, Empty } from 'antd';
import type { EvidenceView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { nameOfIndicator } from './indicator-choice.ts';
import { MoveLink } from './move-link.tsx';
import { nameYear } from './year-choice.ts';
import './link-list.css';

/** The indicators an item proves, each with its year, and a way to take it off. */
export function LinkList({ evidence }: { readonly evidence: Pick<EvidenceView, 'id' | 'links'> }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const catalog = useRead('catalog.read', {});
  const notify = useNotify();
  const nameOf = (code: string): string => nameOfIndicator(catalog.data?.groups, code);
  const take = async ({ indicator, year }: EvidenceView['links'][number]): Promise<void> => {
    const reply = await change('evidence.unlink', { id: evidence.id, indicator, year });
    if (reply.ok) notify.say(`已从指标 ${indicator} ${nameOf(indicator)}（${nameYear(year)}）移出；撤销按 Ctrl+Z`);
  };
  if (evidence.links.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有归入指标" />;
  return (
    <ul className="link-list" data-testid="link-list">
      {evidence.links.map((link) => (
        <li key={`${link.indicator}:${link.year ?? ''}`}>
          <button type="button" className="plain-button link-list-name" onClick={() => go({ page: 'indicators', code: link.indicator })}>
            <span className="figures">{link.indicator}</span> {nameOf(link.indicator)}
          </button>
          <span className="figures faint">{link.year === null ? '整个期间' : `${link.year}年`}</span>
          <MoveLink id={evidence.id} indicator={link.indicator} year={link.year} />
          <Button size="small" type="text" disabled={readOnly} onClick={() => void take(link)} data-testid="link-remove">
            移出
          </Button>
        </li>
      ))}
    </ul>
  );
}
