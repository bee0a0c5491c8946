import type { Severity } from '../finding.ts';

/** A rule as data: how heavy it weighs, what it rests on, and the sentence of a finding with {places} for its particulars. */
export interface RuleEntry {
  readonly severity: Severity;
  readonly basis: string;
  /** Where it is and what to do. */
  readonly says: string;
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
  'evidence.missing': { severity: 'error', basis: PLAN, says: '{indicator}缺{year}“{requirement}”：请导入材料并挂到本指标{year}。' },
  'evidence.date': { severity: 'error', basis: PLAN, says: '《{title}》日期{date}，不在所证明的{year}年内：请核对日期，或改挂到对应年度。' },
  'evidence.draft': { severity: 'error', basis: FILING, says: '《{title}》是草稿，不能作为佐证：请换成正式印发的文本。' },
  'document.facts': { severity: 'error', basis: DOCUMENT, says: '正式发文《{title}》缺{lacking}：请对照原件填写。' },
  'value.missing': { severity: 'error', basis: PLAN, says: '{indicator}没有填报{year}年数值：请填写数值和出处。' },
  'value.source': { severity: 'error', basis: PLAN, says: '{indicator}{year}年数值没有写明{lacking}：请指定出自哪件材料的第几页。' },
  'value.source-page': { severity: 'error', basis: PLAN, says: '{indicator}{year}年数值出处写第{page}页，而《{title}》只有{pages}页：请改正页码。' },
  'value.unit': { severity: 'error', basis: PLAN, says: '{indicator}：{because}。请按目标的单位重新填写。' },
  'value.ratio': { severity: 'error', basis: PLAN, says: '{indicator}：{because}。请核对数值、分子和分母。' },
  'value.doubtful': { severity: 'error', basis: PLAN, says: '{indicator}：{because}。请核对后重新填写。' },
  'value.parts-missing': { severity: 'warning', basis: PLAN, says: '{indicator}是比率，{years}没有填分子和分母，无法重算：请补填。' },
  'verdict.unmet': { severity: 'error', basis: PLAN, says: '{indicator}未达标：{because}。请核对数据，或整改后重新举证。' },
  'verdict.missing': { severity: 'error', basis: PLAN, says: '{indicator}无法判定：{because}。请补齐。' },
  'verdict.judge': { severity: 'error', basis: PLAN, says: '{indicator}需要人工判定：{because}。请负责人写明判定和理由。' },
  'superior.documents': { severity: 'error', basis: PLAN, says: '{indicator}缺{year}年{requirement}：完成上级考核任务要同时附任务文件和考核结果。' },
  'certificate.missing': { severity: 'error', basis: CERTIFICATES, says: '{indicator}缺{unit}出具的不涉及证明：请打印证明模板，盖章后导入。' },
  'certificate.unit': { severity: 'error', basis: CERTIFICATES, says: '{indicator}的证明《{title}》由“{issuer}”出具，应由{unit}出具：请更换或更正责任者。' },
  'certificate.seal': { severity: 'error', basis: CERTIFICATES, says: '{indicator}的证明《{title}》没有盖章：请盖章后重新扫描导入，或核对后标明已盖章。' },
  'declaration.unanswered': { severity: 'error', basis: FORBIDDEN, says: '{indicator}第{number}种情形没有回答：{situation}。请如实回答有或无。' },
  'declaration.yes': { severity: 'error', basis: FORBIDDEN, says: '{indicator}第{number}种情形回答为有：{situation}。存在此情形不得申请。' },
  'declaration.unsigned': { severity: 'error', basis: FORBIDDEN, says: '{indicator}第{number}种情形的回答没有签字人：请填写签字人。' },
  'declaration.certificate': { severity: 'error', basis: FORBIDDEN, says: '{indicator}第{numbers}种情形没有附证明：请为它附上证明，或挂一件合并证明。' },
  'plan.validity': { severity: 'error', basis: REVIEW, says: '{indicator}：{because}。请附有效的规划，或填明日期和有效期。' },
  'plan.approval': { severity: 'error', basis: REVIEW, says: '{indicator}没有附规划的批准实施文件：请导入并挂到本指标。' },
  'sign-off.lead': { severity: 'error', basis: PLAN, says: '{indicator}牵头单位{unit}还没有签认：请该单位核对后签认。' },
  'sign-off.assist': { severity: 'error', basis: PLAN, says: '{indicator}协办单位{unit}没有报送材料，也没有声明无材料：请催报或登记其声明。' },
  'numbering.pages': { severity: 'error', basis: VOLUME, says: '第{volume}卷页号不连续：{where}是{found}页，应是{expected}页。请重新装订。' },
  'numbering.order': { severity: 'error', basis: VOLUME, says: '第{volume}卷顺序号不连续：第{expected}个位置写的是{found}。请改正目录，或恢复自动生成的目录。' },
  'numbering.index': { severity: 'error', basis: VOLUME, says: '第{volume}卷第{order}件《{title}》目录写{indexed}页，实际打印{stamped}页：请改正目录，或恢复自动生成的目录后重新装订。' },
  'numbering.totals': { severity: 'error', basis: VOLUME, says: '第{volume}卷备考表写{statedItems}件{statedPages}页，卷内实有{items}件{pages}页：请改正备考表，或恢复自动生成的备考表后重新装订。' },
  'code.duplicate': { severity: 'error', basis: FILING, says: '档号{code}用了{times}次：请改正封面和目录上的档号。' },
  'code.gap': { severity: 'error', basis: FILING, says: '“{series}”中缺{missing}号：编号应连续，请改正封面和目录上的档号。' },
  'box.mixed': { severity: 'error', basis: FILING, says: '第{box}盒混装了不同的{mixed}：一盒只装同一年度、机构和保管期限的文件，请分盒。' },
  'file.changed': { severity: 'error', basis: FILING, says: '《{title}》导入后被改动过：请从原件重新导入。' },
  'file.unreadable': { severity: 'error', basis: FILING, says: '《{title}》打不开：请换一份完好的文件。' },
  'file.encrypted': { severity: 'error', basis: FILING, says: '《{title}》加了密码：请去掉密码后重新导入。' },
  'secrecy.marked': { severity: 'error', basis: '中华人民共和国保守国家秘密法', says: '《{title}》标有密级“{secrecy}”，不得放入申报档案：请移出，另按保密规定办理。' },
  'privacy.personal-id': { severity: 'error', basis: '中华人民共和国个人信息保护法', says: '《{title}》含有身份证号码：请遮盖后重新导入。' },
  'review.unanswered': { severity: 'error', basis: REVIEW, says: '第{round}轮审核意见还没有答复：{text}。请整改并附材料答复。' },
  'evidence.reused': { severity: 'warning', basis: REVIEW, says: '《{title}》同时用于{places}：请确认确实都能证明，或各附专门材料。' },
  'photo.facts': { severity: 'warning', basis: HOUSE, says: '照片《{title}》缺{lacking}：请补全说明。' },
  'photo.resolution': { severity: 'warning', basis: HOUSE, says: '照片《{title}》长边{pixels}像素，印在A4上不足200 dpi：请换清晰的原图。' },
  'photo.blurred': { severity: 'warning', basis: HOUSE, says: '照片《{title}》模糊：请换清晰的照片。' },
  'scan.blank': { severity: 'warning', basis: FILING, says: '《{title}》第{pages}页是空白页：空白页不编页号，请核对或删去。' },
  'scan.upside-down': { severity: 'warning', basis: FILING, says: '《{title}》第{pages}页倒置：请转正。' },
  'scan.duplicate': { severity: 'warning', basis: FILING, says: '《{title}》第{pages}页与{others}相同：请核对是否重复扫描。' },
  'meeting.incomplete': { severity: 'warning', basis: HOUSE, says: '会议“{meeting}”缺{lacking}：请补齐通知、签到、材料、照片、纪要。' },
  'report.missing': { severity: 'warning', basis: REVIEW, says: '{indicator}还没有写达标情况说明：请撰写。' },
  'report.no-figures': { severity: 'warning', basis: REVIEW, says: '{indicator}的达标情况说明没有数据：请写明各年数值。' },
  'report.no-citations': { severity: 'warning', basis: REVIEW, says: '{indicator}的达标情况说明没有引用佐证页：请注明出自哪件材料第几页。' },
  'proof.unmarked': { severity: 'warning', basis: HOUSE, says: '《{title}》有{pages}页，没有标出印证处：请在关键语句下划线。' },
  'unit.spelling': { severity: 'warning', basis: HOUSE, says: '{unit}有{count}种写法：{spellings}。请统一，或登记为别名。' },
  'figures.contradict': { severity: 'warning', basis: REVIEW, says: '{indicator}{year}年的数字前后不一：{one}；{other}。请核对以哪个为准。' },
  'unit.overdue': { severity: 'warning', basis: PLAN, says: '{unit}的期限{due}已过，还有{count}项没有完成：{indicators}。请催办。' },
  'retention.unset': { severity: 'warning', basis: FILING, says: '有{count}件材料没有选定保管期限（如《{title}》）：请按本单位保管期限表选定。' },
  'retention.unlisted': { severity: 'warning', basis: FILING, says: '《{title}》的保管期限“{retention}”不在本单位保管期限表中：请核对。' },
} as const satisfies Readonly<Record<string, RuleEntry>>;

export type RuleId = keyof typeof ruleTable;
