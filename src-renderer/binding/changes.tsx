import type { CallOutput } from '../../src-main/contract/index.ts';
import { PrintPaper } from '../papers/print-paper.tsx';

/** What differs from the last export: which sheets of the printed volumes have to be replaced. */
export function Changes({ changes }: { readonly changes: NonNullable<CallOutput<'binding.plan'>['changes']> }) {
  return (
    <section className="sheet" aria-labelledby="changes-title" data-testid="changes">
      <header className="sheet-head">
        <h2 id="changes-title">与 {changes.since} 相比</h2>
        {changes.reprint.length === 0 ? null : <PrintPaper kind="reprint-list" scope="" name="换页单" text="打印换页单" testId="print-reprint" />}
      </header>
      {changes.reprint.length === 0 ? (
        <p className="binding-none">没有变化，已打印的案卷不用换页。</p>
      ) : (
        <ul className="changes" tabIndex={0} aria-labelledby="changes-title">
          {changes.reprint.map((entry) => (
            <li key={entry.volume}>
              <strong>第{entry.volume}卷</strong>
              <span className="figures">{entry.sheets.join('；')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
