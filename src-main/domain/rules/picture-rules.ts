import { groupBy } from '../group-by.ts';
import type { EvidenceFacts, MeetingFacts, MeetingPart, PageFacts, PhotoFacts } from '../snapshot.ts';
import { forFiled } from './evidence-rules.ts';
import { nameOf } from './rule-context.ts';
import type { Rule, RuleContext, RuleHit } from './rule-context.ts';

const factWords: Readonly<Record<keyof PhotoFacts, string>> = { time: '时间', place: '地点', people: '人物', subject: '主题', background: '背景', occasion: '事由' };
const photoFactKeys = ['time', 'place', 'people', 'subject', 'background', 'occasion'] as const;

/** A photo tells time, place, people, subject, background, occasion. */
export const photoFacts: Rule = (context) =>
  forFiled(context, (facts) => {
    if (facts.kind !== 'photo') return null;
    const lacking = photoFactKeys.filter((key) => (facts.photoFacts?.[key] ?? '').trim() === '').map((key) => factWords[key]);
    return lacking.length === 0 ? null : { rule: 'photo.facts', words: { title: nameOf(facts), lacking: lacking.join('、') } };
  });

const A4_LONG_INCHES = 297 / 25.4;

/** A photo printed over A4 has at least the profile's dots per inch. */
export const photoResolution: Rule = (context) =>
  forFiled(context, (facts) =>
    facts.kind === 'photo' && facts.imagePixels !== null && facts.imagePixels < Math.floor(context.profile.photoDpi * A4_LONG_INCHES)
      ? { rule: 'photo.resolution', words: { title: nameOf(facts), pixels: facts.imagePixels } }
      : null,
  );

export const photoBlurred: Rule = (context) => forFiled(context, (facts) => (facts.kind === 'photo' && facts.blurred === true ? { rule: 'photo.blurred', words: { title: nameOf(facts) } } : null));

/** Blank, upside-down and duplicate pages among what is filed. */
export const scannedPages: Rule = (context) => {
  const seen = groupBy(context.snapshot.pages ?? [], (page) => page.evidenceId);
  const alike = likePages(context);
  return context.filed.flatMap(({ facts, links }) => {
    const pages = seen.get(facts.id) ?? [];
    const originals = pages.flatMap((page) => {
      const original = page.likeness === '' ? undefined : alike.get(page.likeness)?.[0];
      return original === undefined || original === page || page.blank ? [] : [{ page, original }];
    });
    const hit = (rule: RuleHit['rule'], numbers: readonly number[], others: readonly PageFacts[]): readonly RuleHit[] =>
      numbers.length === 0
        ? []
        : [{
            rule,
            indicator: links[0]?.indicator ?? null,
            evidence: facts.id,
            words: { title: nameOf(facts), pages: numbers.join('、'), others: [...new Set(others)].map((other) => `《${nameOf(context.evidence.get(other.evidenceId) ?? facts)}》第${other.page}页`).join('、') },
          }];
    return [
      ...hit('scan.blank', pages.filter((page) => page.blank).map((page) => page.page), []),
      ...hit('scan.upside-down', pages.filter((page) => page.upsideDown).map((page) => page.page), []),
      ...hit('scan.duplicate', originals.map(({ page }) => page.page), originals.map(({ original }) => original)),
    ];
  });
};

/** Pages with content that look alike, in the order in which they are filed. */
function likePages({ snapshot, filed }: RuleContext): ReadonlyMap<string, readonly PageFacts[]> {
  const place = new Map(filed.map(({ facts }, at) => [facts.id, at]));
  const pages = (snapshot.pages ?? []).filter((page) => page.likeness !== '' && !page.blank && place.has(page.evidenceId));
  return groupBy(pages.toSorted((a, b) => (place.get(a.evidenceId) ?? 0) - (place.get(b.evidenceId) ?? 0) || a.page - b.page), (page) => page.likeness);
}

const partWords: Readonly<Record<MeetingPart, string>> = { notice: '通知', 'sign-in': '签到', material: '材料', photo: '照片', minutes: '纪要' };
const meetingParts: readonly (readonly [MeetingPart, RegExp])[] = [
  ['minutes', /(?:会议)?纪要$|会议记录$/u],
  ['sign-in', /(?:会议)?签到(?:表|簿|册)?$/u],
  ['notice', /(?:会议)?的?通知$/u],
  ['photo', /(?:会议)?(?:现场)?照片$/u],
  ['material', /(?:会议)?(?:材料|讲话|议程|课件)$/u],
];

/** The meeting that a title names, without what part of it the document is; null where it names none. */
export const meetingOfTitle = (title: string): MeetingFacts | null => {
  // Most titles speak of no meeting; five patterns for each of ten thousand would be most of the rule's time.
  if (!title.includes('会') && !title.includes('培训班')) return null;
  const plain = title.normalize('NFKC').replace(/[《》[\]【】()\s]/gu, '');
  const part = meetingParts.find(([, words]) => words.test(plain));
  if (part === undefined) return null;
  const name = plain.replace(part[1], '').replace(/^.*?关于(?:组织召开|召开|举办)/u, '').replace(/会议$/u, '会');
  return /(?:会|培训班)$/u.test(name) && name.length >= 4 ? { name, part: part[0] } : null;
};

/** A meeting is proven by its notice, sign-in sheet, material, photos and minutes. */
export const meetings: Rule = ({ filed }) => {
  const parts = filed.flatMap(({ facts, links }) => {
    const meeting = facts.meeting ?? meetingOfTitle(facts.title);
    return meeting === null ? [] : [{ facts, links, meeting }];
  });
  return [...groupBy(parts, ({ meeting }) => meeting.name)].flatMap(([name, items]): readonly RuleHit[] => {
    const lacking = meetingParts.map(([part]) => part).filter((part) => !items.some(({ meeting }) => meeting.part === part));
    const first: { readonly facts: EvidenceFacts; readonly links: readonly { readonly indicator: RuleHit['indicator'] }[] } | undefined = items[0];
    return first === undefined || lacking.length === 0
      ? []
      : [{ rule: 'meeting.incomplete', indicator: first.links[0]?.indicator ?? null, evidence: first.facts.id, words: { meeting: name, lacking: lacking.map((part) => partWords[part]).join('、') } }];
  });
};
