import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { IndicatorState } from '../../src-main/contract/index.ts';
import { ConditionMark } from '../ui/condition-mark.tsx';
import { titleOfGroup } from '../ui/group-title.ts';
import type { NamedGroup } from '../ui/group-title.ts';
import { groupInOrder } from '../ui/group-in-order.ts';
import { conditionOf } from '../ui/indicator-condition.ts';

interface IndicatorTreeProps {
  readonly states: readonly IndicatorState[];
  readonly groups: readonly NamedGroup[];
  readonly shown: string;
  readonly onShow: (code: string) => void;
}

/** All indicators by group with their state; arrows move, typing narrows. */
export function IndicatorTree({ states, groups, shown, onShow }: IndicatorTreeProps) {
  const [text, setText] = useState('');
  const tree = useRef<HTMLDivElement>(null);
  const wanted = text.trim();
  const found = states.filter((state) => wanted === '' || state.code.startsWith(wanted) || state.name.includes(wanted));
  useEffect(() => {
    tree.current?.querySelector(`[data-code="${shown}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = found[found.findIndex((state) => state.code === shown) + step];
    if (next === undefined) return;
    onShow(next.code);
    tree.current?.querySelector<HTMLElement>(`[data-code="${next.code}"]`)?.focus();
  };
  return (
    <div className="tree">
      <div className="tree-find">
        <Input size="small" allowClear placeholder="编号或名称" aria-label="筛选指标" value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <div className="tree-list" role="navigation" aria-label="指标" ref={tree} onKeyDown={onKeyDown} data-testid="indicator-tree">
        {groupInOrder(found, (state) => state.group).map(({ key, items }) => (
          <section key={key} aria-label={titleOfGroup(groups, key)}>
            <h3 className="tree-group">{titleOfGroup(groups, key)}</h3>
            <ul>
              {items.map((state) => (
                <li key={state.code}>
                  <button type="button" aria-current={state.code === shown} tabIndex={state.code === shown ? 0 : -1} className="plain-button tree-row" onClick={() => onShow(state.code)} data-code={state.code} data-testid={`indicator-row-${state.code}`}>
                    <span className="figures tree-code">{state.code}</span>
                    <span className="tree-name">{state.name}</span>
                    <ConditionMark condition={conditionOf(state)} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {found.length === 0 ? <p className="tree-none">没有符合的指标</p> : null}
      </div>
    </div>
  );
}
