import { A4, MM_PER_POINT } from '../domain/page-drawing.ts';
import type { BindPlan, ImagePlacement, ProofMark } from './bind-plan.ts';
import { ContentPainter } from './drawn-content.ts';
import type { ImagePage } from './image-page.ts';
import { drawStamps, type PageStamps } from './page-stamps.ts';
import type { PageGeometry } from './page-tree.ts';
import { formatNumber } from './serialize.ts';
import type { VolumeParts } from './volume-parts.ts';

const DEFAULT_PLACEMENT: ImagePlacement = { kind: 'a4', margin: 20 };
const DEFAULT_DPI = 150;
const CAPTION_SIZE = 12;
const CAPTION_LEADING = 7;
const MAX_PAGE_MM = 5080;

/** Where a picture goes on its page, millimetres from the upper left corner, the picture already upright. */
export interface PlacedImage {
  readonly pageWidth: number;
  readonly pageHeight: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function placeImage(image: ImagePage, placement: ImagePlacement = DEFAULT_PLACEMENT): PlacedImage {
  const turned = image.orientation >= 5;
  const wide = (image.width / (image.dpiX || image.dpiY || DEFAULT_DPI)) * 25.4;
  const high = (image.height / (image.dpiY || image.dpiX || DEFAULT_DPI)) * 25.4;
  const width = turned ? high : wide;
  const height = turned ? wide : high;
  if (placement.kind === 'full') {
    const scale = Math.min(1, MAX_PAGE_MM / Math.max(width, height));
    return { pageWidth: width * scale, pageHeight: height * scale, x: 0, y: 0, width: width * scale, height: height * scale };
  }
  const landscape = width > height;
  const pageWidth = landscape ? A4.height : A4.width;
  const pageHeight = landscape ? A4.width : A4.height;
  // A scan of an A4 sheet is an A4 page, not a picture on one.
  if (Math.abs(width - pageWidth) < 6 && Math.abs(height - pageHeight) < 6) return { pageWidth: width, pageHeight: height, x: 0, y: 0, width, height };
  const captionHeight = (placement.caption?.length ?? 0) * CAPTION_LEADING;
  const roomX = pageWidth - 2 * placement.margin;
  const roomY = pageHeight - 2 * placement.margin - captionHeight;
  const known = image.dpiX > 0 || image.dpiY > 0;
  const scale = Math.min(roomX / width, roomY / height, known ? 1 : Number.POSITIVE_INFINITY);
  return {
    pageWidth,
    pageHeight,
    x: (pageWidth - width * scale) / 2,
    y: placement.margin + (roomY - height * scale) / 2,
    width: width * scale,
    height: height * scale,
  };
}

/** Writes the page of one picture as object `number`. */
export async function writeImagePage(plan: BindPlan, parts: VolumeParts, image: ImagePage, placement: ImagePlacement | undefined, number: number, parent: number, stamps: PageStamps): Promise<void> {
  const { volume, fontBook } = parts;
  const placed = placeImage(image, placement);
  const painter = new ContentPainter(fontBook, placed.pageHeight);
  let names = '';
  let content = `q ${orientedMatrix(image.orientation, placed).map(formatNumber).join(' ')} cm\n`;
  let top = 0;
  for (const [i, strip] of image.strips.entries()) {
    const object = await strip.write(volume);
    names += `/I${i} ${object} 0 R`;
    const share = strip.height / image.height;
    top += share;
    content += `q 1 0 0 ${share} 0 ${1 - top < 1e-9 ? 0 : 1 - top} cm /I${i} Do Q\n`;
  }
  content += 'Q\n';
  if (placement?.kind === 'a4' && placement.caption !== undefined) drawCaption(painter, placement.caption, placed, plan);
  const geometry = geometryOf(placed);
  const drawn = drawStamps(plan, { ...stamps, proofMarks: stamps.proofMarks.map((mark) => placeMark(mark, placed)) }, geometry, fontBook, 'Cd');
  const contents = parts.writeContent(content + painter.text + drawn.text);
  const fonts = new Set([...painter.usedFonts, ...drawn.fonts]);
  const added = parts.stampResources(fonts, drawn.opacity, 'Cd');
  let resources = `/XObject<<${names}>>`;
  for (const [category, entries] of added) resources += `/${category}<<${[...entries].map(([name, value]) => `/${name} ${value}`).join('')}>>`;
  volume.writeObject(number, `<</Type/Page/Parent ${parent} 0 R/MediaBox[0 0 ${formatNumber(geometry.media.x2)} ${formatNumber(geometry.media.y2)}]/Resources<<${resources}>>/Contents ${contents} 0 R>>`);
}

/** A mark on the picture, as millimetres on its page. */
function placeMark(mark: ProofMark, placed: PlacedImage): ProofMark {
  if (mark.unit !== 'picture') return mark;
  const { x, y, w, h } = mark.rect;
  return { ...mark, unit: 'mm', rect: { x: placed.x + x * placed.width, y: placed.y + y * placed.height, w: w * placed.width, h: h * placed.height } };
}

function geometryOf(placed: PlacedImage): PageGeometry {
  const media = { x1: 0, y1: 0, x2: placed.pageWidth / MM_PER_POINT, y2: placed.pageHeight / MM_PER_POINT };
  return { media, crop: media, rotate: 0, userUnit: 1 };
}

/** From the unit square of the stored picture to the page, turned and mirrored as EXIF says. */
function orientedMatrix(orientation: number, placed: PlacedImage): readonly number[] {
  const k = 1 / MM_PER_POINT;
  const w = placed.width * k;
  const h = placed.height * k;
  const x = placed.x * k;
  const y = (placed.pageHeight - placed.y - placed.height) * k;
  switch (orientation) {
    case 2:
      return [-w, 0, 0, h, x + w, y];
    case 3:
      return [-w, 0, 0, -h, x + w, y + h];
    case 4:
      return [w, 0, 0, -h, x, y + h];
    case 5:
      return [0, -h, -w, 0, x + w, y + h];
    case 6:
      return [0, -h, w, 0, x, y + h];
    case 7:
      return [0, h, w, 0, x, y];
    case 8:
      return [0, h, -w, 0, x + w, y];
    default:
      return [w, 0, 0, h, x, y];
  }
}

function drawCaption(painter: ContentPainter, lines: readonly string[], placed: PlacedImage, plan: BindPlan): void {
  lines.forEach((text, i) => {
    const width = plan.fonts.measure(text, 'song', CAPTION_SIZE);
    painter.drawText({ x: Math.max(10, (placed.pageWidth - width) / 2), y: placed.y + placed.height + CAPTION_LEADING * (i + 1), text, font: 'song', size: CAPTION_SIZE });
  });
}
