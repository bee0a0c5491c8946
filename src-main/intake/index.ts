/**
 * Evidence in. Files are walked, recognised by content, looked into and read; what reads hostile bytes for long runs in a process of
 * its own. Nothing here writes to an archive: the service copies, hashes and files.
 */
export { trouble, intakeErrorCodes, type IntakeErrorCode, type IntakeTrouble } from './trouble.ts';
export { cleanFileName, plainFileName } from './file-name.ts';
export { walkInput, type Walked } from './walk-input.ts';
export { recognise, type Recognised } from './recognise.ts';
export { approximatedHere, bindableKinds, convertedHere, lookInto, type LookedInto, type LookOptions } from './look-into.ts';
export type { ImageFacts, Orientation } from './image-header.ts';
export { WorkerPool, type TaskOptions, type WorkerPoolOptions } from './worker-pool.ts';
export type { Conversion, ExtractedText, PageFrame, PageImage, PageLook, PageOfFile, PageText, RecognisedPage, TextItem } from './worker-protocol.ts';
export { findOffice } from './find-office.ts';
export { convertByOffice, convertedByOffice, type OfficeOptions, type OfficeTask } from './office-converter.ts';
export type { ConversionFonts } from './ofd/font-shelf.ts';
export { normaliseText } from './normalise-text.ts';
export { guessMetadata, type Guess, type GuessedMetadata } from './guess-metadata.ts';
export { suggestIndicators, type Described, type Learned, type Suggestion } from './suggest-indicators.ts';
export { findDamagedModels } from './ocr/models.ts';
export { isPlacedText } from './worker-protocol.ts';
export { findPersonalIds, isPersonalId } from './personal-id.ts';
export { readDocxTables } from './office-text.ts';
export { withPackage } from './package-reader.ts';
export { comparePrints, countDifferentBits, differInDetail, mayBeCopy, mayBeRescan, type PrintDifference } from './image-likeness.ts';
