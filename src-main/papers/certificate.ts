import type { Catalog } from '../domain/catalog.ts';
import { signature, space, text, type Paper } from './paper.ts';
import { chineseDate, projectName, withoutStop } from './wording.ts';

/** 不涉及证明: one for each item that does not apply and each unit that answers for it; printed, sealed, attached as evidence. */
export interface CertificateModel {
  readonly region: string;
  readonly projectTitle: string;
  readonly code: string;
  readonly name: string;
  readonly target: string;
  readonly unit: string;
  /** Why the indicator does not apply, in the unit's words; empty leaves lines to write. */
  readonly reason: string;
  readonly years: readonly number[];
  readonly date: string;
}

/** All certificates that the plan asks for, by item in catalog order, then by unit. `reasons` is keyed by indicator code. */
export function buildCertificateModels(catalog: Catalog, reasons: ReadonlyMap<string, string>, date: string): readonly CertificateModel[] {
  return catalog.groups
    .flatMap(({ indicators }) => indicators)
    .filter(({ kind }) => kind === 'not-applicable')
    .flatMap(({ code, name, target, lead }) =>
      lead.map((unit): CertificateModel => ({
        region: catalog.region,
        projectTitle: projectName(catalog.title),
        code,
        name,
        target: target.text,
        unit,
        reason: reasons.get(code) ?? '',
        years: catalog.years,
        date,
      })),
    );
}

/** What the office's own template of the certificate may name. */
export const certificateFields = (model: CertificateModel): Readonly<Record<string, string>> => ({
  单位名称: model.unit,
  地区: model.region,
  工作名称: model.projectTitle,
  指标编号: model.code,
  指标名称: model.name,
  目标: withoutStop(model.target),
  年份: model.years.length === 0 ? '' : `${model.years[0]}年至${model.years.at(-1)}年`,
  原因: withoutStop(model.reason),
  日期: chineseDate(model.date),
});

export function describeCertificate(model: CertificateModel): Paper {
  const years = model.years.length === 0 ? '' : `${model.years[0]}年至${model.years.at(-1)}年`;
  const blankLine = '_'.repeat(48);
  const reason =
    model.reason === ''
      ? [text('body', '原因说明（由出具单位填写）：'), text('addressee', blankLine), text('addressee', blankLine)]
      : [text('body', `原因说明：${withoutStop(model.reason)}。`)];
  return {
    title: `不涉及证明 ${model.code} ${model.name} ${model.unit}`,
    draft: false,
    sections: [
      {
        page: 'official',
        numbering: 'none',
        blocks: [
          text('title', '关于不涉及有关指标的证明'),
          space(6),
          text('body', `在${model.projectTitle}工作中，经我单位核实，${years}期间，${model.region}不涉及“${model.name}”指标（编号${model.code}${model.target === '' || model.target === '不涉及' ? '' : `，目标：${withoutStop(model.target)}`}）。`),
          ...reason,
          text('body', '我单位对上述情况的真实性负责。'),
          text('body', '特此证明。'),
          space(18),
          ...signature(`${model.unit}（盖章）`, chineseDate(model.date)),
          space(10),
          text('body', '经办人：____________    联系电话：________________'),
        ],
      },
    ],
  };
}
