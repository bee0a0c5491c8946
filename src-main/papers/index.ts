/**
 * What the office prints. Each paper is built in two steps: `build…Model` says what it states, `describe…` puts it in order as a
 * `Paper`. From that one description `renderPaperDocx` writes the DOCX and `layoutPaper` the pages that the binder draws.
 *
 *     const model = buildVolumeIndexModel(snapshot, volume, false);
 *     const paper = describeVolumeIndex(model, defaultProfile);
 *     const pages = layoutPaper(paper, defaultProfile, measure);
 *     const docx = await renderPaperDocx(paper, defaultProfile);
 */
export type { Paper, PaperSection, Block, Column, ContentsEntry, Table, Row, Cell } from './paper.ts';
export { hasContents } from './paper.ts';
export { parseProfile, type PaperProfile, type ProfileResult } from './profile.ts';
export { valuesOfProfile, withValue, type ProfileValue } from './profile-values.ts';
export { builtInProfiles, defaultProfile } from './built-in-profiles.ts';
export type { PaperOffice } from './office.ts';
export type { KnownBreaks } from './settle-pages.ts';
export { layoutPaper, layoutPaperSteps, layoutPaperWithAnchors, settlePaperSteps, type LaidOutPaper, type AnchorPlace } from './layout.ts';
export { draftMark } from './sheet.ts';
export { renderPaperDocx } from './docx.ts';
export type { TemplateResult } from './template.ts';
export { cleanText, breakLines } from './line-breaking.ts';
export { buildCoverModel, describeCover, gapsOfOffice, type CoverModel } from './cover.ts';
export { buildVolumeIndexModel, describeVolumeIndex, gapsOfVolumeIndex, type VolumeIndexModel, type VolumeIndexRow } from './volume-index.ts';
export { buildClosingNoteModel, describeClosingNote, gapsOfClosingNote, type ClosingNoteModel } from './closing-note.ts';
export { buildSeparatorModel, describeSeparator, type SeparatorModel } from './separator.ts';
export { buildPlaceholderModel, describePlaceholder, type PlaceholderModel } from './placeholder.ts';
export { buildReportModel, type ReportInput, type ReportModel, type ReportIndicator } from './report.ts';
export { describeReport } from './report-paper.ts';
export { buildCheckReportModel, describeCheckReport, type CheckReportModel } from './check-report.ts';
export { describeEventLog, eventLogSheet, type EventLogModel } from './event-log.ts';
export { buildReprintListModel, describeReprintList, namesOfReprinted, reprintActions, type ReprintListModel } from './reprint-list.ts';
export { buildItemCatalogModel, describeItemCatalog, type ItemCatalogModel, type ItemCatalogRow } from './item-catalog.ts';
export { buildCertificateModels, certificateFields, describeCertificate, type CertificateModel } from './certificate.ts';
export { applicationLetterFields, buildApplicationLetterModel, describeApplicationLetter, type ApplicationLetterModel } from './application-letter.ts';
export { buildSubmissionFormModels, describeSubmissionForm, type SubmissionFormModel } from './submission-form.ts';
export {
  buildReminderModels, describeReminder, gapsOfReminder, type ReminderModel, type Request, type Requests,
} from './reminder.ts';
export { buildTaskSheetModels, describeTaskSheet, type TaskSheetModel, type UnitContact } from './task-sheet.ts';
export {
  buildHandoverModel, buildRectificationModel, buildSiteVisitModel, describeHandover, describeRectification, describeSiteVisit, type HandoverModel,
  type RectificationModel, type SiteVisitModel,
} from './ledgers.ts';
export {
  describeHandOutList, describeOutstanding, describeReceipt, describeVersionList, type HandOutListModel, type OutstandingModel, type ReceiptModel, type VersionListModel,
} from './exchange-papers.ts';
export { buildBoxNoteModel, buildSpineModel, describeBoxNote, layoutSpines, type BoxNoteModel, type SpineModel } from './box-papers.ts';
export { filingStampRows, type FilingStampModel } from './filing-stamp.ts';
export { catalogSheet, renderCsv, renderXlsx, sheetsOfPaper, soundFonts, type DataSheet } from './data-sheet.ts';
export { joinPapers } from './join-papers.ts';
export { buildItemCatalogCoverModel, describeItemCatalogCover, type ItemCatalogCoverModel } from './item-catalog-cover.ts';
export { compareFacts, factsOfPaper, type FactChange } from './paper-facts.ts';
export { findOfficeFonts, type OfficeFont } from './office-fonts.ts';
export { describePhoto } from './photo-caption.ts';
export { catalogNote, catalogTitle } from './wording.ts';
