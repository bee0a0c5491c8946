import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FlowParagraph, FlowPicture, FlowRun } from './flow-model.ts';

/** How the drawing side answers for what a line is made of. */
export interface LinePen {
  readonly pen: SKRSContext2D;
  /** Canvas font string of a run. */
  readonly fontOf: (run: FlowRun) => string;
  readonly imageOf: (picture: FlowPicture) => Parameters<SKRSContext2D['drawImage']>[0] | null;
}

interface Placed {
  readonly x: number;
  readonly width: number;
  readonly piece: FlowRun | FlowPicture;
  readonly text: string;
}

/** One line of a paragraph, ready to be drawn with its upper left at a point. */
export interface LaidLine {
  readonly height: number;
  /** What its words take, without what alignment adds. */
  readonly width: number;
  readonly draw: (x: number, y: number) => void;
}

/** Marks that may not begin a line; they hang with the character before them. */
const closing = /^[，。、；：！？）】》〉」』”’…,.;:!?)\]}%％‰℃]$/u;

/** Breaks a paragraph into lines of at most `width` points. Latin words stay whole unless longer than a line; a tab reaches the next 21 points. */
export function layLines(paragraph: FlowParagraph, width: number, drawing: LinePen): readonly LaidLine[] {
  const { pen } = drawing;
  const lines: LaidLine[] = [];
  let placed: Placed[] = [];
  let at = 0;
  const room = (): number => Math.max(20, width - paragraph.left - paragraph.right - (lines.length === 0 ? paragraph.first : 0));
  const end = (last: boolean): void => {
    lines.push(makeLine(paragraph, placed, { indent: paragraph.left + (lines.length === 0 ? paragraph.first : 0), room: room(), used: at, last }, drawing));
    placed = [];
    at = 0;
  };
  const put = (piece: FlowRun | FlowPicture, text: string, wide: number): void => {
    const before = placed.at(-1);
    if (before !== undefined && before.piece === piece && text !== '') placed[placed.length - 1] = { ...before, text: before.text + text, width: before.width + wide };
    else placed.push({ x: at, width: wide, piece, text });
    at += wide;
  };
  for (const piece of paragraph.pieces) {
    if (piece.kind === 'picture') {
      const scale = Math.min(1, room() / piece.width);
      if (at > 0 && at + piece.width * scale > room()) end(false);
      put(piece, '', piece.width * scale);
      continue;
    }
    pen.font = drawing.fontOf(piece);
    for (const word of piece.text.match(/\n|\t|[!-~]{1,60}|[\s\S]/gu) ?? []) {
      if (word === '\n') {
        end(true);
        continue;
      }
      const wide = word === '\t' ? 21 - (at % 21) : pen.measureText(word).width;
      if (at > 0 && at + wide > room() + 0.5 && !closing.test(word)) {
        end(false);
        if (word === ' ') continue;
      }
      put(piece, word === '\t' ? ' ' : word, wide);
      // What is drawn after a tab begins anew at its place.
      if (word === '\t') placed.push({ x: at, width: 0, piece, text: '' });
    }
  }
  end(true);
  return lines;
}

const sizeOf = (piece: FlowRun | FlowPicture): number => (piece.kind === 'picture' ? piece.height : piece.size);

function makeLine(paragraph: FlowParagraph, placed: readonly Placed[], { indent, room, used, last }: { readonly indent: number; readonly room: number; readonly used: number; readonly last: boolean }, drawing: LinePen): LaidLine {
  const tallestPicture = placed.reduce((most, { piece, width }) => (piece.kind === 'picture' ? Math.max(most, (piece.height * width) / piece.width) : most), 0);
  const size = placed.reduce((most, { piece }) => (piece.kind === 'run' ? Math.max(most, piece.size) : most), 0) || (tallestPicture > 0 ? 0 : (paragraph.pieces.map(sizeOf)[0] ?? 12));
  const { rule, value } = paragraph.line;
  const own = size * (rule === 'times' ? 1.3 * Math.max(0.5, value) : 1.3);
  const set = rule === 'exactly' ? value : rule === 'least' ? Math.max(value, own) : own;
  // A picture is never cut, whatever the pitch says.
  const height = Math.max(set, tallestPicture);
  const slack = Math.max(0, room - used);
  const shift = paragraph.align === 'center' ? slack / 2 : paragraph.align === 'right' ? slack : 0;
  const letters = placed.reduce((sum, { text }) => sum + [...text].length, 0);
  const stretch = paragraph.align === 'both' && !last && letters > 1 && slack < room * 0.15 ? slack / (letters - 1) : 0;
  return {
    height,
    width: used,
    draw: (x, y) => {
      const { pen } = drawing;
      let before = 0;
      for (const { x: from, width, piece, text } of placed) {
        const left = x + indent + shift + from + before * stretch;
        if (piece.kind === 'picture') {
          const image = drawing.imageOf(piece);
          const tall = (piece.height * width) / piece.width;
          if (image !== null) pen.drawImage(image, left, y + height - tall, width, tall);
          continue;
        }
        if (text === '') continue;
        pen.font = drawing.fontOf(piece);
        pen.fillStyle = piece.colour;
        pen.letterSpacing = `${stretch}px`;
        const baseline = y + height / 2 + piece.size * 0.36;
        pen.fillText(text, left, baseline);
        if (piece.underline) pen.fillRect(left, baseline + piece.size * 0.12, width + stretch * [...text].length, Math.max(0.5, piece.size * 0.05));
        before += [...text].length;
      }
      pen.letterSpacing = '0px';
    },
  };
}
