import type { EvidenceFacts, FileKind } from './snapshot.ts';

type Named = Pick<EvidenceFacts, 'fileKind' | 'title' | 'fileName'>;

const pictureKinds: ReadonlySet<FileKind> = new Set(['jpeg', 'png', 'tiff', 'webp', 'bmp', 'heic']);

/** Words by which a picture's name says that it is a photograph; a list or a description of photographs is none. */
const photoWords = /照片|实景|现场图|合影|留影/u;
const aboutPhotos = /照片(?:说明|目录|清单|登记表|一览表)/u;

/** Whether a picture's file is named as a photograph. */
export const isNamedPhoto = ({ fileKind, title, fileName }: Named): boolean => {
  const name = `${title} ${fileName}`;
  return pictureKinds.has(fileKind) && photoWords.test(name) && !aboutPhotos.test(name);
};

/** What an item counts as: a picture named as a photograph is one as long as nobody has said what it is. */
export const effectiveKind = (facts: Named & Pick<EvidenceFacts, 'kind'>): EvidenceFacts['kind'] => facts.kind ?? (isNamedPhoto(facts) ? 'photo' : null);

/** A picture of which nobody has said whether it is a photograph or a scanned page, and whose name does not tell. */
export const isUnsettledPicture = (facts: Named & Pick<EvidenceFacts, 'kind'>): boolean => pictureKinds.has(facts.fileKind) && effectiveKind(facts) === null;
