import { calls } from '../../contract/index.ts';
import type { CallOutput } from '../../contract/index.ts';
import { reviewStateWords } from '../../domain/review-words.ts';
import type { Command, CommandContext, Outcome } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';
import { withArchive } from '../with-archive.ts';

type Round = CallOutput<'review.rounds'>[number];

const describeRound = ({ number, name, closedAt, findings }: Round): readonly string[] => [
  `第${number}轮 ${name}${closedAt === '' ? '' : '（已结束）'}：${findings.length} 条`,
  ...findings.map(({ state, indicator, text, assignedTo, due }) => `  ${reviewStateWords[state]} ${indicator ?? '—'} ${text}${assignedTo === '' ? '' : `（${assignedTo}${due === '' ? '' : `，${due} 前`}）`}`),
];

async function runReview({ dispatcher, options }: CommandContext): Promise<Outcome> {
  const name = textOption(options, 'open');
  const path = textOption(options, 'import');
  if (name !== undefined) {
    const input = calls['review.open'].input.safeParse({ name });
    if (!input.success) return wrongUse('--open 要写轮次名称。');
    const opened = await dispatcher.call('review.open', input.data);
    if (!opened.ok) return couldNot(opened.error);
  }
  const rounds = await dispatcher.call('review.rounds', {});
  if (!rounds.ok) return couldNot(rounds.error);
  const asked = textOption(options, 'round');
  const round = asked === undefined ? (rounds.value.at(-1)?.number ?? 0) : Number(asked);
  if (path === undefined) {
    const open = rounds.value.flatMap(({ findings }) => findings).filter(({ state }) => state === 'open' || state === 'assigned').length;
    return done({ rounds: rounds.value }, rounds.value.length === 0 ? '还没有审核轮次。' : rounds.value.flatMap(describeRound).join('\n'), open > 0 ? 1 : 0);
  }
  if (round === 0) return wrongUse('还没有审核轮次，请加 --open 轮次名称。');
  const input = calls['review.import'].input.safeParse({ round, path, by: textOption(options, 'by') ?? '审核组' });
  if (!input.success) return wrongUse('--round 是轮次的序号，--by 是提出人。');
  const taken = await dispatcher.call('review.import', input.data);
  if (!taken.ok) return couldNot(taken.error);
  const { added, notes } = taken.value;
  return done({ round, added, notes }, [`第${round}轮登记 ${added} 条`, ...notes.map(({ line, text, says }) => `  第${line}行 ${says}：${text}`)].join('\n'), notes.length > 0 ? 1 : 0);
}

/** Rounds of review from a terminal: listed, opened, and filled from a reviewers' list. */
export const reviewCommand: Command = {
  usage: 'review DIR [--open NAME] [--import FILE --by NAME] [--round N]',
  summary: '审核轮次：列出问题和状态，新开一轮，导入问题清单（XLSX、CSV、TXT、DOCX）',
  options: { open: { type: 'string' }, import: { type: 'string' }, by: { type: 'string' }, round: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  run: (context) => withArchive(context, textOption(context.options, 'open') === undefined && textOption(context.options, 'import') === undefined ? 'read' : 'write', runReview),
};
