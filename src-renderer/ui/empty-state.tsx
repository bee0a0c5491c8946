import type { ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  readonly title: string;
  readonly says: string;
  /** What to do next, as a button. */
  readonly action?: ReactNode;
  readonly testId?: string;
}

/** A page with nothing on it yet: why, and the next step. */
export function EmptyState({ title, says, action, testId }: EmptyStateProps) {
  return (
    <div className="empty-state" data-testid={testId}>
      <h2>{title}</h2>
      <p>{says}</p>
      {action}
    </div>
  );
}
