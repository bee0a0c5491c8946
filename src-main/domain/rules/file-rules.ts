import type { EvidenceFacts } from '../snapshot.ts';
import { forFiled } from './evidence-rules.ts';
import { nameOf } from './rule-context.ts';
import type { Rule } from './rule-context.ts';
import type { RuleId } from './rule-table.ts';

/** A draft proves nothing. */
export const drafts: Rule = (context) => forFiled(context, (facts) => (facts.draft ? { rule: 'evidence.draft', words: { title: nameOf(facts) } } : null));

/** 正式发文 bears 文号, 责任者 and 日期. */
export const documentFacts: Rule = (context) =>
  forFiled(context, (facts) => {
    if (facts.kind !== 'official-document') return null;
    const lacking = [facts.documentNumber === '' ? '文号' : '', facts.issuer === '' ? '责任者' : '', /^\d{4}-\d{2}-\d{2}$/u.test(facts.date) ? '' : '成文日期'].filter((name) => name !== '');
    return lacking.length === 0 ? null : { rule: 'document.facts', words: { title: nameOf(facts), lacking: lacking.join('、') } };
  });

const integrityRules: Readonly<Record<EvidenceFacts['integrity'], RuleId | null>> = { ok: null, changed: 'file.changed', unreadable: 'file.unreadable', encrypted: 'file.encrypted' };

/** Files unchanged since they were attached, readable, not encrypted. */
export const integrity: Rule = (context) =>
  forFiled(context, (facts) => {
    const rule = integrityRules[facts.integrity];
    return rule === null ? null : { rule, words: { title: nameOf(facts) } };
  });

/** 密级 other than none. `无`, `非密` and the like say that there is none. */
export const secrecy: Rule = (context) =>
  forFiled(context, (facts) => (/秘密|机密|绝密/u.test(facts.secrecy) && !/非|无/u.test(facts.secrecy) ? { rule: 'secrecy.marked', words: { title: nameOf(facts), secrecy: facts.secrecy } } : null));

/** 18-digit personal numbers in the text. */
export const personalId: Rule = (context) => forFiled(context, (facts) => (facts.hasPersonalId ? { rule: 'privacy.personal-id', words: { title: nameOf(facts) } } : null));

/** Long documents want the proving passage marked. */
export const proofMarks: Rule = (context) =>
  forFiled(context, (facts) =>
    facts.pages >= context.profile.longDocumentPages && facts.proofMarks === 0 && facts.kind !== 'photo' ? { rule: 'proof.unmarked', words: { title: nameOf(facts), pages: facts.pages } } : null,
  );

/** 保管期限 is a person's choice: what was not chosen is told once, what the office's table does not know each time. */
export const retention: Rule = (context) => {
  const unset = context.filed.filter(({ facts }) => facts.retention === '');
  const first = unset[0];
  return [
    ...(first === undefined ? [] : [{ rule: 'retention.unset' as const, indicator: null, evidence: null, words: { count: unset.length, title: nameOf(first.facts) } }]),
    ...forFiled(context, (facts) =>
      facts.retention !== '' && !context.profile.retentions.includes(facts.retention) ? { rule: 'retention.unlisted', words: { title: nameOf(facts), retention: facts.retention } } : null,
    ),
  ];
};
