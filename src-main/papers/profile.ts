import { z } from 'zod';

const length = z.number().min(0).max(2000);
const fontRole = z.enum(['hei', 'song', 'xiaobiaosong', 'kai', 'fangsong']);
const align = z.enum(['left', 'center', 'right', 'justify']);

const style = z.strictObject({
  font: fontRole,
  /** Points. */
  size: z.number().min(5).max(120),
  /** Distance of lines, points. */
  pitch: z.number().min(5).max(200),
  align,
  /** First-line indent in characters. */
  indent: z.number().min(0).max(10),
  /** Distance to the right edge in characters, for signatures. */
  indentRight: z.number().min(0).max(20),
  /** Extra space after each character, points. */
  spacing: z.number().min(-3).max(30),
  /** Space above and below, millimetres. */
  before: length,
  after: length,
});

const pageSetup = z.strictObject({
  width: z.number().min(50).max(1200),
  height: z.number().min(50).max(1200),
  top: length,
  right: length,
  bottom: length,
  left: length,
  /** `dash` prints — 1 —, odd pages right, even pages left, the dashes `below` millimetres under the text area. */
  pageNumber: z.strictObject({ form: z.enum(['dash', 'plain']), font: fontRole, size: z.number().min(5).max(30), below: length, duplex: z.boolean() }),
});

const column = <Field extends string>(fields: readonly [Field, ...Field[]]) =>
  z.strictObject({ field: z.enum(fields), header: z.string().min(1).max(20), width: z.number().min(5).max(300), align: z.enum(['left', 'center', 'right']) });

const indexFields = ['order', 'documentNumber', 'issuer', 'title', 'date', 'page', 'note'] as const;
const catalogFields = ['order', 'archivalCode', 'documentNumber', 'issuer', 'title', 'date', 'secrecy', 'pages', 'note'] as const;

export const styleNames = [
  'title', 'subtitle', 'heading1', 'heading2', 'heading3', 'body', 'addressee', 'signature', 'contents', 'contentsTitle', 'formTitle',
  'formNote', 'formBody', 'formSignature', 'cell', 'cellHeader', 'coverFonds', 'coverCategory', 'coverTitle', 'coverLine',
  'separatorCode', 'separatorName', 'caption', 'fill',
] as const;

const profileSchema = z.strictObject({
  schema: z.literal(1),
  id: z.string().min(1).max(60),
  name: z.string().min(1).max(60),
  pages: z.strictObject({ official: pageSetup, form: pageSetup, landscape: pageSetup }),
  styles: z.record(z.enum(styleNames), style),
  /** Names that DOCX files ask for, as the standards have them. */
  fontNames: z.record(fontRole, z.string().min(1).max(60)),
  table: z.strictObject({ padding: length, lineWidth: z.number().min(0.05).max(2) }),
  volumeIndex: z.strictObject({
    title: z.string().min(1),
    /** GB/T 11822 prints the number of pages instead of the page number. */
    pageColumn: z.enum(['page', 'count']),
    columns: z.array(column(indexFields)).min(3),
    rowHeight: length,
    leastRows: z.number().int().min(0).max(60),
  }),
  itemCatalog: z.strictObject({ title: z.string().min(1), columns: z.array(column(catalogFields)).min(3), rowHeight: length, leastRows: z.number().int().min(0).max(60) }),
  pageStamp: z.strictObject({
    corner: z.enum(['upper', 'lower']),
    duplex: z.boolean(),
    font: fontRole,
    size: z.number().min(5).max(30),
    /** Distance of the number from the page's edges. */
    fromSide: length,
    fromEdge: length,
  }),
  filingStamp: z.strictObject({
    width: z.number().min(20).max(100),
    height: z.number().min(8).max(50),
    place: z.enum(['top-centre', 'top-right']),
    fromTop: length,
    fromRight: length,
    color: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1)]),
    font: fontRole,
    size: z.number().min(5).max(20),
    digits: z.union([z.literal(3), z.literal(4)]),
  }),
  box: z.strictObject({
    height: z.number().min(100).max(500),
    /** Spine widths the office has. */
    widths: z.array(z.number().min(5).max(200)).min(1),
    sheetsPerMm: z.number().min(1).max(40),
    /** Room that covers and folders of a volume take. */
    perVolume: length,
  }),
  /** How 档号 are written, and the digits of 件号 in them. */
  archivalCode: z.strictObject({ style: z.enum(['DA/T 22-2015', 'DA/T 13-2022']), category: z.string().regex(/^[A-Z]{1,6}$/u), digits: z.union([z.literal(3), z.literal(4)]) }),
  wording: z.strictObject({ draft: z.string().min(1).max(20) }),
});

