import type { Catalog, Indicator } from '../catalog.ts';
import type { EvidenceId, IndicatorCode } from '../ids.ts';
import type { JudgeData } from '../judge.ts';
import type { LinkedEvidence, RequirementSlot } from '../requirement-slots.ts';
import type { DeclarationFacts, EvidenceFacts, ReportFacts, SignOffFacts, Snapshot, ValueFacts } from '../snapshot.ts';
import type { Judgement } from '../target.ts';
import type { RuleId } from './rule-table.ts';

/** One answer of a rule, without its words: which rule, about what, and the particulars that its sentence names. */
export interface RuleHit {
  readonly rule: RuleId;
  readonly indicator: IndicatorCode | null;
  readonly evidence: EvidenceId | null;
  readonly words: Readonly<Record<string, string | number>>;
  /** Who must act, where it is not the units that lead the indicator; empty where it is the office that compiles. */
  readonly units?: readonly string[];
}

/** One indicator with all that was filed and said for it. */
export interface IndicatorCase {
  readonly indicator: Indicator;
  /** `5.1 县城污水处理率`. */
  readonly label: string;
  readonly linked: readonly LinkedEvidence[];
  readonly slots: readonly RequirementSlot[];
  readonly values: readonly ValueFacts[];
  readonly declarations: readonly DeclarationFacts[];
  readonly signOffs: readonly SignOffFacts[];
  readonly report: ReportFacts | null;
  readonly judgement: Judgement;
}

/** Everything that rules look at, indexed once. */
export interface RuleContext {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly cases: readonly IndicatorCase[];
  readonly evidence: ReadonlyMap<EvidenceId, EvidenceFacts>;
  /** Evidence that is linked somewhere, each once with its links, in filing order. What is linked nowhere is not in the dossier. */
  readonly filed: readonly { readonly facts: EvidenceFacts; readonly links: readonly LinkedEvidence['link'][] }[];
  readonly inForce: JudgeData['inForce'];
  readonly resolveUnit: (name: string) => string;
  readonly profile: RuleProfile;
}

/** What offices set differently (domain: *profile*). */
export interface RuleProfile {
  /** Documents of at least so many pages want a proof mark. */
  readonly longDocumentPages: number;
  readonly photoDpi: number;
  /** 保管期限 that the office's own table knows. */
  readonly retentions: readonly string[];
}

export const defaultRuleProfile: RuleProfile = { longDocumentPages: 20, photoDpi: 200, retentions: ['永久', '30年', '10年'] };

/** A rule: pure, tells all it finds. Several ids may share a function where they are seen in one look. */
export type Rule = (context: RuleContext) => readonly RuleHit[];

/** What a piece of evidence is called in a sentence. */
export const nameOf = ({ title, fileName }: Pick<EvidenceFacts, 'title' | 'fileName'>): string => (title === '' ? fileName : title);

/** The same where several bear one title: the issuer tells them apart, or else the file's name. */
export const nameAmong = (facts: EvidenceFacts, others: readonly EvidenceFacts[]): string => {
  const name = nameOf(facts);
  const alike = others.filter((other) => other.id !== facts.id && nameOf(other) === name);
  if (alike.length === 0) return name;
  const differs = (field: 'issuer' | 'fileName'): boolean => facts[field] !== '' && alike.every((other) => other[field] !== facts[field]);
  const mark = differs('issuer') ? facts.issuer : differs('fileName') ? facts.fileName : `第${others.indexOf(facts) + 1}件`;
  return `${name}（${mark}）`;
};
