/**
 * What leaves an archive and comes back: packs for units and second workstations, their merge, and what was handed over.
 *
 *     const written = await writePack(archive, { kind: 'task', unit: '区教育体育局', out: '/media/usb/区教育体育局.cdpack', … });
 *     const opened = await openPackAsArchive('/media/usb/区教育体育局.cdpack', folder, { actor });   // on the unit's workstation
 *     const merged = await mergePack(archive, '/media/usb/报送.cdpack', { actor });                 // back in the office
 */
export { applyMerge, decideConflict, oursNow, type DecideTrouble, type MergeCounts } from './apply-merge.ts';
export { commonPast, mergeArchive } from './merge-archive.ts';
export { mergePack, openPackAsArchive, type MergeReport, type TakeInOptions } from './merge-pack.ts';
export { mergeRows, type MergeInput, type MergePlan, type MergeSide } from './merge-rows.ts';
export { readHistories } from './read-histories.ts';
export { PACK_EXTENSION, checkCode } from './pack-manifest.ts';
export type { ExchangeTrouble, PackTrouble } from './pack-trouble.ts';
export { openPack, type OpenPack } from './read-pack.ts';
export { readUnitScope } from './unit-scope.ts';
export { writePack, type PackRequest, type WrittenPack } from './write-pack.ts';
export { fileNameOf } from './file-name.ts';
export { writeForms, type FormsRequest, type WrittenForms } from './forms-folder.ts';
export { mergeForms, readFilledForms, type FilledForms, type FormsReport, type TableReader } from './merge-forms.ts';
export { withUnpacked } from './unpack-zip.ts';
export { atBorder } from './at-border.ts';
export { isMergedKind, type MergedKind } from './merge-fields.ts';
export { compareVersions, type Comparison, type Difference } from './compare-versions.ts';
export { READING_ROOM, writePackage, type PackageRequest } from './submission-package.ts';
export { verifyBag, type BagReport } from './verify-bag.ts';
export { readVersion, type Version } from './version.ts';
