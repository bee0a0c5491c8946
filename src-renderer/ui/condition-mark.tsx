import { signOf, wordOf } from './indicator-condition.ts';
import type { Condition } from './indicator-condition.ts';
import './condition-mark.css';

/** Sign and colour together, so that neither alone has to be understood. */
export function ConditionMark({ condition }: { readonly condition: Condition }) {
  return (
    <span className={`condition condition-${condition}`} role="img" aria-label={wordOf(condition)}>
      {signOf(condition)}
    </span>
  );
}
