import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';

/** The earliest time a ZIP entry can bear: the same in every file, so that equal papers are equal bytes. */
const zipEpoch = '1980-01-01T00:00:00';
const xmlEpoch = '1980-01-01T00:00:00Z';

/** Takes the time of writing out of a DOCX package and the process's own counts. */
export function settlePackage(bytes: Uint8Array): Uint8Array {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    entries[name] = [settleEntry(name, content), { mtime: zipEpoch, level: 6 }];
  }
  return zipSync(entries);
}

function settleEntry(name: string, content: Uint8Array): Uint8Array {
  if (name === 'docProps/core.xml') {
    return strToU8(strFromU8(content).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/gu, `$1${xmlEpoch}`));
  }
  return name === 'word/document.xml' ? strToU8(numberBookmarks(strFromU8(content))) : content;
}

/** The library counts bookmarks over all documents of a process: here they are counted from 1 in each. */
function numberBookmarks(xml: string): string {
  const numbers = new Map<string, number>();
  return xml.replace(/(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")(\d+)"/gu, (_match, before: string, id: string) => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return `${before}${number}"`;
  });
}
