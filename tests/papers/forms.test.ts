import { unzipSync, strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { planVolumes } from '../../src-main/domain/volume-plan.ts';
import { reprintDiff } from '../../src-main/domain/reprint.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import {
  buildApplicationLetterModel, buildCertificateModels, buildCheckReportModel, buildClosingNoteModel, buildItemCatalogModel, buildPlaceholderModel, buildRectificationModel,
  buildReminderModels, buildReportModel, buildReprintListModel, buildSeparatorModel, buildSiteVisitModel, buildSubmissionFormModels, buildTaskSheetModels,
  buildVolumeIndexModel, defaultProfile, describeApplicationLetter, describeCertificate, describeCheckReport, describeClosingNote, describePlaceholder, describeRectification,
  describeReminder, describeReprintList, describeSeparator, describeSiteVisit, describeSubmissionForm, describeTaskSheet, gapsOfClosingNote, gapsOfOffice, gapsOfReminder, gapsOfVolumeIndex, layoutPaper, renderCsv,
  renderPaperDocx, renderXlsx, catalogSheet, sheetsOfPaper, type Paper, type Request, type Requests,
} from '../../src-main/papers/index.ts';
import { numbering } from '../domain/volume-plan-fixture.ts';
import { catalog, judgements, measure, office, plan, snapshot } from './paper-fixture.ts';

const report = buildReportModel({ catalog, snapshot, plan, judgements, office, draft: false });
const textOf = (paper: Paper): string =>
  layoutPaper(paper, defaultProfile, measure).flatMap((page) => page.ops).flatMap((op) => (op.op === 'text' ? [op.text] : [])).join('').replaceAll(' ', '');
const volume = plan.volumes[1] ?? (() => { throw new Error('the plan has no second volume'); })();

