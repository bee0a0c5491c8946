import { Button, Empty } from 'antd';
import type { EvidenceView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useChange, useRead } from '../api/queries.ts';
import './link-list.css';

/** The indicators an item proves, each with its year, and a way to take it off. */
export function LinkList({ evidence }: { readonly evidence: Pick<EvidenceView, 'id' | 'links'> }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const catalog = useRead('catalog.read', {});
  const nameOf = (code: string): string => catalog.data?.groups.flatMap((group) => group.indicators).find((indicator) => indicator.code === code)?.name ?? '';
  if (evidence.links.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有归入指标" />;
  return (
    <ul className="link-list" data-testid="link-list">
      {evidence.links.map((link) => (
        <li key={`${link.indicator}:${link.year ?? ''}`}>
          <button type="button" className="plain-button link-list-name" onClick={() => go({ page: 'indicators', code: link.indicator })}>
            <span className="figures">{link.indicator}</span> {nameOf(link.indicator)}
          </button>
          <span className="figures faint">{link.year === null ? '整个期间' : `${link.year}年`}</span>
          <Button size="small" type="text" disabled={readOnly} onClick={() => void change('evidence.unlink', { id: evidence.id, indicator: link.indicator, year: link.year })}>
            移出
          </Button>
        </li>
      ))}
    </ul>
  );
}
