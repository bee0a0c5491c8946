import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useId, useState } from 'react';
import type { EvidenceRowView } from '../../src-main/contract/index.ts';
import { useRead } from '../api/queries.ts';
import { VirtualList } from '../ui/virtual-list.tsx';
import { nameYear, yearOfItem } from '../ui/year-choice.ts';

interface AcceptGroupProps {
  readonly code: string;
  readonly name: string;
  readonly items: readonly EvidenceRowView[];
  readonly years: readonly number[];
  /** Items that are left out. */
  readonly left: ReadonlySet<string>;
  readonly onMark: (ids: readonly string[], wanted: boolean) => void;
}

const LINE = 30;
/** Lines in sight at once; more are scrolled to. */
const MOST_LINES = 8;

/** What is proposed for one indicator: ticked as a whole, or unfolded and ticked file by file. */
export function AcceptGroup({ code, name, items, years, left, onMark }: AcceptGroupProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const files = useRead('evidence.list', { filter: 'unlinked' }, { enabled: open });
  const fileOf = new Map(files.data?.map((item) => [item.id, item.fileName]));
  const wanted = items.filter((item) => !left.has(item.id)).length;
  return (
    <li>
      <div className="accept-line">
        <Checkbox checked={wanted > 0} indeterminate={wanted > 0 && wanted < items.length} onChange={() => onMark(items.map((item) => item.id), wanted < items.length)}>
          <strong className="figures">{code}</strong> {name}
        </Checkbox>
        <Button type="text" size="small" className="figures" icon={open ? <DownOutlined /> : <RightOutlined />} iconPlacement="end" aria-expanded={open} aria-controls={id} title={open ? '收起' : '看是哪几件'} onClick={() => setOpen(!open)} data-testid={`accept-files-${code}`}>
          {wanted < items.length ? `${wanted}/${items.length}` : items.length} 件
        </Button>
      </div>
      {open ? (
        <div id={id} className="accept-files" style={{ height: Math.min(items.length, MOST_LINES) * LINE }}>
          <VirtualList
            items={items}
            keyOf={(item) => item.id}
            rowHeight={LINE}
            label={`建议归入 ${code} ${name} 的材料`}
            render={(item) => (
              <Checkbox className="accept-file" checked={!left.has(item.id)} onChange={(event) => onMark([item.id], event.target.checked)}>
                <span className="accept-file-title" title={[item.title, fileOf.get(item.id) ?? ''].filter((part) => part !== '').join('\n')} data-testid="accept-file">
                  {item.title}
                </span>
                <span className="figures faint">{nameYear(yearOfItem(item, years))}</span>
              </Checkbox>
            )}
          />
        </div>
      ) : null}
    </li>
  );
}
