import type { VolumeInfo } from './bind-plan.ts';
import { formatText } from './serialize.ts';

const PRODUCER = '创档';

/** Document information dictionary. */
export function infoDictionary(info: VolumeInfo): string {
  const date = pdfDate(info.created);
  let text = `<</Title ${formatText(info.title)}`;
  if (info.author !== undefined) text += `/Author ${formatText(info.author)}`;
  if (info.subject !== undefined) text += `/Subject ${formatText(info.subject)}`;
  if (info.keywords !== undefined && info.keywords.length > 0) text += `/Keywords ${formatText(info.keywords.join('; '))}`;
  return `${text}/Creator ${formatText(info.creator ?? PRODUCER)}/Producer ${formatText(PRODUCER)}/CreationDate ${formatText(date)}/ModDate ${formatText(date)}>>`;
}

/** The same facts as XMP (ISO 16684-1). */
export function xmpPacket(info: VolumeInfo): string {
  const title = `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(info.title)}</rdf:li></rdf:Alt></dc:title>`;
  const author = info.author === undefined ? '' : `<dc:creator><rdf:Seq><rdf:li>${escapeXml(info.author)}</rdf:li></rdf:Seq></dc:creator>`;
  const subject = info.subject === undefined ? '' : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(info.subject)}</rdf:li></rdf:Alt></dc:description>`;
  const words = info.keywords ?? [];
  const keywords = words.length === 0 ? '' : `<dc:subject><rdf:Bag>${words.map((word) => `<rdf:li>${escapeXml(word)}</rdf:li>`).join('')}</rdf:Bag></dc:subject><pdf:Keywords>${escapeXml(words.join('; '))}</pdf:Keywords>`;
  return (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">' +
    `<dc:format>application/pdf</dc:format>${title}${author}${subject}${keywords}` +
    `<xmp:CreateDate>${escapeXml(info.created)}</xmp:CreateDate><xmp:ModifyDate>${escapeXml(info.created)}</xmp:ModifyDate><xmp:CreatorTool>${escapeXml(info.creator ?? PRODUCER)}</xmp:CreatorTool>` +
    `<pdf:Producer>${PRODUCER}</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
  );
}

/** ISO 8601 with offset to PDF's own form; a date that cannot be read becomes the epoch, never the clock. */
function pdfDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(iso);
  if (match === null) return 'D:19700101000000Z';
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = match;
  return `D:${year}${month}${day}${hour}${minute}${second}${zone === 'Z' ? 'Z' : `${zone.replace(':', "'")}'`}`;
}

function escapeXml(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
