import { halfWidth } from './block.ts';
import type { Draft } from './draft.ts';
import { writeNumeral } from './marker.ts';
import { firstSentence, isForbidding, labelLinesOf, sectionKind } from './outline.ts';
import type { Outline, OutlineNode } from './outline.ts';
import { add, isLabelLine, readResponsibility, takeResponsibility } from './responsibility.ts';
import type { Responsibility } from './responsibility.ts';
import { findBounds, findTarget, findTrend } from './target-phrase.ts';

interface Told {
  /** Paragraphs without what they say of responsibility. */
  readonly body: readonly string[];
  readonly responsibility: Responsibility | null;
  readonly words: string;
}

/** Reads head and following lines of a node: what is said, and who answers for it. */
function tell(paragraphs: readonly string[], firstLeads: boolean): Told {
  return paragraphs.reduce<Told>(
    (told, paragraph) => {
      const taken = isLabelLine(paragraph) ? { rest: '', responsibility: readResponsibility(paragraph, firstLeads), words: paragraph } : takeResponsibility(paragraph, firstLeads);
      const both = taken.responsibility === null ? told.responsibility : told.responsibility === null ? taken.responsibility : add(told.responsibility, taken.responsibility);
      return { body: taken.rest.trim() === '' ? told.body : [...told.body, taken.rest.trim()], responsibility: both, words: [told.words, taken.words].filter((words) => words !== '').join('\n') };
    },
    { body: [], responsibility: null, words: '' },
  );
}

const isMeasurable = (text: string): boolean => findBounds(text).length > 0 || findTrend(text, '') !== null || /完成[^。]{0,20}(?:任务|目标)/u.test(text);

/** Whether a node, or anything below it, says who answers or what is to be reached. */
const isAnswerable = (node: OutlineNode, firstLeads: boolean): boolean =>
  tell([node.head, ...node.lines], firstLeads).responsibility !== null || node.children.some((child) => isAnswerable(child, firstLeads));

/** What is said of one indicator beyond this is no longer its target. */
const LONGEST_ITEM = 6000;

/** Indicators among the numbered paragraphs of a document. */
export const draftsOfOutline = ({ sections }: Outline, firstLeads: boolean): readonly Draft[] => {
  // A bare numbered list is taken whole where any of it is an indicator: what it lacks is then asked, not dropped.
  const bare = sections.some((section) => section.marker.level >= 3 && isAnswerable(section, firstLeads));
  return sections.flatMap((section) => (section.marker.level >= 3 ? (bare ? draftsOfItem(section, { code: '一', name: '指标' }, 'assessed', firstLeads) : []) : draftsOfSection(section, firstLeads)));
};

function draftsOfSection(section: OutlineNode, firstLeads: boolean): readonly Draft[] {
  const kind = sectionKind(section.head);
  const own = { code: writeNumeral(section.marker.number), name: firstSentence(section.head) };
  switch (kind) {
    case 'schedule':
    case 'other':
      return [];
    case 'not-applicable':
      return itemsOf(section).flatMap(({ item }) => draftsOfItem(item, { code: 'N', name: '不涉及' }, 'not-applicable', firstLeads));
    case 'forbidding':
      return [forbiddingDraft(section, own, null, firstLeads)];
    case 'tasks': {
      if (!isAnswerable(section, firstLeads) && !itemsOf(section).some(({ item }) => isMeasurable(item.head))) return [];
      return itemsOf(section).flatMap(({ item, group }) => {
        const place = group === null ? own : { code: writeNumeral(group.marker.number), name: firstSentence(group.head) };
        if (group !== null && sectionKind(group.head) === 'not-applicable') return draftsOfItem(item, { code: 'N', name: '不涉及' }, 'not-applicable', firstLeads);
        return draftsOfItem(item, place, 'assessed', firstLeads);
      });
    }
    default:
      return kind satisfies never;
  }
}

/** The items of a section: its 1. 2. 3. under their （一）, or its （一）（二） where there are no narrower numbers that could be items. */
function itemsOf(section: OutlineNode): readonly { readonly item: OutlineNode; readonly group: OutlineNode | null }[] {
  return section.children.flatMap((child): readonly { readonly item: OutlineNode; readonly group: OutlineNode | null }[] => {
    if (child.marker.level > 2) return [{ item: child, group: null }];
    const numbered = child.children.filter((grandchild) => grandchild.marker.level === 3);
    return numbered.length > 0 ? numbered.map((item) => ({ item, group: child })) : [{ item: child, group: null }];
  });
}

