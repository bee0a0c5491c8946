import { EyeOutlined, MergeCellsOutlined, MoreOutlined, ScissorOutlined } from '@ant-design/icons';
import { Button, Dropdown, Space, Tooltip } from 'antd';
import type { MenuProps } from 'antd';
import type { CallInput, CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import { ITEM_DRAG } from './item-drag.ts';
import { PrintPaper } from '../papers/print-paper.tsx';

type Plan = CallOutput<'binding.plan'>;
type Volume = Plan['volumes'][number];
type Item = Volume['items'][number];
export type BorderMove = CallInput<'binding.moveBorder'>['move'];

interface VolumeItemsProps {
  readonly volume: Volume;
  /** Volumes before and after that items may go to. */
  readonly before: boolean;
  readonly after: boolean;
  readonly onMove: (move: BorderMove) => void;
  /** Shows the bound volume, at an item or at its cover. */
  readonly onPreview: (item: string | null) => void;
  /** Offers what else of the volume can be printed. */
  readonly onPrint: () => void;
}

/** What stands in the volume, as its 卷内目录 will list it. Items are dragged to a neighbouring spine, or moved by their menu. */
export function VolumeItems({ volume, before, after, onMove, onPreview, onPrint }: VolumeItemsProps) {
  const { readOnly, folder } = useArchive();
  return (
    <section className="sheet volume" aria-labelledby="volume-title" data-testid="volume-items">
      <header className="sheet-head">
        <h2 id="volume-title">
          第{volume.no}卷 {volume.title}
        </h2>
        <span className="figures faint volume-facts">
          {volume.archivalCode === '' ? '' : `${volume.archivalCode} · `}
          {volume.items.length} 件 · {volume.pages} 页
        </span>
        <Space size="small">
          {volume.mayJoin ? (
            <Tooltip title="与上一卷合成一卷">
              <Button size="small" icon={<MergeCellsOutlined />} disabled={readOnly} onClick={() => onMove({ kind: 'join', volume: volume.no })} data-testid="volume-join">
                并入上一卷
              </Button>
            </Tooltip>
          ) : null}
          <PrintPaper kind="volume-index" scope={String(volume.no)} name={`第${volume.no}卷卷内目录`} text="打印卷内目录" testId="print-index" />
          <Button size="small" onClick={onPrint} title="封面、备考表、整卷、盒脊和更多文书" data-testid="print-other">
            打印其他…
          </Button>
          <Button size="small" icon={<EyeOutlined />} onClick={() => onPreview(null)} data-testid="volume-preview-open">
            预览本卷
          </Button>
        </Space>
      </header>
      <div className="volume-line volume-names" aria-hidden="true">
        <span>顺序号</span>
        <span>指标</span>
        <span>题名</span>
        <span>页号</span>
        <span />
      </div>
      <div className="volume-list">
        <VirtualList
          items={volume.items}
          keyOf={(item) => item.id}
          rowHeight={33}
          label={`第${volume.no}卷卷内目录`}
          testId="volume-list"
          keepAs={`volume-list:${folder}:${volume.no}`}
          render={(item, index) => <ItemLine item={item} first={index === 0} volume={volume} before={before} after={after} onMove={onMove} onPreview={onPreview} />}
        />
      </div>
    </section>
  );
}

interface ItemLineProps extends Omit<VolumeItemsProps, 'onPrint'> {
  readonly item: Item;
  readonly first: boolean;
}

function ItemLine({ item, first, volume, before, after, onMove, onPreview }: ItemLineProps) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const menu: MenuProps['items'] = [
    { key: 'bound', icon: <EyeOutlined />, label: '看装订后的页', onClick: () => onPreview(item.id) },
    { key: 'open', label: '打开原件和著录', onClick: () => go({ page: 'preview', id: item.id, at: 1 }) },
    { type: 'divider' },
    { key: 'split', icon: <ScissorOutlined />, label: '从这件起另立一卷', disabled: readOnly || first, onClick: () => onMove({ kind: 'split', at: item.id }) },
    { key: 'before', label: '移到上一卷（连同前面各件）', disabled: readOnly || !before, onClick: () => onMove({ kind: 'shift', item: item.id, to: volume.no - 1 }) },
    { key: 'after', label: '移到下一卷（连同后面各件）', disabled: readOnly || !after, onClick: () => onMove({ kind: 'shift', item: item.id, to: volume.no + 1 }) },
  ];
  return (
    <Dropdown menu={{ items: menu }} trigger={['contextMenu']}>
      <div
        className="volume-line volume-item"
        draggable={!readOnly && (before || after)}
        onDragStart={(event) => {
          event.dataTransfer.setData(ITEM_DRAG, item.id);
          event.dataTransfer.effectAllowed = 'move';
        }}
        data-testid="volume-line"
      >
        <span className="figures">{item.number}</span>
        <span className="figures">{item.indicator}</span>
        <button type="button" className="plain-button volume-item-title" onClick={() => onPreview(item.id)} title="看装订后的页" data-testid="volume-item-open">
          {item.title}
        </button>
        <span className="figures">{item.pages}</span>
        <Dropdown menu={{ items: menu }} trigger={['click']}>
          <Button type="text" size="small" icon={<MoreOutlined />} aria-label={`第 ${item.number} 件的操作`} data-testid="volume-item-menu" />
        </Dropdown>
      </div>
    </Dropdown>
  );
}
