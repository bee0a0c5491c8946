import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Spin } from 'antd';
import { useState } from 'react';
import type { ReactNode, RefCallback } from 'react';
import { explainError } from '../../src-main/contract/index.ts';
import { useElapsed } from '../api/jobs.ts';
import { ReplyError } from '../api/queries.ts';

interface PageFrameProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly testId: string;
  /** Of the scrolling body, for keeping its place. */
  readonly bodyRef?: RefCallback<HTMLElement>;
  readonly children: ReactNode;
}

/** Heading, actions and the scrolling body that every page has. */
export function PageFrame({ title, note, actions, testId, bodyRef, children }: PageFrameProps) {
  return (
    <section className="page" aria-label={title} data-testid={testId}>
      <header className="page-head">
        <h1>{title}</h1>
        <div className="page-note">{note}</div>
        {actions}
      </header>
      <div className="page-body" ref={bodyRef}>
        {children}
      </div>
    </section>
  );
}

/** Shows that something is on its way, but only once it has taken 400 ms. */
export function Waiting({ text = '正在读取…' }: { readonly text?: string }) {
  const [since] = useState(() => performance.now());
  const late = useElapsed(since);
  return (
    <div className="read-wait" role="status">
      {late ? (
        <>
          <Spin size="small" /> {text}
        </>
      ) : null}
    </div>
  );
}

interface WhenReadProps<T> {
  readonly query: { readonly data: T | undefined; readonly error: Error | null };
  readonly children: (value: T) => ReactNode;
}

/** The answer of a read once it is there; until then a wait, and trouble in plain words with another try. */
export function WhenRead<T>({ query, children }: WhenReadProps<T>) {
  const client = useQueryClient();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    const text = query.error instanceof ReplyError ? explainError(query.error.reply) : query.error.message;
    return (
      <div className="read-trouble">
        <Alert type="error" showIcon title="没有读到内容" description={text} action={<Button onClick={() => void client.invalidateQueries()}>重试</Button>} />
      </div>
    );
  }
  return <Waiting />;
}
