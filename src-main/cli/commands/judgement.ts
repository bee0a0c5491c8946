import { readFile } from 'node:fs/promises';
import { callError, calls } from '../../contract/index.ts';
import type { CallError } from '../../contract/index.ts';
import { verdictWords } from '../../domain/target.ts';
import type { Command, CommandContext, Outcome } from '../command.ts';
import { couldNot, done, textOption, textOptions, wrongUse } from '../command.ts';
import { withArchive } from '../with-archive.ts';

type Change =
  | { readonly call: 'indicator.setValue' | 'indicator.setReport' | 'indicator.declare' | 'indicator.signOff' | 'indicator.rule'; readonly input: object }
  | { readonly wrong: string }
  | { readonly error: CallError };

const numberOf = (text: string | undefined): number | null => (text === undefined ? null : text.trim() === '' ? Number.NaN : Number(text));

/** What the options ask to be set, in the order in which it is carried out. */
async function readChanges({ positionals, options }: CommandContext): Promise<Change[]> {
  const code = positionals[1] ?? '';
  const changes: Change[] = [];
  const value = textOption(options, 'value');
  if (value !== undefined) {
    changes.push({
      call: 'indicator.setValue',
      input: {
        code,
        year: numberOf(textOption(options, 'year')),
        value: numberOf(value),
        unit: textOption(options, 'unit') ?? '',
        numerator: numberOf(textOption(options, 'numerator')),
        denominator: numberOf(textOption(options, 'denominator')),
        sourceEvidence: textOption(options, 'source') ?? null,
        sourcePage: numberOf(textOption(options, 'page')),
      },
    });
  }
  const report = textOption(options, 'report');
  if (report !== undefined) {
    try {
      changes.push({ call: 'indicator.setReport', input: { code, text: await readFile(report, 'utf8') } });
    } catch {
      changes.push({ error: callError('file-not-found', report) });
    }
  }
  for (const declare of textOptions(options, 'declare')) {
    const match = /^(\d+)=(yes|no)$/.exec(declare);
    changes.push(match === null ? { wrong: `--declare 写作 3=no 或 3=yes,不是“${declare}”。` } : { call: 'indicator.declare', input: { code, number: Number(match[1]), answer: match[2], signedBy: textOption(options, 'by') ?? '' } });
  }
  for (const unit of textOptions(options, 'sign-off')) changes.push({ call: 'indicator.signOff', input: { code, unit, kind: 'signed', by: textOption(options, 'by') ?? '' } });
  for (const unit of textOptions(options, 'declare-none')) changes.push({ call: 'indicator.signOff', input: { code, unit, kind: 'declared-none', by: textOption(options, 'by') ?? '' } });
  const verdict = textOption(options, 'rule');
  if (verdict !== undefined) changes.push({ call: 'indicator.rule', input: { code, year: numberOf(textOption(options, 'year')), verdict, reason: textOption(options, 'reason') ?? '', by: textOption(options, 'by') ?? '' } });
  return changes;
}

async function runSet(context: CommandContext): Promise<Outcome> {
  const { dispatcher, positionals } = context;
  const changes = await readChanges(context);
  if (changes.length === 0) return wrongUse('请给出要设置的内容:--value、--report、--declare、--sign-off、--declare-none 或 --rule。');
  for (const change of changes) {
    if ('wrong' in change) return wrongUse(change.wrong);
    if ('error' in change) return couldNot(change.error);
    const checked = calls[change.call].input.safeParse(change.input);
    if (!checked.success) return wrongUse(`参数不正确:${checked.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join(';')}`);
  }
  for (const change of changes) {
    if (!('call' in change)) continue;
    const reply = await dispatcher.callUntrusted(change.call, change.input);
    if (!reply.ok) return couldNot(reply.error);
  }
  const code = calls['indicator.read'].input.parse({ code: positionals[1] }).code;
  const read = await dispatcher.call('indicator.read', { code });
  if (!read.ok) return couldNot(read.error);
  const { judgement } = read.value;
  return done(
    { indicator: code, overall: judgement.overall, verdicts: judgement.years },
    [`${code} ${verdictWords[judgement.overall]}:${judgement.because}`, ...judgement.years.map((year) => `  ${year.year} ${verdictWords[year.verdict]}:${year.because}`)].join('\n'),
  );
}

export const setCommand: Command = {
  usage: 'set DIR CODE [--year Y --value V --unit U] [--report FILE] [--declare 3=no] [--sign-off UNIT] [--rule met --reason TEXT --by NAME]',
  summary: '填写一项指标的数值、说明、声明、签署或人工判定,并显示判定',
  options: {
    year: { type: 'string' },
    value: { type: 'string' },
    unit: { type: 'string' },
    numerator: { type: 'string' },
    denominator: { type: 'string' },
    source: { type: 'string' },
    page: { type: 'string' },
    report: { type: 'string' },
    declare: { type: 'string', multiple: true },
    'sign-off': { type: 'string', multiple: true },
    'declare-none': { type: 'string', multiple: true },
    rule: { type: 'string' },
    reason: { type: 'string' },
    by: { type: 'string' },
  },
  positionals: { min: 2, max: 2 },
  run: (context) => withArchive(context, 'write', runSet),
};

export const checkCommand: Command = {
  usage: 'check DIR',
  summary: '核查:逐项指标列出缺什么、依据和处理办法',
  options: {},
  positionals: { min: 1, max: 1 },
  run: (context) =>
    withArchive(context, 'read', async ({ dispatcher }) => {
      const reply = await dispatcher.call('check.run', {});
      if (!reply.ok) return couldNot(reply.error);
      const { indicators, complete, errors, warnings, findings } = reply.value;
      const open = findings.filter((finding) => !finding.waived);
      return done(
        { indicators, complete, errors, warnings, findings: findings.map(({ rule, severity, indicator, evidence, message, basis, waived }) => ({ rule, severity, indicator, evidence, message, basis, waived })) },
        [
          `${indicators} 项指标,完成 ${complete} 项;错误 ${errors},提醒 ${warnings}`,
          ...open.map((finding) => `  ${finding.severity === 'error' ? '错误' : '提醒'} ${finding.indicator ?? ''} [${finding.rule}] ${finding.message}(依据:${finding.basis})`),
        ].join('\n'),
        open.length > 0 ? 1 : 0,
      );
    }),
};
