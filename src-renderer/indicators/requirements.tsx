import type { IndicatorRead } from './indicator-read.ts';
import { groupInOrder } from '../ui/group-in-order.ts';
import { nameOfRule } from '../../src-main/domain/rules/rule-table.ts';

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
                      {cell === undefined ? '' : <Tick ids={cell.evidence} detail={detail} />}
                    </td>
                  );
                })
              ) : (
                <td colSpan={detail.years.length}>
                  <Tick ids={whole.evidence} detail={detail} />
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Errors about a document itself: while one stands, the document proves nothing yet. */
const spoils = /^(?:certificate\.(?:issuer-unstated|seal|seal-unstated|unit)|evidence\.(?:draft|date)|document\.facts|file\..+|secrecy\..+|privacy\..+|plan\.validity)$/u;

/** What is filed for one requirement: green only where nothing is wrong with it. */
function Tick({ ids, detail }: { readonly ids: readonly string[]; readonly detail: IndicatorRead }) {
  if (ids.length === 0) return <span className="tick-missing">缺</span>;
  const faults = new Set(detail.findings.flatMap(({ rule, evidence }) => (evidence !== null && ids.includes(evidence) && spoils.test(rule) ? [nameOfRule(rule)] : [])));
  return faults.size === 0 ? (
    <span className="tick">✓ {ids.length} 件</span>
  ) : (
    <span className="tick-doubtful">
      {ids.length} 件，{[...faults].join('、')}
    </span>
  );
}
