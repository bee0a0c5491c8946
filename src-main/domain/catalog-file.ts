import { z } from 'zod';
import type { Catalog } from './catalog.ts';
import { indicatorCode } from './ids.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** One fault of a catalog file: where it is (`groups[2].indicators[0].target.value`) and what is wrong with it, in Chinese. */
export interface CatalogFault {
  readonly path: string;
  readonly message: string;
}

/** The catalog file format that this program writes and reads. */
export const CATALOG_SCHEMA = 1;

const text = z.string().max(20_000);
const named = text.min(1).refine((value) => value.trim() === value, '首尾不能有空格');
const date = z.string().refine((value) => value === '' || isCalendarDate(value), '日期应写成 2024-04-30，并且真实存在');
const comparison = z.enum(['>=', '<=', '=', '>', '<']);
const direction = z.enum(['not-falling', 'not-rising', 'rising', 'falling']);
const evidenceKind = z.enum(['official-document', 'data-table', 'report', 'photo', 'web-capture', 'certificate']);

const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), text, op: comparison, value: z.number(), unit: text, ratio: z.boolean() }),
  z.strictObject({ kind: z.literal('trend'), text, direction, unit: text, ratio: z.boolean() }),
  z.strictObject({ kind: z.literal('conditional'), text, threshold: z.number(), unit: text, below: direction, otherwise: direction, superiorTask: z.boolean() }),
  z.strictObject({ kind: z.literal('superior-task'), text, alsoTrend: direction.nullable(), unit: text }),
  z.strictObject({ kind: z.literal('institutional'), text, document: named, inForce: z.boolean() }),
  z.strictObject({ kind: z.literal('declarations'), text }),
  z.strictObject({ kind: z.literal('certificate'), text, stated: z.strictObject({ op: comparison, value: z.number(), unit: text }).exactOptional() }),
]);

const requirementSchema = z.strictObject({
  id: named,
  name: named,
  kind: evidenceKind,
  per: z.enum(['year', 'period']),
  optional: z.literal(true).exactOptional(),
});

const indicatorSchema = z.strictObject({
  code: z.string().regex(/^[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*$/u, '编号只能用数字、字母和点，如 5.2、N.7').max(20).transform(indicatorCode),
  name: named,
  kind: z.enum(['assessed', 'declarations', 'not-applicable']),
  target: targetSchema,
  targetBasis: text.exactOptional(),
  retired: z.literal(true).exactOptional(),
  lead: z.array(named),
  assist: z.array(named),
  note: text,
  declarations: z.array(named),
  sentence: text,
  requirements: z.array(requirementSchema),
  explanation: text,
});

const catalogSchema = z.strictObject({
  schema: z.literal(CATALOG_SCHEMA),
  id: named,
  version: named.exactOptional(),
  title: named,
  region: text,
  documentNumber: text,
  years: z.array(z.number().int().min(1949).max(2200)).min(1, '至少要有一个年度'),
  deadline: date,
  milestones: z.array(z.strictObject({ name: named, from: date, to: date })),
  groups: z.array(z.strictObject({ code: named, name: named, indicators: z.array(indicatorSchema) })).min(1, '至少要有一个指标分组'),
  units: z.array(z.strictObject({ name: named, aliases: z.array(named), kind: z.enum(['unit', 'group']), members: z.array(named), retired: z.literal(true).exactOptional() })),
});

/**
 * Reads a catalog file's parsed JSON. Answers the catalog, or every fault found, each with its JSON path. A file of a newer format
 * is refused as such before anything else is looked at.
 */
export const readCatalog = (json: unknown): Result<Catalog, readonly CatalogFault[]> => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return fail([{ path: '', message: '不是指标目录文件：最外层应是一个对象' }]);
  const schema: unknown = 'schema' in json ? json.schema : undefined;
  if (typeof schema === 'number' && schema > CATALOG_SCHEMA) {
    return fail([{ path: 'schema', message: `这份目录由更新版本的程序写成（格式 ${schema}，本程序认识 ${CATALOG_SCHEMA}），请先升级程序` }]);
  }
  const parsed = catalogSchema.safeParse(json);
  if (!parsed.success) return fail(parsed.error.issues.map((issue) => ({ path: jsonPath(issue.path), message: describeIssue(issue) })));
  const faults = findContradictions(parsed.data);
  return faults.length === 0 ? ok(parsed.data) : fail(faults);
};

/** Faults that no single field shows: twice the same code, a unit nobody listed, a phase that ends before it begins. */
export const findContradictions = (catalog: Catalog): readonly CatalogFault[] => [
  ...yearFaults(catalog),
  ...milestoneFaults(catalog),
  ...unitFaults(catalog),
  ...repeated(catalog.groups.map((group) => group.code), (at) => `groups[${at}].code`, '分组编号'),
  ...indicatorFaults(catalog),
];

function yearFaults({ years }: Catalog): readonly CatalogFault[] {
  return years.flatMap((year, at) => {
    const before = years[at - 1];
    return before !== undefined && year <= before ? [{ path: `years[${at}]`, message: `年度应从小到大且不重复，${year} 排在 ${before} 之后` }] : [];
  });
}

