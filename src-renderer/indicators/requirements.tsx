import type { IndicatorRead } from './indicator-read.ts';
import { groupInOrder } from '../ui/group-in-order.ts';

/** What has to be filed, and for which years it is there. */
export function Requirements({ detail }: { readonly detail: IndicatorRead }) {
  const rows = groupInOrder(detail.requirements, (requirement) => requirement.id);
  if (rows.length === 0) return <p className="faint">目录没有列出应交的材料。</p>;
  return (
    <table className="grid-table" data-testid="requirements">
      <thead>
        <tr>
          <th scope="col">材料</th>
          {detail.years.map((year) => (
            <th key={year} scope="col" className="figures">
              {year}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, items }) => {
          const whole = items.find((item) => item.year === null);
          return (
            <tr key={key}>
              <th scope="row">{items[0]?.name}</th>
              {whole === undefined ? (
                detail.years.map((year) => {
                  const cell = items.find((item) => item.year === year);
                  return (
                    <td key={year}>
                      {cell === undefined ? '' : <Tick count={cell.evidence.length} />}
                    </td>
                  );
                })
              ) : (
                <td colSpan={detail.years.length}>
                  <Tick count={whole.evidence.length} />
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Tick({ count }: { readonly count: number }) {
  return count > 0 ? <span className="tick">✓ {count} 件</span> : <span className="tick-missing">缺</span>;
}
