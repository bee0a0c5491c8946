import { halfWidth } from './block.ts';
import type { Draft, Question } from './draft.ts';
import { writeNumeral } from './marker.ts';
import { firstSentence, isForbidding, labelLinesOf, sectionKind } from './outline.ts';
import type { Outline, OutlineNode } from './outline.ts';
import { add, isLabelLine, namesSomebody, readResponsibility, readStandard, rolesNamed, takeResponsibility } from './responsibility.ts';
import type { Legend, Responsibility } from './responsibility.ts';
import { findBounds, findTarget, findTrend } from './target-phrase.ts';

interface Told {
  /** Paragraphs without what they say of responsibility. */
  readonly body: readonly string[];
  /** What stands under a label of its own about the target: `考核标准:≤10%`. */
  readonly standards: readonly string[];
  readonly responsibility: Responsibility | null;
  readonly words: string;
}

/** Reads head and following lines of a node: what is said, and who answers for it. */
function tell(paragraphs: readonly string[], legend: Legend): Told {
  const beside = rolesNamed(paragraphs.filter(isLabelLine));
  return paragraphs.reduce<Told>(
    (told, paragraph) => {
      const taken = isLabelLine(paragraph) ? { rest: '', responsibility: readResponsibility(paragraph, legend, beside), words: paragraph } : takeResponsibility(paragraph, legend, beside);
      const standard = readStandard(taken.rest);
      const both = taken.responsibility === null ? told.responsibility : told.responsibility === null ? taken.responsibility : add(told.responsibility, taken.responsibility);
      return { body: taken.rest.trim() === '' ? told.body : [...told.body, taken.rest.trim()], standards: standard === null || standard === '' ? told.standards : [...told.standards, standard], responsibility: both, words: [told.words, taken.words].filter((words) => words !== '').join('\n') };
    },
    { body: [], standards: [], responsibility: null, words: '' },
  );
}

const isMeasurable = (text: string): boolean => findBounds(text).length > 0 || /(?:率|比例|占比|比重)[:\s]*\d/u.test(halfWidth(text)) || findTrend(text, '') !== null || /完成[^。]{0,20}(?:任务|目标)/u.test(text);

/** Whether a node, or anything below it, says who answers or what is to be reached. */
const isAnswerable = (node: OutlineNode, legend: Legend): boolean =>
  namesSomebody(tell([node.head, ...node.lines], legend).responsibility) || node.children.some((child) => isAnswerable(child, legend));

/** What holds for all items below a heading. */
interface Context {
  readonly legend: Legend;
  /** Units that a group's or section's heading names for all that stands below it. */
  readonly shared: Told | null;
}

/** Whether units stand under labels, not only in running text, in most of a section's items: then it lists tasks, whatever its heading says. */
const listsTasks = (section: OutlineNode): boolean => {
  const items = itemsOf(section).map(({ item }) => item);
  const labelled = (node: OutlineNode): boolean => rolesNamed([node.head, ...node.lines]).lead || node.lines.some(isLabelLine) || node.children.some(labelled);
  return items.length > 1 && items.filter(labelled).length * 2 > items.length;
};

/** What is said of one indicator beyond this is no longer its target. */
const LONGEST_ITEM = 6000;

/** Indicators among the numbered paragraphs of a document. */
export const draftsOfOutline = ({ sections }: Outline, legend: Legend): readonly Draft[] => {
  const context: Context = { legend, shared: null };
  // A bare numbered list is taken whole where any of it is an indicator: what it lacks is then asked, not dropped.
  const bare = sections.some((section) => section.marker.level >= 3 && isAnswerable(section, legend));
  return sections.flatMap((section) => (section.marker.level >= 3 ? (bare ? draftsOfItem(section, { code: '一', name: '指标' }, 'assessed', context) : []) : draftsOfSection(section, context)));
};