function milestoneFaults({ milestones }: Catalog): readonly CatalogFault[] {
  return milestones.flatMap(({ name, from, to }, at) =>
    from !== '' && to !== '' && to < from ? [{ path: `milestones[${at}].to`, message: `“${name}”的结束日期 ${to} 早于开始日期 ${from}` }] : [],
  );
}

function unitFaults({ units }: Catalog): readonly CatalogFault[] {
  const spellings = units.flatMap((unit, at) => [unit.name, ...unit.aliases].map((name, nth) => ({ name, path: nth === 0 ? `units[${at}].name` : `units[${at}].aliases[${nth - 1}]` })));
  const known = new Set(units.map((unit) => unit.name));
  return [
    ...repeated(spellings.map(({ name }) => name), (at) => spellings[at]?.path ?? 'units', '单位名称或别名'),
    ...units.flatMap((unit, at) =>
      unit.members.flatMap((member, nth) => (known.has(member) ? [] : [{ path: `units[${at}].members[${nth}]`, message: `成员“${member}”不在单位表中` }])),
    ),
    ...units.flatMap((unit, at) => (unit.kind === 'unit' && unit.members.length > 0 ? [{ path: `units[${at}].members`, message: `“${unit.name}”不是单位组（kind 为 unit），不能有成员` }] : [])),
  ];
}

function indicatorFaults({ groups, units }: Catalog): readonly CatalogFault[] {
  const placed = groups.flatMap((group, g) => group.indicators.map((indicator, i) => ({ indicator, path: `groups[${g}].indicators[${i}]` })));
  const known = new Set(units.map((unit) => unit.name));
  return [
    ...repeated(placed.map(({ indicator }) => String(indicator.code)), (at) => `${placed[at]?.path ?? 'groups'}.code`, '指标编号'),
    ...placed.flatMap(({ indicator, path }) => [
      ...(['lead', 'assist'] as const).flatMap((role) =>
        indicator[role].flatMap((unit, at) => (known.has(unit) ? [] : [{ path: `${path}.${role}[${at}]`, message: `单位“${unit}”不在单位表中，请先在 units 中登记（别名请写正式名称）` }])),
      ),
      ...repeated([...indicator.lead, ...indicator.assist], (at) => `${path}.${at < indicator.lead.length ? `lead[${at}]` : `assist[${at - indicator.lead.length}]`}`, '同一指标的单位'),
      ...repeated(indicator.requirements.map((requirement) => requirement.id), (at) => `${path}.requirements[${at}].id`, '材料要求编号'),
      ...kindFaults(indicator, path),
    ]),
  ];
}

function kindFaults({ kind, target, declarations }: Catalog['groups'][number]['indicators'][number], path: string): readonly CatalogFault[] {
  if (kind === 'declarations' && declarations.length === 0) return [{ path: `${path}.declarations`, message: '声明类指标至少要列出一种情形' }];
  if (kind !== 'declarations' && declarations.length > 0) return [{ path: `${path}.declarations`, message: '只有声明类指标（kind 为 declarations）可以列情形' }];
  if ((kind === 'declarations') !== (target.kind === 'declarations')) return [{ path: `${path}.target.kind`, message: 'declarations 目标只能且必须用于声明类指标' }];
  if (kind === 'not-applicable' && target.kind !== 'certificate') return [{ path: `${path}.target.kind`, message: '不涉及指标的目标应为 certificate（出具证明）' }];
  return [];
}

function repeated(values: readonly string[], pathOf: (at: number) => string, what: string): readonly CatalogFault[] {
  const seen = new Set<string>();
  return values.flatMap((value, at) => {
    if (seen.has(value)) return [{ path: pathOf(at), message: `${what}“${value}”重复` }];
    seen.add(value);
    return [];
  });
}

const jsonPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((before, key) => (typeof key === 'number' ? `${before}[${key}]` : before === '' ? String(key) : `${before}.${String(key)}`), '');

const typeWords: Readonly<Record<string, string>> = { string: '文字', number: '数字', int: '整数', boolean: 'true 或 false', array: '列表 [ ]', object: '对象 { }' };

/** The sentence for one schema issue. Messages of our own rules are Chinese already; the library's are put into words here. */
function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined') ? `缺少这一项，应为${typeWords[issue.expected] ?? issue.expected}` : `类型不对，应为${typeWords[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys':
      return `有不认识的项：${issue.keys.join('、')}（写错了名字，或来自别的版本）`;
    case 'invalid_value':
      return `只能是：${issue.values.map(String).join('、')}`;
    case 'invalid_union':
      return '目标类型（kind）不认识，或缺少这一类型需要的项';
    case 'too_small':
      return /[\u4e00-\u9fff]/u.test(issue.message) ? issue.message : issue.origin === 'string' ? '不能为空' : `太小，至少 ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string' ? `太长，最多 ${issue.maximum} 字` : `太大，最多 ${issue.maximum}`;
    default:
      return /[\u4e00-\u9fff]/u.test(issue.message) ? issue.message : '写法不对';
  }
}

/** Whether `2023-02-30` and the like are kept out: the text is a date of the calendar. */
export function isCalendarDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value;
}