describe('papers of a volume', () => {
  it('closing note counts what the plan counts, and names the missing items', () => {
    const note = buildClosingNoteModel(volume, office, '第3件为复制件。', false);
    expect([note.items, note.pages, note.missing]).toEqual([volume.items.length, volume.pages, volume.items.filter(({ placeholder }) => placeholder).map(({ order }) => String(order))]);
    expect(note.missing).toHaveLength(1);
    const text = textOf(describeClosingNote(note, defaultProfile));
    expect(text).toContain(`本卷共有文件材料${volume.items.length}件、${volume.pages}页`);
    // A picture that may be a photo: how many there are is left to be written, never said to be none.
    const open = textOf(describeClosingNote({ ...note, photos: 0, unsettledPictures: 1 }, defaultProfile));
    expect(open).toContain('其中照片件、页');
    expect(open).not.toMatch(/无照片|照片无/u);
    expect(textOf(describeClosingNote({ ...note, photos: 0, unsettledPictures: 0 }, defaultProfile))).toContain('无照片');
  });

  it('cover and closing note tell what is left blank, and where it is filled in', () => {
    expect(gapsOfOffice(office, ['fondsName', 'category', 'fondsCode'])).toEqual([]);
    expect(gapsOfOffice({ ...office, fondsName: '', fondsCode: '' }, ['fondsName', 'category', 'fondsCode'])).toEqual(['全宗名称、全宗号没有填写，印出来是空的：设置 → 全宗与装订']);
    expect(gapsOfClosingNote([])).toEqual([]);
    expect(gapsOfClosingNote(['现场'])).toEqual(['《现场》可能是照片，照片数留了空：在著录里定下类别后，由程序统计']);
  });

  it('index notes copies and placeholders, and brackets titles that the compiler made', () => {
    const rows = buildVolumeIndexModel(snapshot, volume, false).rows;
    expect(rows.find(({ item }) => item.placeholder)?.note).toBe('原件缺');
    expect(rows.find(({ item }) => item.evidenceId === 'e3-1')?.title).toMatch(/^\[.*\]$/u);
    expect(rows[0]?.date).toMatch(/^\d{8}$/u);
  });

  it('index tells which of its cells are empty, and nothing of what only stands for a missing item', () => {
    const model = buildVolumeIndexModel(snapshot, volume, false);
    const full = { ...model, rows: model.rows.map((row) => ({ ...row, date: '20230101', issuer: '区生态环境局' })) };
    expect(gapsOfVolumeIndex(full, defaultProfile)).toEqual([]);
    const holes = { ...full, rows: full.rows.map((row, index) => ({ ...row, date: index === 0 || row.item.placeholder ? '' : row.date })) };
    expect(gapsOfVolumeIndex(holes, defaultProfile)).toEqual(['第1件没有日期，目录的日期栏空着：在著录里填写']);
    const [first] = full.rows;
    const bare = { ...full, rows: first === undefined ? [] : Array.from({ length: 7 }, () => ({ ...first, issuer: '' })) };
    expect(gapsOfVolumeIndex(bare, defaultProfile)).toEqual(['第1、1、1、1、1件等 7 件没有责任者，目录的责任者栏空着：在著录里填写']);
  });

  it('separator has its list on one sheet as long as there is room', () => {
    const [section] = volume.sections;
    if (section === undefined) throw new Error('the volume has no section');
    const model = buildSeparatorModel(catalog, snapshot, volume, section, false);
    const [item] = model.items;
    if (item === undefined) throw new Error('the section has no item');
    const pagesOf = (count: number): number => layoutPaper(describeSeparator({ ...model, items: Array.from({ length: count }, () => ({ ...item, title: '2023年监测报告' })), elsewhere: [] }, defaultProfile), defaultProfile, measure).length;
    expect([1, 11, 12, 18].map(pagesOf)).toEqual([1, 1, 1, 1]);
  });

  it('separator refers to what is bound elsewhere', () => {
    const section = volume.sections[0];
    if (section === undefined) throw new Error('the volume has no section');
    const model = buildSeparatorModel(catalog, snapshot, volume, section, false);
    expect(model.elsewhere.map(({ citation }) => citation)).toEqual(['1–1', '1–24']);
    expect(textOf(describeSeparator(model, defaultProfile))).toContain('见1–24');
  });

  it('placeholder says why and what to do', () => {
    const item = volume.items.find(({ placeholder }) => placeholder);
    const facts = snapshot.evidence.find(({ id }) => id === item?.evidenceId);
    if (item === undefined || facts === undefined) throw new Error('the fixture has no placeholder');
    expect(textOf(describePlaceholder(buildPlaceholderModel(facts, item, true), defaultProfile))).toContain('请向提供单位重新索取');
  });

  it('check report tells what is wrong from what is still to come, wrong things first', () => {
    const finding = { indicator: null, evidence: null, year: null, basis: '', waived: false, units: [], asks: '' } as const;
    const model = buildCheckReportModel(
      [
        { ...finding, rule: 'value.missing', severity: 'error', message: '还缺一个数' },
        { ...finding, rule: 'report.missing', severity: 'warning', message: '没有说明' },
        { ...finding, rule: 'verdict.unmet', severity: 'error', message: '没有达标' },
      ],
      [],
      office,
    );
    expect(model.rows.map(({ state, message }) => [state, message])).toEqual([['错误', '没有达标'], ['待补', '还缺一个数'], ['提醒', '没有说明']]);
    expect(textOf(describeCheckReport(model, defaultProfile))).toContain('错误1处，待补1项，提醒1条');
  });

  it('reprint list joins neighbours that only moved', () => {
    const before = planVolumes(catalog, { evidence: snapshot.evidence, links: snapshot.links.filter(({ evidenceId }) => evidenceId !== 'e3-2') }, { by: 'group' }, numbering);
    const model = buildReprintListModel(reprintDiff(before, plan), snapshot, { from: 'v001', to: 'v002' }, office, false);
    expect(model.rows.map(({ volume: no, action, oldPages, newPages }) => [no, action, oldPages, newPages])).toEqual([
      [2, '换', '', ''],
      [2, '插入', '', '5–12'],
      [2, '换', '5–107', '13–115'],
    ]);
    expect(model.sheets).toBe(111);
    const none = buildReprintListModel([], snapshot, { from: 'v001', to: 'v002' }, office, false);
    expect(textOf(describeReprintList(none, defaultProfile))).toContain('无需换页');
  });
});

describe('report and letters', () => {
  it('cites the stamped pages and counts the verdicts', () => {
    expect(report.counts).toEqual({ assessed: 6, verdicts: { met: 4, unmet: 1, missing: 1, judge: 0 }, declarations: 1, notApplicable: 1 });
    const second = report.groups[1]?.indicators[0];
    expect(second?.citations).toEqual(['2–1']);
    expect(second?.years.map(({ value, source }) => [value, source])).toEqual([['95.7%', '2–4'], ['96.1%', '2–4'], ['96.5%', '2–4']]);
    expect(second?.evidence.map(({ citation }) => citation).slice(-2)).toEqual(['1–1', '1–24']);
    expect(report.declarations.map(({ answer }) => answer)).toEqual(['no', 'no', 'no', 'no', 'no', 'no', '']);
  });

  it('letter claims no more than the archive shows', () => {
    const letter = (model: typeof report): string => textOf(describeApplicationLetter(buildApplicationLetterModel('acceptance', model, ['自评估报告'], office)));
    expect(letter(report)).toContain('尚有2项未达标或资料不全');
    expect(letter(report)).not.toContain('未发生不得申报');
    const clear = { ...report, declarations: report.declarations.map((row) => ({ ...row, answer: 'no' as const })) };
    expect(letter(clear)).toContain('未发生不得申报的情形');
  });

  it('certificates are one for each item and unit, submission forms one for each indicator', () => {
    const certificates = buildCertificateModels(catalog, new Map(), office.date);
    expect(certificates.map(({ code, unit }) => [code, unit])).toEqual([['N.1', '区城市管理局'], ['N.1', '区住房和城乡建设局']]);
    for (const certificate of certificates) expect(textOf(describeCertificate(certificate))).toContain(`${certificate.unit}（盖章）`);
    const forms = buildSubmissionFormModels(report);
    expect(forms.map(({ indicator }) => indicator.code)).toEqual(['1', '2', '3', '4', '5', '6']);
    const form = forms[5];
    if (form === undefined) throw new Error('the sixth form is missing');
    expect(textOf(describeSubmissionForm(form, defaultProfile))).toContain('资料不全');
  });
});

