import { buffer } from 'node:stream/consumers';
import { strFromU8, unzipSync } from 'fflate';
import { ZipFile } from 'yazl';

/** The earliest time a ZIP entry can bear: the same in every file, so that equal papers are equal bytes. */
const zipEpoch = new Date('1980-01-01T00:00:00');
const xmlEpoch = '1980-01-01T00:00:00Z';

/** Takes the time of writing, random names and the process's own counts out of a DOCX package; `edit` changes its XML on the way. */
export async function settlePackage(bytes: Uint8Array, edit: (name: string, xml: string) => string = (_name, xml) => xml): Promise<Uint8Array> {
  const parts = unzipSync(bytes);
  const settled = new ZipFile();
  for (const [name, content] of Object.entries(parts)) {
    // A package needs no entries for folders.
    if (name.endsWith('/')) continue;
    settled.addBuffer(Buffer.from(await settlePart(name, content, parts, edit)), name, { mtime: zipEpoch, mode: 0o100644, forceDosTimestamp: true, compressionLevel: 6 });
  }
  settled.end();
  return buffer(settled.outputStream);
}

async function settlePart(name: string, content: Uint8Array, parts: Readonly<Record<string, Uint8Array>>, edit: (name: string, xml: string) => string): Promise<Uint8Array> {
  // A chart carries its figures as a workbook, a package of its own.
  if (name.endsWith('.xlsx')) return settlePackage(content);
  if (!/\.(?:xml|rels)$/u.test(name)) return content;
  const relations = name.endsWith('.rels') ? content : parts[name.replace(/([^/]+)$/u, '_rels/$1.rels')];
  const named = edit(name, relations === undefined ? strFromU8(content) : nameRelations(strFromU8(content), strFromU8(relations)));
  if (name === 'docProps/core.xml') return Buffer.from(named.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/gu, `$1${xmlEpoch}`));
  return Buffer.from(name === 'word/document.xml' ? numberAgain(numberAgain(named, bookmarkIds), drawingIds) : named);
}

/** Relations that the library named at random are named by their place. */
function nameRelations(xml: string, relations: string): string {
  const ids = [...relations.matchAll(/<Relationship\b[^>]*?\bId="([^"]+)"/gu)].map((match) => match[1] ?? '');
  return ids.reduce((text, id, index) => (/^rId\d+$/u.test(id) ? text : text.replaceAll(`"${id}"`, `"rIdN${index + 1}"`)), xml);
}

const bookmarkIds = /(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")(\d+)"/gu;
const drawingIds = /(<wp:docPr\b[^>]*?\bid=")(\d+)"/gu;

/** The library counts over all documents of a process: here from 1 in each. */
function numberAgain(xml: string, pattern: RegExp): string {
  const numbers = new Map<string, number>();
  return xml.replace(pattern, (_match, before: string, id: string) => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return `${before}${number}"`;
  });
}
