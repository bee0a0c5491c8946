type Value = string | number | boolean;

interface FieldBase {
  /** Where the value stands in the profile. */
  readonly place: string;
  readonly label: string;
}

/** A value that the form offers: those an office changes. All others are changed in an exported file. */
export type ProfileField = FieldBase &
  ({ readonly kind: 'number'; readonly unit: string; readonly step: number } | { readonly kind: 'text' } | { readonly kind: 'choice'; readonly options: readonly { readonly value: Value; readonly label: string }[] });

interface FieldGroup {
  readonly title: string;
  readonly fields: readonly ProfileField[];
}

const millimetres = (place: string, label: string): ProfileField => ({ kind: 'number', place, label, unit: '毫米', step: 0.5 });
const points = (place: string, label: string): ProfileField => ({ kind: 'number', place, label, unit: '磅', step: 0.5 });
const text = (place: string, label: string): ProfileField => ({ kind: 'text', place, label });
const choice = (place: string, label: string, options: readonly (readonly [Value, string])[]): ProfileField => ({ kind: 'choice', place, label, options: options.map(([value, name]) => ({ value, label: name })) });

const margins = (page: string, name: string): readonly ProfileField[] => [millimetres(`pages.${page}.top`, `${name}上边距`), millimetres(`pages.${page}.left`, `${name}左边距`), millimetres(`pages.${page}.right`, `${name}右边距`), millimetres(`pages.${page}.bottom`, `${name}下边距`)];

/** One field for each column's width, named by its header. */
const columns = (list: string, values: Readonly<Record<string, Value>>): readonly ProfileField[] =>
  Object.entries(values).flatMap(([place, header]) => {
    const [, index] = new RegExp(`^${list}\\.columns\\.(\\d+)\\.header$`).exec(place) ?? [];
    return index === undefined ? [] : [millimetres(`${list}.columns.${index}.width`, `“${String(header)}”栏宽`)];
  });

export const profileFields = (values: Readonly<Record<string, Value>>): readonly FieldGroup[] => [
  { title: '名称和字样', fields: [text('name', '版式名称'), text('volumeIndex.title', '目录标题'), text('wording.draft', '草稿字样')] },
  {
    title: '页号',
    fields: [
      choice('pageStamp.corner', '位置', [['upper', '上角（DA/T 22）'], ['lower', '下角（GB/T 11822）']]),
      choice('pageStamp.duplex', '单双面', [[false, '单面：都在右'], [true, '双面：正右背左']]),
      points('pageStamp.size', '字号'),
      millimetres('pageStamp.fromSide', '距侧边'),
      millimetres('pageStamp.fromEdge', '距上下边'),
    ],
  },
  {
    title: '归档章',
    fields: [
      choice('filingStamp.place', '位置', [['top-centre', '首页上端居中'], ['top-right', '首页右上']]),
      choice('filingStamp.digits', '件号位数', [[3, '3 位'], [4, '4 位']]),
      millimetres('filingStamp.fromTop', '距上边'),
      millimetres('filingStamp.width', '宽'),
      millimetres('filingStamp.height', '高'),
    ],
  },
  {
    title: '档号',
    fields: [
      choice('archivalCode.style', '写法', [['DA/T 22-2015', 'DA/T 22-2015（年度后用 -）'], ['DA/T 13-2022', 'DA/T 13-2022（年度后用 ·）']]),
      text('archivalCode.category', '门类代码'),
      choice('archivalCode.digits', '件号、卷号位数', [[3, '3 位'], [4, '4 位']]),
    ],
  },
  { title: '卷内目录', fields: [choice('volumeIndex.pageColumn', '最后一栏', [['page', '页号'], ['count', '页数']]), millimetres('volumeIndex.rowHeight', '行高'), ...columns('volumeIndex', values)] },
  { title: '归档文件目录', fields: columns('itemCatalog', values) },
  { title: '表格页', fields: [...margins('form', ''), points('styles.cell.size', '表内字号'), points('styles.cell.pitch', '表内行距')] },
  { title: '公文页', fields: [...margins('official', ''), points('styles.body.size', '正文字号'), points('styles.body.pitch', '正文行距')] },
  { title: 'DOCX 字体名', fields: [text('fontNames.fangsong', '仿宋'), text('fontNames.xiaobiaosong', '小标宋'), text('fontNames.hei', '黑体'), text('fontNames.kai', '楷体'), text('fontNames.song', '宋体')] },
  { title: '档案盒', fields: [millimetres('box.height', '盒高'), { kind: 'number', place: 'box.sheetsPerMm', label: '每毫米张数', unit: '张', step: 0.5 }, millimetres('box.perVolume', '每卷封皮厚')] },
];
