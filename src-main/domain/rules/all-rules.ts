import { certificates, declarations, planValidity } from './certificate-rules.ts';
import { evidenceDate, evidenceMissing, evidenceReused, superiorDocuments } from './evidence-rules.ts';
import { documentFacts, drafts, integrity, personalId, proofMarks, retention, secrecy } from './file-rules.ts';
import { archivalCodes, boxes, volumeNumbers } from './numbering-rules.ts';
import { meetings, photoBlurred, photoFacts, photoResolution, scannedPages } from './picture-rules.ts';
import { figures, reports } from './report-rules.ts';
import type { Rule } from './rule-context.ts';
import { openReviews, signOffs, unitSpellings } from './unit-rules.ts';
import { missingParts, values } from './value-rules.ts';

/** Every rule that looks for itself (domain §6); verdicts and late units come after them, since they go by what the others told. */
export const allRules: readonly Rule[] = [
  evidenceMissing, superiorDocuments, evidenceDate, drafts, documentFacts,
  values, missingParts,
  certificates, declarations, planValidity,
  signOffs, unitSpellings, openReviews,
  volumeNumbers, archivalCodes, boxes,
  integrity, secrecy, personalId,
  evidenceReused, photoFacts, photoResolution, photoBlurred, scannedPages, meetings, reports, figures, proofMarks, retention,
];