/** Layout of the papers as data: an office copies one and changes it. Lengths in millimetres, text sizes in points. */
export type PaperProfile = z.infer<typeof profileSchema>;
export type TextStyle = z.infer<typeof style>;
export type PageSetup = z.infer<typeof pageSetup>;

export type ProfileResult =
  | { readonly ok: true; readonly profile: PaperProfile }
  /** Each names the place in the file and what is wrong there, in Chinese. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks a profile that came from a file: its form, and that text areas and tables fit on their pages. */
export function parseProfile(json: unknown): ProfileResult {
  const result = profileSchema.safeParse(json);
  if (!result.success) return { ok: false, problems: result.error.issues.map(describeIssue) };
  const problems = [...findPageProblems(result.data), ...findColumnProblems(result.data)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, profile: result.data };
}

export const textWidth = (page: PageSetup): number => page.width - page.left - page.right;

function findPageProblems(profile: PaperProfile): readonly string[] {
  return Object.entries(profile.pages).flatMap(([name, page]) => {
    const [width, height] = [textWidth(page), page.height - page.top - page.bottom];
    return width < 40 || height < 40 ? [`${nameOfPlace(`pages.${name}`)}：页边距过大，版心只剩 ${width}×${height} mm，请减小页边距`] : [];
  });
}

function findColumnProblems(profile: PaperProfile): readonly string[] {
  const tables = [
    { name: 'volumeIndex', page: profile.pages.form, columns: profile.volumeIndex.columns },
    { name: 'itemCatalog', page: profile.pages.landscape, columns: profile.itemCatalog.columns },
  ];
  return tables.flatMap(({ name, page, columns }) => {
    const sum = columns.reduce((total, { width }) => total + width, 0);
    const fields = columns.map(({ field }) => field);
    return [
      ...(sum > textWidth(page) + 0.01 ? [`${nameOfPlace(`${name}.columns`)}：各列宽度合计 ${sum} mm，超过版心宽度 ${textWidth(page)} mm`] : []),
      ...(new Set(fields).size < fields.length ? [`${nameOfPlace(`${name}.columns`)}：同一栏目出现了两次`] : []),
      ...(['title', 'order'].some((field) => !fields.some((present) => present === field)) ? [`${nameOfPlace(`${name}.columns`)}：缺少题名或序号一栏`] : []),
    ];
  });
}

const partNames: Readonly<Record<string, string>> = {
  name: '版式名称', pages: '页面', styles: '字体字号', fontNames: 'DOCX 字体名', table: '表格', volumeIndex: '卷内目录', itemCatalog: '归档文件目录', pageStamp: '页号', filingStamp: '归档章', box: '档案盒',
  archivalCode: '档号', wording: '字样',
};

/** In the clerk's word for it, and as it stands in the file. */
function nameOfPlace(place: string): string {
  const name = partNames[place.split('.')[0] ?? ''];
  return name === undefined ? place : `${name}（${place}）`;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? '文件' : nameOfPlace(issue.path.map(String).join('.'));
  switch (issue.code) {
    case 'invalid_type':
      return `${where}：缺少此项，或类型不对，应为 ${issue.expected}`;
    case 'too_small':
      return `${where}：数值或长度过小，不得小于 ${issue.minimum}`;
    case 'too_big':
      return `${where}：数值或长度过大，不得大于 ${issue.maximum}`;
    case 'invalid_value':
      return `${where}：只能取 ${issue.values.map(String).join('、')}`;
    case 'unrecognized_keys':
      return `${where}：不认识的设置 ${issue.keys.join('、')}，请检查拼写`;
    default:
      return `${where}：内容不符合要求`;
  }
}
