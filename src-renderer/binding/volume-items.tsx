import type { CallOutput } from '../../src-main/contract/index.ts';
import { useNavigation } from '../app/navigation.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';

type Volume = CallOutput<'binding.plan'>['volumes'][number];

/** What stands in the volume, as its 卷内目录 will list it. */
export function VolumeItems({ volume }: { readonly volume: Volume }) {
  const { go } = useNavigation();
  return (
    <section className="sheet volume" aria-labelledby="volume-title" data-testid="volume-items">
      <header className="sheet-head">
        <h2 id="volume-title">
          第{volume.no}卷 {volume.title}
        </h2>
        <span className="figures faint">
          {volume.archivalCode === '' ? '' : `${volume.archivalCode} · `}
          {volume.items.length} 件 · {volume.pages} 页
        </span>
      </header>
      <div className="volume-line volume-names" aria-hidden="true">
        <span>顺序号</span>
        <span>指标</span>
        <span>题名</span>
        <span>页号</span>
      </div>
      <div className="volume-list">
        <VirtualList
          items={volume.items}
          keyOf={(item) => item.id}
          rowHeight={34}
          label={`第${volume.no}卷卷内目录`}
          render={(item) => (
            <button type="button" className="plain-button volume-line volume-item" onClick={() => go({ page: 'preview', id: item.id, at: 1 })}>
              <span className="figures">{item.order}</span>
              <span className="figures">{item.indicator}</span>
              <span>{item.title}</span>
              <span className="figures">{item.firstPage === item.lastPage ? item.firstPage : `${item.firstPage}–${item.lastPage}`}</span>
            </button>
          )}
        />
      </div>
    </section>
  );
}