function draftsOfSection(section: OutlineNode, outer: Context): readonly Draft[] {
  const { legend } = outer;
  const kind = sectionKind(section.head);
  const context = withShared(outer, section);
  const own = { code: writeNumeral(section.marker.number), name: nameOfGroup(section, legend) };
  switch (kind) {
    case 'schedule':
      return [];
    case 'not-applicable':
      return itemsOf(section).flatMap(({ item }) => draftsOfItem(item, { code: 'N', name: '不涉及' }, 'not-applicable', context));
    case 'forbidding':
      return [forbiddingDraft(section, own, null, legend)];
    case 'other':
    case 'tasks': {
      if (kind === 'other' && !listsTasks(section)) return [];
      if (!isAnswerable(section, legend) && !itemsOf(section).some(({ item }) => isMeasurable(item.head))) return [];
      const items = itemsOf(section);
      const groups = new Map(items.flatMap(({ group }) => (group === null ? [] : [[group, { context: withShared(context, group), place: { code: writeNumeral(group.marker.number), name: nameOfGroup(group, legend) } }] as const])));
      return askOnce(items.flatMap(({ item, group }) => {
        const within = group === null ? undefined : groups.get(group);
        if (group !== null && sectionKind(group.head) === 'not-applicable') return draftsOfItem(item, { code: 'N', name: '不涉及' }, 'not-applicable', within?.context ?? context);
        return draftsOfItem(item, within?.place ?? own, 'assessed', within?.context ?? context);
      }));
    }
    default:
      return kind satisfies never;
  }
}

/** Sections that are not read as tasks although they state figures to be reached: asked about, each once. */
export const questionsOfUnread = ({ sections }: Outline): readonly Question[] =>
  sections.flatMap((section): readonly Question[] => {
    const kind = sectionKind(section.head);
    if ((kind !== 'other' && kind !== 'schedule') || (kind === 'other' && listsTasks(section))) return [];
    const sentences = textsBelow(section).flatMap((text) => text.split(/[。;\uff1b]/u)).filter((sentence) => findBounds(sentence).some(({ bound, bare }) => !bare && bound.unit !== ''));
    return sentences.length === 0 ? [] : [{ where: firstSentence(section.head), sentence: sentences.slice(0, 3).join('；'), asks: '这一节写了要达到的数值，没有作为指标读入；请核对是否另有指标。' }];
  });

const textsBelow = (node: OutlineNode): readonly string[] => [node.head, ...node.lines, ...node.children.flatMap(textsBelow)];

const INHERITED = '单位写在本组标题下，没有逐项写；组内各项现都按这些单位，请确认。';

/** What is asked of a whole group is asked at its first item only. */
function askOnce(drafts: readonly Draft[]): readonly Draft[] {
  const asked = new Set<string>();
  return drafts.map((draft) => {
    if (!draft.doubts.includes(INHERITED)) return draft;
    if (asked.has(draft.group.name)) return { ...draft, doubts: draft.doubts.filter((doubt) => doubt !== INHERITED) };
    asked.add(draft.group.name);
    return draft;
  });
}

/** Only a group's own paragraphs count: its heading, and what follows it before its first item. */
function withShared(outer: Context, node: OutlineNode): Context {
  const told = tell([node.head, ...node.lines], outer.legend);
  return namesSomebody(told.responsibility) ? { ...outer, shared: told } : outer;
}