describe('tasks and ledgers', () => {
  const contacts = new Map([['区统计局', { person: '张三', phone: '88881234', due: '2024-04-10' }]]);
  const signed = [{ indicator: indicatorCode('1'), unit: '区统计局', kind: 'declared-none' as const, by: '张三', at: '2024-04-01' }];
  const sheets = buildTaskSheetModels(catalog, { signOffs: signed }, contacts);

  it('gives every unit its tasks, person and day', () => {
    const sheet = sheets.find(({ unit }) => unit === '区统计局');
    expect([sheet?.person, sheet?.due, sheet?.rows[0]?.state, sheet?.rows[0]?.role]).toEqual(['张三', '2024-04-10', '已声明无材料', '协办']);
    if (sheet !== undefined) expect(textOf(describeTaskSheet(sheet, defaultProfile))).toContain('张三');
  });

  it('takes a group of units apart where its members are known', () => {
    const grouped = {
      ...catalog,
      groups: catalog.groups.map((group) => ({ ...group, indicators: group.indicators.map((indicator) => ({ ...indicator, lead: ['甲街道'], assist: ['各街道办事处'] })) })),
      units: [{ name: '各街道办事处', aliases: [], kind: 'group' as const, members: ['甲街道', '乙街道'] }],
    };
    const models = buildTaskSheetModels(grouped, { signOffs: [] }, new Map());
    expect(models.map(({ unit, due, rows }) => [unit, due, rows.length, rows[0]?.role])).toEqual([['甲街道', '2024-04-30', 8, '牵头'], ['乙街道', '2024-04-30', 8, '协办']]);
  });

  it('reminds only units that are late, of what they still owe', () => {
    const asks = [{ kind: '数据和达标', text: '填报2021年数值' }, { kind: '签认和答复', text: '核对后签认' }, { kind: '数据和达标', text: '填报2022年数值' }, { kind: '材料', text: '报送说明' }] as const;
    const requests: Requests = new Map([['区统计局', new Map<string, readonly Request[]>([['2', asks]])], ['别的单位', new Map<string, readonly Request[]>([['2', [{ kind: '材料', text: '报送' }]]])]]);
    const signatory = { from: '市南区创建办公室', contact: '王立卷 0532-88880000' };
    const remind = (handedOut: readonly string[]) => buildReminderModels(sheets, requests, '2024-04-28', new Set(handedOut), signatory);
    const [late] = remind(['区统计局']);
    const [unsent] = remind([]);
    expect(remind([]).map(({ unit, rows }) => [unit, rows.length])).toEqual([['区统计局', 1]]);
    if (late === undefined || unsent === undefined) throw new Error('no reminder');
    const letter = textOf(describeReminder(late, defaultProfile));
    // All of it, to the last, grouped by kind.
    expect(letter).toContain('材料：报送说明。数据和达标：1.填报2021年数值；2.填报2022年数值。签认和答复：核对后签认。');
    expect(letter).toMatch(/现已逾期18天.*请于年月日前报送或办结/u);
    // What was never given to a unit is not late, and what came in is not said never to have come.
    expect(textOf(describeReminder(unsent, defaultProfile))).not.toMatch(/逾期|没有收到/u);
    expect(gapsOfReminder(late)).toEqual(['文号、办结期限留给手写']);
  });

  it('leaves room in a reminder for the office and telephone that nobody stated, and says so', () => {
    const requests = new Map(sheets.map(({ unit, rows }) => [unit, new Map(rows.map(({ code }) => [code, [{ kind: '材料' as const, text: '报送说明' }]]))]));
    const models = buildReminderModels(sheets, requests, '2025-01-01', new Set(), { from: '', contact: '林晓梅' });
    const [first] = models;
    if (first === undefined) throw new Error('no reminder');
    expect(textOf(describeReminder(first, defaultProfile))).toMatch(/文号：_+.*联系人：林晓梅联系电话：_+（落款单位）_+2025年1月1日/u);
    expect(gapsOfReminder(first)).toEqual([
      '文号、办结期限留给手写',
      '落款单位没有填写，留了空：设置 → 全宗与装订 → 申报单位，写单位全称',
      '联系人没有电话，留了空：设置 → 全宗与装订 → 联系人，姓名后写上电话',
    ]);
  });

  it('lists originals for the visit, findings and waivers for the ledger', () => {
    const visit = buildSiteVisitModel(catalog, snapshot, plan, office);
    expect(visit.rows).toHaveLength(plan.volumes.reduce((sum, { items }) => sum + items.length, 0));
    expect(textOf(describeSiteVisit(visit, defaultProfile))).toMatch(/如“1–52”是第1卷第52页.*原件存放处/u);
    const reviewed = {
      reviewFindings: [{ id: 'r1', round: 2, indicator: indicatorCode('3'), text: '缺少监测记录', assignedTo: '区生态环境分局', state: 'answered' as const, raisedBy: '专家甲', raisedAt: '2024-04-18T02:00:00Z', due: '2024-05-10', answeredBy: '李工', answeredAt: '2024-04-19T02:00:00Z', closedBy: '', closedAt: '' }],
      waivers: [{ rule: 'photo-facts', indicator: null, evidenceId: null, reason: '网页配图', by: '王立卷', at: '2024-04-20T08:00:00Z' }],
    };
    const ledger = textOf(describeRectification(buildRectificationModel(catalog, reviewed, new Map([[2, '市级预审']]), new Map([['r1', '已补充（第2卷第15页）']]), office), defaultProfile));
    for (const expected of ['第2轮市级预审', '缺少监测记录', '专家甲2024-04-18', '2024-05-10', '已补充（第2卷第15页）', '李工2024-04-19', '待销号', '网页配图', '2024-04-20']) expect(ledger).toContain(expected);
  });

  it('writes every one of them as DOCX', { timeout: 60_000 }, async () => {
    const bytes = await renderPaperDocx(describeSiteVisit(buildSiteVisitModel(catalog, snapshot, plan, office), defaultProfile), defaultProfile);
    expect(strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array())).toContain('w:orient="landscape"');
  });
});

