import { CheckOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';

export interface Step {
  readonly key: string;
  readonly name: string;
  readonly says: string;
  readonly done: boolean;
  /** Put off by the clerk: it waits, and the way leads on. */
  readonly later?: boolean;
  /** What the step's button says; empty where nothing is to be pressed now. */
  readonly verb: string;
  readonly icon?: ReactNode;
  readonly testId: string;
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** The first step that is neither done nor put off; -1 where none is. */
export const stepNow = (steps: readonly Step[]): number => steps.findIndex((step) => !step.done && step.later !== true);

interface StepListProps {
  readonly steps: readonly Step[];
  /** Place of the step that the road has come to. */
  readonly now: number;
  /** Puts off the step that can be. */
  readonly onLater?: () => void;
}

/** Steps in their order, each to be gone to; the one that is next has its button. */
export function StepList({ steps, now, onLater }: StepListProps) {
  return (
    <ol>
      {steps.map((step, index) => (
        <li key={step.key} className={step.done ? 'next-step-done' : index === now ? 'next-step-now' : 'next-step'} aria-current={index === now ? 'step' : undefined}>
          <button type="button" className="plain-button next-step-open" disabled={step.disabled === true} title={step.verb} onClick={step.run} data-testid={`open-${step.key}`}>
            <span className="next-step-no figures">{step.done ? <CheckOutlined aria-label="已完成" /> : index + 1}</span>
            <span className="next-step-text">
              <strong>{step.name}</strong>
              <small>{step.says}</small>
            </span>
          </button>
          {index === now && step.verb !== '' ? (
            <span className="next-step-actions">
              <Button type="primary" size="small" icon={step.icon} disabled={step.disabled === true} onClick={step.run} data-testid={step.testId}>
                {step.verb}
              </Button>
              {step.later === false ? (
                <Button type="link" size="small" onClick={onLater} data-testid="plan-questions-later">
                  稍后核对
                </Button>
              ) : null}
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
