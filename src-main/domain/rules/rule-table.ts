import type { Severity } from '../finding.ts';

/** A rule as data: how heavy it weighs, what it rests on, and the sentence of a finding with {places} for its particulars. */
export interface RuleEntry {
  /** What is wrong, as a heading over all its findings. */
  readonly name: string;
  readonly severity: Severity;
  /** Something is merely still to come (not filed, not filled in, not signed): no contradiction, yet it blocks a final export like any error. */
  readonly pending?: true;
  readonly basis: string;
  /** Where it is and what to do. */
  readonly says: string;
  /** The same as a request to the unit that must act, for letters; left out where no unit has to. */
  readonly asks?: string;
}

const PLAN = '创建工作方案：三、重点任务；五、工作安排（二）';
const CERTIFICATES = '创建工作方案：四、不涉及但需要相关责任部门出具证明的指标';
const FORBIDDEN = '创建工作方案：不得提出验收申请的情形';
const FILING = 'DA/T 22-2015 归档文件整理规则';
const VOLUME = 'GB/T 11822-2008 科学技术档案案卷构成的一般要求';
const DOCUMENT = 'GB/T 9704-2012 党政机关公文格式';
const REVIEW = '国家生态文明建设示范区管理规程：资料审核';
const HOUSE = '本单位归档约定';