describe('catalogue sheets', () => {
  const model = buildItemCatalogModel(snapshot, plan, numbering, '', false);
  const [first, ...others] = model.rows;
  if (first === undefined) throw new Error('the catalogue is empty');
  const attacks = ['=HYPERLINK("http://x","点")', '+1+1', '-2', '@SUM(A1)', '\t=1', ' =1', '＝1', 'a,"b"\nc', '<x>&\u0000'];
  const hostile = { ...model, rows: [...attacks.map((title) => ({ ...first, title })), ...others] };

  it('lets no text become a formula in CSV', () => {
    const csv = renderCsv([catalogSheet(hostile)]);
    expect(csv.startsWith('\uFEFF序号,')).toBe(true);
    const cells = csv.split(/[,\r\n]+/u).map((cell) => cell.replace(/^"/u, ''));
    expect(cells.filter((cell) => /^\s*[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
    expect(csv).toContain('"a,""b""\nc"');
    expect(csv).toContain('"\'=HYPERLINK(""http://x"",""点"")"');
  });

  it('makes data of any list paper, whole numbers as numbers', () => {
    const sheets = sheetsOfPaper(describeSiteVisit(buildSiteVisitModel(catalog, snapshot, plan, office), defaultProfile));
    expect(sheets.map(({ name, columns }) => [name, columns.length])).toEqual([['现场核实清单', 7]]);
    expect(sheets[0]?.rows).toHaveLength(plan.volumes.reduce((sum, { items }) => sum + items.length, 0));
    expect(sheetsOfPaper(describeClosingNote(buildClosingNoteModel(volume, office, '', false), defaultProfile))).toEqual([]);
  });

  it('lets no text become a formula or markup in XLSX', async () => {
    const parts = unzipSync(await renderXlsx([catalogSheet(hostile)]));
    const [sheet, strings] = ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'].map((part) => strFromU8(parts[part] ?? new Uint8Array()));
    expect(sheet).not.toContain('<f>');
    expect(sheet).not.toMatch(/t="(?:str|inlineStr)"/u);
    expect(strings).toContain('<t>=HYPERLINK("http://x","点")</t>');
    expect(strings).toContain('&lt;x&gt;&amp;</t>');
    expect(sheet?.match(/<row /gu)).toHaveLength(hostile.rows.length + 1);
  });
});
