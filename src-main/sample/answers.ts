import type { Catalog, Indicator } from '../domain/catalog.ts';
import { figureSentence } from './documents.ts';
import { openRandom } from './random.ts';
import type { SampleFile, SampleIndicator, SampleValue } from './sample-set.ts';
import { people } from './texts/phrases.ts';
import type { Topic } from './topic.ts';

/** What the clerk enters for one indicator beside its files. `files` are the indicator's own; `wrongParts` plants a ratio that disagrees in the last year. */
export function answerIndicator(indicator: Indicator, topic: Topic | undefined, catalog: Catalog, files: readonly SampleFile[], wrongParts: boolean): SampleIndicator {
  const random = openRandom(`answers ${indicator.code}`);
  const values = topic === undefined ? [] : valuesOf(topic, catalog, files, wrongParts);
  const assists = new Set(indicator.assist.flatMap((name) => membersOf(catalog, name)).filter((unit) => !indicator.lead.includes(unit)));
  const certificates = files.filter(({ requirement }) => requirement === 'certificate');
  return {
    code: indicator.code,
    values,
    report: topic === undefined || indicator.kind !== 'assessed' ? '' : reportOf(indicator, topic, catalog, files),
    signOffs: [
      ...indicator.lead.map((unit) => ({ unit, kind: 'signed' as const, by: random.pick(people) })),
      ...[...assists].map((unit, at) => ({ unit, kind: at % 3 === 2 ? ('declared-none' as const) : ('signed' as const), by: random.pick(people) })),
    ],
    declarations: indicator.declarations.flatMap((_situation, at) => {
      const certificate = certificates[at];
      return certificate === undefined ? [] : [{ number: at + 1, answer: 'no' as const, signedBy: random.pick(people), certificate: certificate.path }];
    }),
  };
}

function membersOf(catalog: Catalog, name: string): readonly string[] {
  const unit = catalog.units.find((each) => each.name === name);
  return unit?.kind === 'group' && unit.members.length > 0 ? unit.members : [name];
}

/** The file that proves a year's figure: the data table, or the result of the superior's assessment. */
const sourceOf = (files: readonly SampleFile[], year: number): SampleFile | undefined => files.find((file) => file.year === year && file.requirement === 'data') ?? files.find((file) => file.year === year && file.requirement === 'result');

function valuesOf({ series }: Topic, catalog: Catalog, files: readonly SampleFile[], wrongParts: boolean): readonly SampleValue[] {
  if (series === undefined) return [];
  return catalog.years.map((year, at) => {
    const [numerator, denominator] = series.parts?.counts[at] ?? [null, null];
    const isWrong = wrongParts && at === catalog.years.length - 1 && denominator !== null;
    const source = sourceOf(files, year);
    return { year, value: series.values[at] ?? 0, unit: series.unit, numerator, denominator: isWrong ? denominator + 4 : denominator, source: source?.path ?? null, sourcePage: source === undefined ? null : 1 };
  });
}

function reportOf(indicator: Indicator, topic: Topic, catalog: Catalog, files: readonly SampleFile[]): string {
  const cite = (file: SampleFile | undefined): string => (file === undefined ? '' : `〔见 @${file.path}:1〕`);
  const years = catalog.years.map((year, at) => {
    const figure = figureSentence(indicator, topic, at, year);
    const proof = sourceOf(files, year) ?? files.find((file) => file.year === year && file.kind === 'report');
    return `${figure === '' ? `${year}年，${topic.subject}工作形成材料${files.filter((file) => file.year === year).length}件。` : figure}${cite(proof)}`;
  });
  const period = files.find((file) => file.year === null);
  return [
    `一、指标要求。${indicator.name}：${indicator.target.text}。${topic.basis.join('')}`,
    `二、工作开展情况。${topic.work.join('')}${period === undefined ? '' : `已印发《${period.title}》${cite(period)}。`}`,
    `三、达标情况。${years.join('')}`,
    `四、结论。${topic.outcome.join('')}综上，该项指标达到要求。`,
  ].join('\n');
}
