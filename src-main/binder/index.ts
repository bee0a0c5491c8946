/**
 * The binder: PDF files, scans and drawn pages in, one numbered volume out, at the speed of copying. It knows page plans, nothing of
 * indicators. Describe a volume (`BindPlan`), plan it (`planBinding`: everything is counted, nothing written), write it
 * (`writeVolume`).
 */
export type { BindError, BindErrorCode, Result } from './bind-error.ts';
export { BindFailure } from './bind-error.ts';
export {
  LOWER_DUPLEX_NUMBERS,
  UPPER_DUPLEX_NUMBERS,
  pageNumberText,
  type BindPlan,
  type BindProgress,
  type BoundPlan,
  type BoundSection,
  type BoundSource,
  type DrawnSection,
  type FilingStamp,
  type HeaderLine,
  type ImagePlacement,
  type ItemNumbering,
  type LaidOutSection,
  type NumberStamp,
  type NumberingProfile,
  type PageNumbers,
  type PlacedSource,
  type ProofMark,
  type Section,
  type SourceItem,
  type SourceKind,
  type SourceNote,
  type VolumeInfo,
  type Watermark,
  type WriteOptions,
  type WrittenSource,
  type WrittenVolume,
} from './bind-plan.ts';
export { loadFonts, type Fonts } from './fonts.ts';
export { inspectSource, type SourceFacts } from './inspect-source.ts';
export { pageLabelTexts } from './page-labels.ts';
export { planBinding, planBindingSteps } from './plan-binding.ts';
export { rebindVolume, type FormerVolume, type ReboundVolume } from './rebind-volume.ts';
export type { PictureStore } from './parted-picture.ts';
export { compareVolumes, identifyPlan, recordVolume, type RecordedSection, type SheetChange, type VolumeChanges, type VolumeRecord } from './volume-record.ts';
export { writeVolume } from './write-volume.ts';