/** Every rule of the checker. Errors must be mended; warnings may be waived with a reason and a name. */
export const ruleTable = {
  'evidence.missing': { name: '缺佐证材料', severity: 'error', pending: true, basis: PLAN, says: '{indicator}：缺{year}“{requirement}”。请导入材料并挂到本指标{year}。', asks: '报送{year}“{requirement}”' },
  'evidence.date': { name: '材料日期不在所证明的年度', severity: 'error', basis: PLAN, says: '《{title}》日期{date}，不在所证明的{year}年内：请核对日期，或改挂到对应年度。', asks: '核对《{title}》的日期{date}，它不在{year}年内' },
  'evidence.draft': { name: '用草稿作佐证', severity: 'error', basis: FILING, says: '《{title}》是草稿，不能作为佐证：请换成正式印发的文本。', asks: '《{title}》是草稿，报送正式印发的文本' },
  'document.facts': { name: '正式发文著录不全', severity: 'error', pending: true, basis: DOCUMENT, says: '正式发文《{title}》缺{lacking}：请对照原件填写。', asks: '核实正式发文《{title}》的{lacking}' },
  'value.missing': { name: '没有填报数值', severity: 'error', pending: true, basis: PLAN, says: '{indicator}：没有填报{year}年数值。请填写数值和出处。', asks: '填报{year}年数值，注明出处' },
  'value.source': { name: '数值没有写明出处', severity: 'error', pending: true, basis: PLAN, says: '{indicator}：{year}年数值没有写明{lacking}。请指定出自哪件材料的第几页。', asks: '写明{year}年数值的{lacking}' },
  'value.source-page': { name: '数值出处页码不对', severity: 'error', basis: PLAN, says: '{indicator}：{year}年数值出处写第{page}页，而《{title}》只有{pages}页。请改正页码。', asks: '核对{year}年数值的出处，《{title}》没有第{page}页' },
  'value.unit': { name: '数值的计量单位不对', severity: 'error', basis: PLAN, says: '{indicator}：{because}。请按目标的单位重新填写。', asks: '{because}，按目标的单位重新填报' },
  'value.ratio': { name: '比率与分子分母不符', severity: 'error', basis: PLAN, says: '{indicator}：{because}。请核对数值、分子和分母。', asks: '{because}，核对数值、分子和分母' },
  'value.doubtful': { name: '数值有疑问', severity: 'error', basis: PLAN, says: '{indicator}：{because}。请核对后重新填写。', asks: '{because}，核对后重新填报' },
  'value.parts-missing': { name: '没有填分子分母', severity: 'warning', basis: PLAN, says: '{indicator}：是比率指标，{years}没有填分子和分母，无法重算。请补填。', asks: '补填{years}的分子和分母' },
  'verdict.unmet': { name: '未达标', severity: 'error', basis: PLAN, says: '{indicator}：未达标，{because}。请核对数据，或整改后重新举证。', asks: '{because}，核对数据，或整改后重新举证' },
  'verdict.missing': { name: '缺判定依据', severity: 'error', pending: true, basis: PLAN, says: '{indicator}：无法判定，{because}。请补齐。', asks: '{because}，请补齐' },
  'verdict.judge': { name: '待人工判定', severity: 'error', pending: true, basis: PLAN, says: '{indicator}：需要人工判定，{because}。请负责人写明判定和理由。' },
  'superior.documents': { name: '缺上级任务文件或考核结果', severity: 'error', pending: true, basis: PLAN, says: '{indicator}：缺{year}年{requirement}。完成上级考核任务要同时附任务文件和考核结果。', asks: '报送{year}年{requirement}' },
  'certificate.missing': { name: '缺不涉及证明', severity: 'error', pending: true, basis: CERTIFICATES, says: '{indicator}：缺{unit}出具的不涉及证明。请打印证明模板，盖章后导入。', asks: '出具不涉及证明，加盖公章后报送' },
  'certificate.unit': { name: '证明出具单位不对', severity: 'error', basis: CERTIFICATES, says: '{indicator}：证明《{title}》由“{issuer}”出具，应由{unit}出具。请更换或更正责任者。', asks: '另行出具《{title}》并加盖公章，现有的一份由“{issuer}”出具' },
  'certificate.issuer-unstated': { name: '证明没有填写责任者', severity: 'error', pending: true, basis: CERTIFICATES, says: '{indicator}：证明《{title}》没有填写责任者：请看原件填写出具单位（应为{unit}）。' },
  'certificate.seal': { name: '证明没有盖章', severity: 'error', basis: CERTIFICATES, says: '{indicator}：证明《{title}》没有盖章。请盖章后重新扫描导入；原件其实盖了章的，点“已盖章”。', asks: '《{title}》没有盖章，盖章后重新报送' },
  'certificate.seal-unstated': { name: '没有标明是否盖章', severity: 'error', pending: true, basis: CERTIFICATES, says: '{indicator}：证明《{title}》没有标明是否盖章。请看原件：盖了章的点“已盖章”，没有盖的点“没有盖章”。' },
  'declaration.unanswered': { name: '禁止申报情形没有回答', severity: 'error', pending: true, basis: FORBIDDEN, says: '{indicator}：第{number}种情形没有回答（{situation}）。请如实回答有或无。', asks: '如实答复有没有第{number}种不得申报的情形（“{situation}”）' },
  'declaration.yes': { name: '存在禁止申报情形', severity: 'error', basis: FORBIDDEN, says: '{indicator}：第{number}种情形回答为有（{situation}）。存在此情形不得申请。', asks: '核实第{number}种不得申报的情形（“{situation}”），现答复为有' },
  'declaration.unsigned': { name: '声明没有签字人', severity: 'error', pending: true, basis: FORBIDDEN, says: '{indicator}：第{number}种情形的回答没有签字人。请填写签字人。', asks: '由负责人签认第{number}种不得申报情形（“{situation}”）的答复' },
  'declaration.certificate': { name: '声明没有附证明', severity: 'error', pending: true, basis: FORBIDDEN, says: '{indicator}：第{numbers}种情形没有附证明。请为它附上证明，或挂一件合并证明。', asks: '为第{numbers}种不得申报的情形出具证明：{situations}' },
  'plan.validity': { name: '规划不在有效期内', severity: 'error', basis: REVIEW, says: '{indicator}：{because}。请附有效的规划，或填明日期和有效期。', asks: '报送仍在有效期内的规划，或写明它的印发日期和有效期（{because}）' },
  'plan.approval': { name: '缺规划批准文件', severity: 'error', pending: true, basis: REVIEW, says: '{indicator}：没有附规划的批准实施文件。请导入并挂到本指标。', asks: '报送规划的批准实施文件' },
  'sign-off.lead': { name: '牵头单位没有签认', severity: 'error', pending: true, basis: PLAN, says: '{indicator}：牵头单位{unit}还没有签认。请该单位核对后签认。', asks: '核对本指标的材料和数据后签认' },
  'sign-off.assist': { name: '协办单位没有报送', severity: 'error', pending: true, basis: PLAN, says: '{indicator}：协办单位{unit}没有报送材料，也没有声明无材料。请催报或登记其声明。', asks: '报送本单位承担部分的材料；没有材料的，书面声明无材料' },
  'numbering.pages': { name: '页号不连续', severity: 'error', basis: VOLUME, says: '第{volume}卷页号不连续：{where}是{found}页，应是{expected}页。请重新装订。' },
  'numbering.order': { name: '顺序号不连续', severity: 'error', basis: VOLUME, says: '第{volume}卷顺序号不连续：第{expected}个位置写的是{found}。请改正目录，或恢复自动生成的目录。' },
  'numbering.index': { name: '目录与实际页号不一致', severity: 'error', basis: VOLUME, says: '第{volume}卷第{order}件《{title}》目录写{indexed}页，实际打印{stamped}页：请改正目录，或恢复自动生成的目录后重新装订。' },
  'numbering.totals': { name: '备考表与实际不一致', severity: 'error', basis: VOLUME, says: '第{volume}卷备考表写{statedItems}件{statedPages}页，卷内实有{items}件{pages}页：请改正备考表，或恢复自动生成的备考表后重新装订。' },
  'code.duplicate': { name: '档号重复', severity: 'error', basis: FILING, says: '档号{code}用了{times}次：请改正封面和目录上的档号。' },
  'code.gap': { name: '档号不连续', severity: 'error', basis: FILING, says: '“{series}”中缺{missing}号：编号应连续，请改正封面和目录上的档号。' },
  'box.mixed': { name: '一盒混装', severity: 'error', basis: FILING, says: '第{box}盒混装了不同的{mixed}：一盒只装同一年度、机构和保管期限的文件，请分盒。' },
  'file.changed': { name: '文件导入后被改动', severity: 'error', basis: FILING, says: '《{title}》导入后被改动过：请从原件重新导入。', asks: '重新报送《{title}》' },
  'file.unreadable': { name: '文件打不开', severity: 'error', basis: FILING, says: '《{title}》打不开：请换一份完好的文件。', asks: '《{title}》打不开，重新报送完好的文件' },
  'file.encrypted': { name: '文件加了密码', severity: 'error', basis: FILING, says: '《{title}》加了密码：请去掉密码后重新导入。', asks: '《{title}》加了密码，去掉密码后重新报送' },
  'secrecy.marked': { name: '标有密级', severity: 'error', basis: '中华人民共和国保守国家秘密法', says: '《{title}》标有密级“{secrecy}”，不得放入申报档案：请移出，另按保密规定办理。', asks: '《{title}》标有密级，不得放入申报档案，另行商定' },
  'privacy.personal-id': { name: '含身份证号码', severity: 'error', basis: '中华人民共和国个人信息保护法', says: '《{title}》含有身份证号码：请遮盖后重新导入。', asks: '遮盖《{title}》中的身份证号码后重新报送' },
  'review.unanswered': { name: '审核意见没有答复', severity: 'error', basis: REVIEW, says: '第{round}轮审核意见还没有答复：{text}。请整改并附材料答复。', asks: '答复第{round}轮审核意见：{text}' },
  'evidence.reused': { name: '一件材料多处使用', severity: 'warning', basis: REVIEW, says: '《{title}》同时用于{places}：请确认确实都能证明，或各附专门材料。' },
  'photo.facts': { name: '照片说明不全', severity: 'warning', basis: HOUSE, says: '照片《{title}》缺{lacking}：请补全说明。' },
  'photo.resolution': { name: '照片像素不足', severity: 'warning', basis: HOUSE, says: '照片《{title}》长边{pixels}像素，印在A4上不足200 dpi：请换清晰的原图。' },
  'photo.blurred': { name: '照片模糊', severity: 'warning', basis: HOUSE, says: '照片《{title}》模糊：请换清晰的照片。' },
  'scan.blank': { name: '扫描件有空白页', severity: 'warning', basis: FILING, says: '《{title}》第{pages}页是空白页：空白页不编页号，请核对或删去。' },
  'scan.upside-down': { name: '扫描页倒置', severity: 'warning', basis: FILING, says: '《{title}》第{pages}页倒置：请转正。' },
  'scan.duplicate': { name: '扫描页重复', severity: 'warning', basis: FILING, says: '《{title}》第{pages}页与{others}相同：请核对是否重复扫描。' },
  'meeting.incomplete': { name: '会议材料不齐', severity: 'warning', basis: HOUSE, says: '会议“{meeting}”缺{lacking}：请补齐通知、签到、材料、照片、纪要。' },
  'report.missing': { name: '没有写达标情况说明', severity: 'warning', basis: REVIEW, says: '{indicator}：还没有写达标情况说明。请撰写。' },
  'report.no-figures': { name: '达标情况说明没有数据', severity: 'warning', basis: REVIEW, says: '{indicator}：达标情况说明没有数据。请写明各年数值。' },
  'report.no-citations': { name: '达标情况说明没有引用佐证页', severity: 'warning', basis: REVIEW, says: '{indicator}：达标情况说明没有引用佐证页。请注明出自哪件材料第几页。' },
  'proof.unmarked': { name: '没有标出印证处', severity: 'warning', basis: HOUSE, says: '《{title}》有{pages}页，没有标出印证处：请在关键语句下划线。' },
  'unit.spelling': { name: '单位名称写法不一', severity: 'warning', basis: HOUSE, says: '{unit}有{count}种写法：{spellings}。请统一，或登记为别名。' },
  'figures.contradict': { name: '数字前后不一', severity: 'warning', basis: REVIEW, says: '{indicator}：{year}年的数字前后不一：{one}；{other}。请核对以哪个为准。' },
  'unit.overdue': { name: '单位逾期', severity: 'warning', basis: PLAN, says: '{unit}的期限{due}已过{sent}，还有{count}项没有完成：{indicators}。请催办。' },
  'retention.unset': { name: '没有选定保管期限', severity: 'warning', basis: FILING, says: '有{count}件材料没有选定保管期限（如《{title}》）：请按本单位保管期限表选定。' },
  'retention.unlisted': { name: '保管期限不在本单位表中', severity: 'warning', basis: FILING, says: '《{title}》的保管期限“{retention}”不在本单位保管期限表中：请核对。' },
} as const satisfies Readonly<Record<string, RuleEntry>>;

