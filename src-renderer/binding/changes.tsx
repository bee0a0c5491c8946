import type { CallOutput } from '../../src-main/contract/index.ts';
import { PrintPaper } from '../papers/print-paper.tsx';
import { LateChoice } from './late-choice.tsx';

type Plan = CallOutput<'binding.plan'>;

interface ChangesProps {
  readonly changes: NonNullable<Plan['changes']>;
  readonly late: Plan['late'];
}

/** What differs from the printed version: which of its sheets have to be replaced, and the choice of numbers where there is one. */
export function Changes({ changes, late }: ChangesProps) {
  const volumes = [...new Set([...changes.reprint, ...late].map(({ volume }) => volume))].toSorted((a, b) => a - b);
  return (
    <section className="sheet" aria-labelledby="changes-title" data-testid="changes">
      <header className="sheet-head">
        <h2 id="changes-title">与 {changes.since} 相比</h2>
        {changes.reprint.length === 0 ? null : <PrintPaper kind="reprint-list" scope="" name="换页单" text="打印换页单" testId="print-reprint" />}
      </header>
      {changes.reprint.length === 0 ? <p className="binding-none">没有变化，已打印的案卷不用换页。</p> : null}
      {volumes.length === 0 ? null : (
        <ul className="changes" tabIndex={0} aria-labelledby="changes-title">
          {volumes.map((no) => {
            const choice = late.find(({ volume }) => volume === no);
            return (
              <li key={no}>
                <strong>第{no}卷</strong>
                <div>
                  {choice === undefined ? null : <LateChoice late={choice} />}
                  <span className="figures">{changes.reprint.find(({ volume }) => volume === no)?.sheets.join('；') ?? '没有要换的页'}</span>
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