const nameOfGroup = (node: OutlineNode, legend: Legend): string => firstSentence(takeResponsibility(node.head, legend).rest).replace(/[\s,\uff0c(\uff08]+$/u, '');

/** The items of a section: its 1. 2. 3. under their （一）, or its （一）（二） where there are no narrower numbers that could be items. */
function itemsOf(section: OutlineNode): readonly { readonly item: OutlineNode; readonly group: OutlineNode | null }[] {
  const direct = new Map(underDecimals(section.children.filter((child) => child.marker.level > 2)).map((placed) => [placed.item, placed]));
  return section.children.flatMap((child): readonly { readonly item: OutlineNode; readonly group: OutlineNode | null }[] => {
    if (child.marker.level > 2) return [direct.get(child) ?? []].flat();
    const numbered = child.children.filter((grandchild) => grandchild.marker.level === 3);
    return numbered.length > 0 ? underDecimals(numbered).map(({ item, group }) => ({ item, group: group ?? child })) : [{ item: child, group: null }];
  });
}

/** `1.1 生态安全` over `1.1.1 …`: a bare decimal whose number the next ones go on is the heading of a group, not an indicator. */
function underDecimals(nodes: readonly OutlineNode[]): readonly { readonly item: OutlineNode; readonly group: OutlineNode | null }[] {
  const isBare = ({ head, lines, children }: OutlineNode): boolean => lines.length === 0 && children.length === 0 && head.length <= 30 && !/[。;\uff1b:\uff1a]|牵头|负责|责任/u.test(head) && !isMeasurable(head);
  const headings = nodes.filter((node, at) => node.marker.decimal !== '' && isBare(node) && nodes[at + 1]?.marker.decimal.startsWith(`${node.marker.decimal}.`) === true);
  return nodes.flatMap((item) => {
    if (headings.includes(item)) return [];
    const group = headings.find(({ marker }) => item.marker.decimal.startsWith(`${marker.decimal}.`));
    return [{ item, group: group === undefined ? null : { ...group, marker: { ...group.marker, number: Number(group.marker.decimal.split('.').at(-1)) } } }];
  });
}

/** Who answers for an item: whom it names, and what it leaves open of its group's. */
function answerFor(told: Told, { shared }: Context): { readonly responsibility: Responsibility | null; readonly words: string; readonly doubts: readonly string[] } {
  if (shared === null || shared.responsibility === null || (told.responsibility !== null && told.responsibility.lead.length > 0)) return { responsibility: told.responsibility, words: told.words, doubts: [] };
  const own = told.responsibility;
  const assist = own !== null && own.assist.length > 0 ? own.assist : shared.responsibility.assist;
  return { responsibility: { lead: shared.responsibility.lead, assist, note: own?.note ?? '', doubts: own?.doubts ?? [] }, words: [shared.words, told.words].filter((words) => words !== '').join('\n'), doubts: [INHERITED] };
}

function draftsOfItem(item: OutlineNode, group: Draft['group'], section: Draft['section'], context: Context): readonly Draft[] {
  const { legend } = context;
  if (section === 'assessed' && isForbidding(item.head)) return [forbiddingDraft(item, group, item.marker.number, legend)];
  const own = tell([item.head, ...item.lines], legend);
  const parts = item.children.map((child) => ({ child, told: tell([child.head, ...child.lines, ...child.children.flatMap((grandchild) => [grandchild.head, ...grandchild.lines])], legend) }));
  const answered = parts.filter(({ told }) => namesSomebody(told.responsibility));
  const areIndicators = parts.length > 1 && (answered.length > 1 || (answered.length === 1 && parts.every(({ told }) => isMeasurable(told.body.join('。')))) || (answered.length === 0 && parts.every(({ told }) => isMeasurable(told.body.join('。')))));
  const number = item.marker.number;
  const base = { section, group, number, kind: section === 'not-applicable' ? ('not-applicable' as const) : ('assessed' as const), declarations: [] };
  if (!areIndicators) {
    const all = parts.reduce<Told>((sum, { told }) => ({ body: [...sum.body, ...told.body], standards: [...sum.standards, ...told.standards], responsibility: join(sum.responsibility, told.responsibility), words: [sum.words, told.words].filter((words) => words !== '').join('\n') }), own);
    const answer = answerFor(all, context);
    return [{
      ...base, part: null, decimal: item.marker.decimal, heading: headingOf(own, item), text: all.body.join('\n').slice(0, LONGEST_ITEM), targetText: all.standards.join('\n'),
      responsibility: answer.responsibility, responsibilityWords: answer.words, doubts: answer.doubts,
    }];
  }
  // One set of units below the last part, none elsewhere: it may be meant for all of them.
  const last = answered.length === 1 && parts.at(-1)?.told === answered[0]?.told ? answered[0] : undefined;
  return parts.map(({ child, told }): Draft => {
    const answer = answerFor(told, namesSomebody(own.responsibility) ? { ...context, shared: null } : context);
    const responsibility = answer.responsibility ?? own.responsibility ?? last?.told.responsibility ?? null;
    const assumed = answer.responsibility === null && own.responsibility === null && last !== undefined;
    return {
      ...base, part: child.marker.number, decimal: child.marker.decimal, heading: headingOf(told, child), text: told.body.join('\n'), targetText: told.standards.join('\n'),
      responsibility, responsibilityWords: answer.words === '' ? own.words || (last?.told.words ?? '') : answer.words,
      doubts: [...answer.doubts, ...(assumed ? ['这一项没有单独写责任单位，现按同组最后一项的单位，请确认。'] : [])],
    };
  });
}

const headingOf = (told: Told, node: OutlineNode): string => told.body.find((paragraph) => readStandard(paragraph) === null) ?? told.body[0] ?? node.head;

const join = (one: Responsibility | null, other: Responsibility | null): Responsibility | null => (one === null ? other : other === null ? one : add(one, other));

/** A list of situations: each child, or each (1)…(2)… within the paragraph, is one. Units at its foot are the list's. */
function forbiddingDraft(node: OutlineNode, group: Draft['group'], number: number | null, legend: Legend): Draft {
  const situations = node.children.map((child) => child.head);
  const inline = situations.length > 0 ? [] : halfWidth(node.head).split(/\(\d{1,2}\)|[①-⑳]/u).slice(1);
  const feet = [...node.lines, ...node.children.flatMap((child) => [...labelLinesOf(child), ...child.lines.filter((line) => !isLabelLine(line))])];
  const told = tell([node.head, ...feet], legend);
  return {
    section: 'assessed', group, number, part: null, decimal: node.marker.decimal, kind: 'declarations',
    heading: firstSentence(node.head), text: node.head, targetText: '',
    declarations: [...situations, ...inline].map((text) => text.replace(/[;\uff1b。.\s]+$/u, '').trim()).filter((text) => text !== ''),
    responsibility: told.responsibility, responsibilityWords: told.words,
    doubts: [],
  };
}

/** `以下指标我区不涉及:A、B、C。`: indicators listed in a sentence. */
export const draftsOfSentences = (paragraphs: readonly string[]): readonly Draft[] =>
  paragraphs.flatMap((paragraph) => {
    const list = /(?:不涉及|不适用)[^。:\uff1a]{0,20}指标[^。:\uff1a]{0,24}[:\uff1a]\s*([^。]+)|([^。;\uff1b]*?)(?:等[^。]{0,10})?指标[^。]{0,8}(?:不涉及|不适用)/u.exec(paragraph);
    const words = list?.[1] ?? list?.[2];
    if (words === undefined) return [];
    const names = words.replace(/^.*?(?:其中|因此)[,\uff0c]?/u, '').split(/[、;\uff1b]/u).map((name) => name.trim()).filter((name) => name.length >= 3 && name.length <= 40);
    return names.length < 2 && list?.[1] === undefined ? [] : names.map((name, at): Draft => ({
      section: 'not-applicable', group: { code: 'N', name: '不涉及' }, number: at + 1, part: null, decimal: '', kind: 'not-applicable', heading: name, text: name, targetText: '', declarations: [], responsibility: null, responsibilityWords: paragraph, doubts: [],
    }));
  });

/** A heading up to its first full stop; up to a colon unless only a figure follows it. */
const headingSentence = (heading: string): string => {
  const whole = /^[^。;\uff1b\n]*/u.exec(heading)?.[0].trim() ?? heading;
  return /[:\uff1a]\s*[\d≥≤>=<]/u.test(whole) ? whole : firstSentence(heading);
};

/** The name in a heading: without target, punctuation and the words that lead to the target. */
export const nameOfHeading = (heading: string, draft: Pick<Draft, 'kind'>): string => {
  const sentence = headingSentence(heading).replace(/[,\uff0c]\s*(?:目标值|指标值|目标要求)$/u, '');
  const found = findTarget(draft.kind, sentence, sentence);
  if (found.from <= 0) return sentence.replace(/[,\uff0c、:\uff1a\s]+$/u, '').replace(/(?:应当?|需要|须|力争|确保|均|要求)$/u, '') || sentence;
  const name = sentence
    .slice(0, found.from)
    .replace(/\s*[(\uff08][^()\uff08\uff09]*$/u, '')
    .replace(/(?:由|从)\s*\d[^,\uff0c、]*$/u, '')
    .replace(/[,\uff0c、:\uff1a\s]+$/u, '')
    .replace(/(?:(?:应当?|须|需|要|要求|力争|确保|总体|全部|均)?(?:达到|达|保持在|稳定在|控制在|保持|不得?|目标值?为?|目标|为))$/u, '')
    .replace(/(?:应当?|需要|须|力争|确保|均|要求)$/u, '')
    .replace(/[,\uff0c、:\uff1a\s]+$/u, '')
    .trim();
  // What is to be done first, the quantity last: 制定考核办法,生态文明工作占考核的比例.
  const tail = draft.kind === 'assessed' ? (name.split(/[,\uff0c]/u).at(-1)?.trim() ?? '') : '';
  if (tail !== name && tail.length >= 4 && /(?:率|比例|占比|比重|度|量|指数|面积|浓度)$/u.test(tail)) return tail;
  return name === '' ? sentence : name;
};