export type RuleId = keyof typeof ruleTable;

/** What a letter asks a unit for, in the order in which letters group it. */
export const requestKinds = ['材料', '数据和达标', '签认和答复'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** Which of them the finding of a rule asks for. */
export function kindOfRequest(rule: string): RequestKind {
  if (/^(?:value|verdict)\./u.test(rule)) return '数据和达标';
  return /^(?:sign-off\.lead|declaration\.(?:unanswered|yes|unsigned)|review\.unanswered)$/u.test(rule) ? '签认和答复' : '材料';
}

const entries: Readonly<Record<string, RuleEntry>> = ruleTable;

/** What a finding's rule is called; the id itself where another version of the program wrote it. */
export const nameOfRule = (rule: string): string => entries[rule]?.name ?? rule;

/** Whether findings of a rule tell of what is still to come rather than of a contradiction. */
export const isPending = (rule: string): boolean => entries[rule]?.pending === true;

/** What a finding is to whoever reads it: a contradiction, something still to come, or a warning. */
export type FindingKind = 'error' | 'pending' | 'warning';

export const kindOfFinding = ({ rule, severity }: { readonly rule: string; readonly severity: 'error' | 'warning' }): FindingKind => (severity === 'warning' ? 'warning' : isPending(rule) ? 'pending' : 'error');