function draftsOfItem(item: OutlineNode, group: Draft['group'], section: Draft['section'], firstLeads: boolean): readonly Draft[] {
  if (section === 'assessed' && isForbidding(item.head)) return [forbiddingDraft(item, group, item.marker.number, firstLeads)];
  const own = tell([item.head, ...item.lines], firstLeads);
  const parts = item.children.map((child) => ({ child, told: tell([child.head, ...child.lines, ...child.children.flatMap((grandchild) => [grandchild.head, ...grandchild.lines])], firstLeads) }));
  const answered = parts.filter(({ told }) => told.responsibility !== null);
  const areIndicators = parts.length > 1 && (answered.length > 1 || (answered.length === 1 && parts.every(({ told }) => isMeasurable(told.body.join('。')))) || (answered.length === 0 && parts.every(({ told }) => isMeasurable(told.body.join('。')))));
  const number = item.marker.number;
  if (!areIndicators) {
    const all = parts.reduce<Told>((sum, { told }) => ({ body: [...sum.body, ...told.body], responsibility: join(sum.responsibility, told.responsibility), words: [sum.words, told.words].filter((words) => words !== '').join('\n') }), own);
    return [{
      section, group, number, part: null, decimal: item.marker.decimal,
      kind: section === 'not-applicable' ? 'not-applicable' : 'assessed',
      heading: own.body[0] ?? item.head, text: all.body.join('\n').slice(0, LONGEST_ITEM), targetText: '', declarations: [],
      responsibility: all.responsibility, responsibilityWords: all.words, doubts: [],
    }];
  }
  // One set of units below the last part, none elsewhere: it may be meant for all of them.
  const shared = answered.length === 1 && parts.at(-1)?.told === answered[0]?.told ? answered[0] : undefined;
  return parts.map(({ child, told }): Draft => {
    const responsibility = told.responsibility ?? own.responsibility ?? shared?.told.responsibility ?? null;
    const assumed = told.responsibility === null && own.responsibility === null && shared !== undefined;
    return {
      section, group, number, part: child.marker.number, decimal: child.marker.decimal,
      kind: section === 'not-applicable' ? 'not-applicable' : 'assessed',
      heading: told.body[0] ?? child.head, text: told.body.join('\n'), targetText: '', declarations: [],
      responsibility, responsibilityWords: told.words === '' ? own.words || (shared?.told.words ?? '') : told.words,
      doubts: assumed ? ['这一项没有单独写责任单位，现按同组最后一项的单位，请确认。'] : [],
    };
  });
}

const join = (one: Responsibility | null, other: Responsibility | null): Responsibility | null => (one === null ? other : other === null ? one : add(one, other));

/** A list of situations: each child, or each (1)…(2)… within the paragraph, is one. Units at its foot are the list's. */
function forbiddingDraft(node: OutlineNode, group: Draft['group'], number: number | null, firstLeads: boolean): Draft {
  const situations = node.children.map((child) => child.head);
  const inline = situations.length > 0 ? [] : halfWidth(node.head).split(/\(\d{1,2}\)|[①-⑳]/u).slice(1);
  const feet = [...node.lines, ...node.children.flatMap((child) => [...labelLinesOf(child), ...child.lines.filter((line) => !isLabelLine(line))])];
  const told = tell([node.head, ...feet], firstLeads);
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
  const sentence = headingSentence(heading);
  const found = findTarget(draft.kind, sentence, sentence);
  const cut = found.from > 0 ? sentence.slice(0, found.from) : sentence;
  const name = cut
    .replace(/\s*[(\uff08][^()\uff08\uff09]*$/u, '')
    .replace(/[,\uff0c、:\uff1a\s]+$/u, '')
    .replace(/(?:(?:应当?|须|需|要|要求|力争|确保|总体|全部|均)?(?:达到|达|保持在|稳定在|控制在|保持|不得?|目标值?为?|目标|为))$/u, '')
    .replace(/(?:应当?|需要|须|力争|确保|均|要求)$/u, '')
    .replace(/[,\uff0c、:\uff1a\s]+$/u, '')
    .trim();
  // What is to be done first, the quantity last: 制定考核办法,生态文明工作占考核的比例.
  const tail = draft.kind === 'assessed' && found.from > 0 ? (name.split(/[,\uff0c]/u).at(-1)?.trim() ?? '') : '';
  if (tail !== name && tail.length >= 4 && /(?:率|比例|占比|比重|度|量|指数|面积|浓度)$/u.test(tail)) return tail;
  return name === '' ? sentence : name;
};
