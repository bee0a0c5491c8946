import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readCatalog } from '../../src-main/domain/catalog-file.ts';
import type { Catalog, Indicator } from '../../src-main/domain/catalog.ts';
import { evidenceId } from '../../src-main/domain/ids.ts';
import { quantityOf } from '../../src-main/domain/rules/value-rules.ts';
import type { BundleFacts, EvidenceFacts, LinkFacts, Snapshot, ValueFacts } from '../../src-main/domain/snapshot.ts';
import { evidence, link, value } from './facts.ts';

/** The built-in catalog. */
export const builtInCatalog = (): Catalog => {
  const read = readCatalog(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/catalogs/shinan-2024.json'), 'utf8')));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
};

/** A figure of each year that meets the target. */
const goodFigure = ({ target }: Indicator, at: number): number => {
  switch (target.kind) {
    case 'value':
      return target.op === '=' ? target.value : target.op === '>' ? target.value + 1 : target.value + at;
    case 'trend':
      return target.direction === 'falling' ? 20 - at : 60 + at;
    case 'superior-task':
      return target.alsoTrend === 'not-rising' ? 30 - at : 4 + at;
    default:
      return 88 + at;
  }
};

const issuerOf = ({ lead }: Indicator): string => lead[0] ?? '';

/** An archive of the built-in catalog in which nothing is lacking and nothing is wrong. */
export const soundArchive = (catalog: Catalog): Snapshot => {
  const items: EvidenceFacts[] = [];
  const links: LinkFacts[] = [];
  const values: ValueFacts[] = [];
  const indicators = catalog.groups.flatMap((group) => group.indicators);
  const file = (indicator: Indicator, requirement: string, year: number | null, change: Partial<EvidenceFacts>): string => {
    const id = `e${items.length + 1}`;
    items.push(evidence(id, { issuer: issuerOf(indicator), date: `${year ?? 2023}-06-01`, title: `${indicator.code}号${requirement}${year ?? ''}`, ...change }));
    links.push(link(id, indicator.code, { requirement, year, order: links.length }));
    return id;
  };
  for (const indicator of indicators) {
    for (const requirement of indicator.requirements) {
      if (requirement.optional === true) continue;
      if (indicator.kind === 'not-applicable') {
        for (const unit of indicator.lead) file(indicator, requirement.id, null, { kind: 'certificate', issuer: unit });
        continue;
      }
      for (const year of requirement.per === 'year' ? catalog.years : [null]) {
        const inForce = indicator.target.kind === 'institutional' && indicator.target.inForce;
        file(indicator, requirement.id, year, { kind: requirement.kind, ...(inForce ? { validUntil: '2030-12-31', date: '2023-12-29' } : {}) });
      }
    }
    const quantity = quantityOf(indicator.target);
    if (quantity === null) continue;
    catalog.years.forEach((year, at) => {
      const figure = goodFigure(indicator, at);
      const source = links.find((item) => item.indicator === indicator.code && item.requirement === 'data' && item.year === year);
      values.push(value(indicator.code, year, figure, { unit: quantity.unit, sourceEvidence: source?.evidenceId ?? null, sourcePage: 1, ...(quantity.ratio ? { numerator: figure * 10, denominator: 1000 } : {}) }));
    });
  }
  const signed = indicators.filter((indicator) => indicator.kind !== 'not-applicable');
  return {
    evidence: items, links, values,
    reports: indicators.filter((indicator) => indicator.kind === 'assessed').map((indicator) => ({ indicator: indicator.code, text: '详见所附材料，共3件。', citations: [{ evidenceId: links.find((item) => item.indicator === indicator.code)?.evidenceId ?? evidenceId(''), page: 1 }] })),
    declarations: indicators.flatMap((indicator) => indicator.declarations.map((_, at) => ({ indicator: indicator.code, number: at + 1, answer: 'no' as const, signedBy: '李四', certificate: null }))),
    signOffs: signed.flatMap((indicator) => [
      ...indicator.lead.map((unit) => ({ indicator: indicator.code, unit, kind: 'signed' as const, by: '张三', at: '2024-04-01' })),
      ...indicator.assist.map((unit) => ({ indicator: indicator.code, unit, kind: 'declared-none' as const, by: '张三', at: '2024-04-01' })),
    ]),
    waivers: [], reviewFindings: [], today: '2024-04-20', rulings: [], unitTasks: [], figures: [], pages: [], bundle: soundBundle(items.slice(0, 4)),
  };
};

/** Two volumes of two items each and one box, numbered as they should be. */
const soundBundle = (items: readonly EvidenceFacts[]): BundleFacts => ({
  volumes: [0, 1].map((nth) => ({
    no: nth + 1,
    archivalCode: '',
    closing: { items: 2, pages: 6 },
    items: items.slice(nth * 2, nth * 2 + 2).map((item, at) => ({
      evidenceId: item.id, order: at + 1, indexed: [at * 3 + 1, at * 3 + 3] as const, stamped: [at * 3 + 1, at * 3 + 3] as const, archivalCode: `Z109-WS·2023-Y-BGS-000${nth * 2 + at + 1}`,
    })),
  })),
  boxes: [{ no: 1, items: [1, 2, 3, 4].map((itemNumber) => ({ itemNumber, year: 2023, organ: 'BGS', retention: '永久' })) }],
});
