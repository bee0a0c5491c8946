import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';

/** The earliest time a ZIP entry can bear: the same in every file, so that equal papers are equal bytes. */
const zipEpoch = '1980-01-01T00:00:00';
const xmlEpoch = '1980-01-01T00:00:00Z';

/** Takes the time of writing out of a DOCX package, and switches off the space beside Latin words, which
 * the library can only do beside digits. */
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
  if (name === 'word/document.xml') {
    return strToU8(strFromU8(content).replaceAll('<w:autoSpaceDN w:val="false"/>', '<w:autoSpaceDE w:val="false"/><w:autoSpaceDN w:val="false"/>'));
  }
  return content;
}
