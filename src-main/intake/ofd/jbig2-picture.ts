import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { fail, ok } from '../../domain/result.ts';
import { withPdf } from '../pdf-document.ts';
import { trouble } from '../trouble.ts';

const magic = [0x97, 0x4a, 0x42, 0x32, 0x0d, 0x0a, 0x1a, 0x0a];
const pageInformation = 48;
const mostPixels = 80_000_000;

/**
 * Pixels of a JBIG2 file (ITU-T T.88 annex D), or null. The decoder is the one that pdf.js has for PDF: the segments are wrapped
 * into a page of one picture..
 */
export async function readJbig2(bytes: Uint8Array): Promise<Canvas | null> {
  if (!magic.every((value, index) => bytes[index] === value)) return null;
  const flags = bytes[8] ?? 0;
  // Random-access files part headers from data; makers of OFD write sequential ones.
  if ((flags & 1) === 0) return null;
  const segments = bytes.subarray((flags & 2) === 0 ? 13 : 9);
  const size = findPageSize(segments);
  if (size === undefined || size.width * size.height > mostPixels) return null;
  const drawn = await withPdf(wrapIntoPdf(segments, size), async (pdf) => {
    const page = await pdf.getPage(1);
    const canvas = createCanvas(size.width, size.height);
    await page.render({ canvas, viewport: page.getViewport({ scale: 1 }), background: '#ffffff' }).promise;
    return canvas.width > 0 ? ok(canvas) : fail(trouble('file-damaged', 'JBIG2'));
  });
  return drawn.ok ? drawn.value : null;
}

/** Width and height from the page information segment (T.88 §7.4.8), found by walking the segment headers (§7.2). */
function findPageSize(segments: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const view = new DataView(segments.buffer, segments.byteOffset, segments.byteLength);
  for (let at = 0, count = 0; at + 11 <= segments.length && count < 1000; count += 1) {
    const number = view.getUint32(at);
    const flags = view.getUint8(at + 4);
    const short = view.getUint8(at + 5) >> 5;
    const references = short === 7 ? view.getUint32(at + 5) & 0x1fffffff : short;
    const referenceSize = number <= 256 ? 1 : number <= 65_536 ? 2 : 4;
    const behind = at + 5 + (short === 7 ? 4 + Math.ceil((references + 1) / 8) : 1) + references * referenceSize + ((flags & 0x40) === 0 ? 1 : 4);
    if (behind + 4 > segments.length) return undefined;
    const length = view.getUint32(behind);
    if ((flags & 0x3f) === pageInformation && behind + 12 <= segments.length) {
      const [width, height] = [view.getUint32(behind + 4), view.getUint32(behind + 8)];
      return width > 0 && height > 0 && height < 0xffffffff ? { width, height } : undefined;
    }
    if (length === 0xffffffff) return undefined;
    at = behind + 4 + length;
  }
  return undefined;
}

function wrapIntoPdf(segments: Uint8Array, { width, height }: { readonly width: number; readonly height: number }): Uint8Array {
  const content = `${width} 0 0 ${height} 0 0 cm /I Do`;
  const objects: readonly (readonly Uint8Array[])[] = [
    [Buffer.from('<< /Type /Catalog /Pages 2 0 R >>')],
    [Buffer.from('<< /Type /Pages /Count 1 /Kids [3 0 R] >>')],
    [Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>`)],
    [Buffer.from(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`)],
    [Buffer.from(`<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode /Length ${segments.length} >>\nstream\n`), segments, Buffer.from('\nendstream')],
  ];
  const parts: Uint8Array[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let offset = 9;
  for (const [index, object] of objects.entries()) {
    offsets.push(offset);
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), ...object, Buffer.from('\nendobj\n')]);
    parts.push(whole);
    offset += whole.length;
  }
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${offset}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(parts));
}
