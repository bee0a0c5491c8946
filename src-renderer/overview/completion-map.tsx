import type { IndicatorState } from '../../src-main/contract/index.ts';
import { useNavigation } from '../app/navigation.tsx';
import { ConditionMark } from '../ui/condition-mark.tsx';
import { conditionOf, conditions, wordOf } from '../ui/indicator-condition.ts';
import { titleOfGroup } from '../ui/group-title.ts';
import type { NamedGroup } from '../ui/group-title.ts';
import { groupInOrder } from '../ui/group-in-order.ts';

interface CompletionMapProps {
  readonly states: readonly IndicatorState[];
  readonly groups: readonly NamedGroup[];
}

/** Every indicator as a tile, by group, marked by where it stands. */
export function CompletionMap({ states, groups }: CompletionMapProps) {
  return (
    <section className="sheet" aria-labelledby="map-title">
      <header className="sheet-head">
        <h2 id="map-title">指标完成情况</h2>
        <ul className="map-legend">
          {conditions.map(({ condition, word }) => (
            <li key={condition}>
              <ConditionMark condition={condition} />
              {word}
              <span className="figures faint">{states.filter((state) => conditionOf(state) === condition).length}</span>
            </li>
          ))}
        </ul>
      </header>
      <div className="map" data-testid="completion-map">
        {groupInOrder(states, (state) => state.group).map(({ key, items }) => (
          <div key={key} className="map-group">
            <h3>
              {titleOfGroup(groups, key)}
              <span className="figures faint">
                {' '}
                {items.filter((state) => state.complete).length}/{items.length}
              </span>
            </h3>
            <ul>
              {items.map((state) => (
                <Tile key={state.code} state={state} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function Tile({ state }: { readonly state: IndicatorState }) {
  const { go } = useNavigation();
  const condition = conditionOf(state);
  const needs = [state.errors > 0 ? `${state.errors} 处错误` : '', state.warnings > 0 ? `${state.warnings} 条提醒` : '', `${state.evidence} 件材料`].filter((part) => part !== '').join('，');
  return (
    <li>
      <button type="button" className={`plain-button tile tile-${condition}`} title={`${state.code} ${state.name}\n${wordOf(condition)}：${needs}`} onClick={() => go({ page: 'indicators', code: state.code })} data-testid={`tile-${state.code}`}>
        <span className="tile-head">
          <span className="figures tile-code">{state.code}</span>
          <ConditionMark condition={condition} />
        </span>
        <span className="tile-name">{state.name}</span>
        <span className="visually-hidden">{needs}</span>
      </button>
    </li>
  );
}
