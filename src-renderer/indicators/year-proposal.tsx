import { Button, Tooltip } from 'antd';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useNavigation } from '../app/navigation.tsx';
import { useRead } from '../api/queries.ts';
import { shortenMiddle } from '../ui/shorten-middle.ts';
import { formatFigure } from '../ui/words.ts';

type YearProposal = CallOutput<'indicator.proposals'>[number];
export type ValueProposal = YearProposal['choices'][number];

/** Values that can be read from filed papers for years that have none. Empty until they are read. */
export const useProposals = (): CallOutput<'indicator.proposals'> => useRead('indicator.proposals', {}).data ?? [];

interface ProposalLinesProps {
  readonly year: number;
  readonly choices: readonly ValueProposal[];
  readonly onTake: (choice: ValueProposal) => void;
}

const TITLE_ROOM = 22;

/** What a paper states for an empty year, quietly under the field; entered only by hand. */
export function ProposalLines({ year, choices, onTake }: ProposalLinesProps) {
  const { go } = useNavigation();
  return (
    <div className="year-proposal" data-testid={`year-${year}-proposal`}>
      {choices.length > 1 ? <p>材料中的说法不一，请核对后选用：</p> : null}
      {choices.map((choice) => (
        <p key={`${choice.evidence}:${choice.page}:${choice.value}`}>
          <Tooltip title={`《${choice.title}》：${choice.sentence}`}>
            <span>
              读自
              <button type="button" className="plain-button year-proposal-source" onClick={() => go({ page: 'preview', id: choice.evidence, at: choice.page })}>
                《{shortenMiddle(choice.title, TITLE_ROOM)}》第 {choice.page} 页
              </button>
              ：
              <strong className="figures">
                {formatFigure(choice.value)}
                {choice.unit}
              </strong>
              {choice.numerator === null || choice.denominator === null ? null : `（${formatFigure(choice.numerator)}÷${formatFigure(choice.denominator)}）`}
            </span>
          </Tooltip>
          <Button size="small" type="link" onClick={() => onTake(choice)} data-testid={`year-${year}-take`}>
            采用
          </Button>
          {choices.length === 1 ? <span className="faint year-proposal-key">回车采用</span> : null}
        </p>
      ))}
    </div>
  );
}

/** How many values can be read from papers in the whole archive, and the way to the next indicator that has some. */
export function ProposalsLead({ code }: { readonly code: string }) {
  const { go } = useNavigation();
  const proposals = useProposals();
  const codes = [...new Set(proposals.map((proposal) => proposal.code))];
  // After the one that is shown, then from the beginning.
  const at = codes.indexOf(code);
  const next = at === -1 ? codes[0] : codes[(at + 1) % codes.length];
  if (proposals.length === 0) return null;
  return (
    <span className="proposals-lead" data-testid="proposals-lead">
      有 {proposals.length} 个数值可从材料中读出
      {next === undefined || next === code ? null : (
        <Button size="small" type="link" onClick={() => go({ page: 'indicators', code: next })} data-testid="proposals-next">
          下一项（{next}）
        </Button>
      )}
    </span>
  );
}
