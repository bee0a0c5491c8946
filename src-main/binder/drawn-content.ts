import { MM_PER_POINT, type Color, type DrawOp, type FontRole } from '../domain/page-drawing.ts';
import type { FontBook } from './font-book.ts';
import { formatNumber } from './serialize.ts';

const POINT_PER_MM = 1 / MM_PER_POINT;
/** Distance of a Bézier's control points that makes a quarter circle. */
const CIRCLE = 0.5522847498;
const BLACK: Color = [0, 0, 0];

/** Content stream text and the fonts it needs. Coordinates given are millimetres from the top left, y downwards. */
export class ContentPainter {
  private readonly book: FontBook;
  private readonly height: number;
  private readonly prefix: string;
  readonly usedFonts = new Set<number>();
  text = '';

  /** `height` of the page in millimetres; `prefix` begins every resource name. */
  constructor(book: FontBook, height: number, prefix = 'Cd') {
    this.book = book;
    this.height = height;
    this.prefix = prefix;
  }

  /** Draws everything but links, which are annotations. */
  drawOps(ops: readonly DrawOp[]): void {
    for (const op of ops) this.drawOp(op);
  }

  drawText(options: { readonly x: number; readonly y: number; readonly text: string; readonly font: FontRole; readonly size: number; readonly color?: Color; readonly spacing?: number; readonly rotate?: number }): void {
    const runs = this.book.encode(options.text, options.font);
    if (runs.length === 0) return;
    const matrix = `${rotationText(options.rotate ?? 0)} ${this.x(options.x)} ${this.y(options.y)} Tm`;
    let body = `BT ${options.color === undefined ? '0 0 0 rg' : colorText(options.color, 'rg')} ${options.spacing === undefined ? '' : `${formatNumber(options.spacing)} Tc `}`;
    runs.forEach((run, i) => {
      this.usedFonts.add(run.font);
      body += `/${this.prefix}${run.font} ${formatNumber(options.size)} Tf ${i === 0 ? `${matrix} ` : ''}<${run.hex}> Tj `;
    });
    this.text += `${body}${options.spacing === undefined ? '' : '0 Tc '}ET\n`;
  }

  private drawOp(op: DrawOp): void {
    switch (op.op) {
      case 'text':
        this.drawText(op);
        return;
      case 'line': {
        const dash = op.dash === undefined ? '' : `[${op.dash.map((part) => formatNumber(part * POINT_PER_MM)).join(' ')}] 0 d `;
        const path = `${this.x(op.x1)} ${this.y(op.y1)} m ${this.x(op.x2)} ${this.y(op.y2)} l S`;
        this.text += `q ${dash}${this.pen(op.color ?? BLACK, op.width)}${path} Q\n`;
        return;
      }
      case 'rect':
        this.paint(`${this.x(op.x)} ${this.y(op.y + op.h)} ${length(op.w)} ${length(op.h)} re`, op);
        return;
      case 'ellipse':
        this.paint(this.ellipsePath(op.cx, op.cy, op.rx, op.ry), op);
        return;
      case 'polygon': {
        const path = op.points.map(([x, y], i) => `${this.x(x)} ${this.y(y)} ${i === 0 ? 'm' : 'l'}`).join(' ');
        if (op.points.length > 1) this.paint(op.closed ? `${path} h` : path, op);
        return;
      }
      case 'link':
        return;
      default:
        op satisfies never;
    }
  }

  private paint(path: string, style: { readonly stroke?: Color; readonly strokeWidth?: number; readonly fill?: Color }): void {
    const operator = style.fill !== undefined && style.stroke !== undefined ? 'B' : style.fill !== undefined ? 'f' : style.stroke !== undefined ? 'S' : 'n';
    const fill = style.fill === undefined ? '' : `${colorText(style.fill, 'rg')} `;
    const pen = style.stroke === undefined ? '' : this.pen(style.stroke, style.strokeWidth ?? 0.2);
    this.text += `q ${fill}${pen}${path} ${operator} Q\n`;
  }

  private pen(color: Color, width: number): string {
    return `${colorText(color, 'RG')} ${length(width)} w `;
  }

  private ellipsePath(cx: number, cy: number, rx: number, ry: number): string {
    const dx = rx * CIRCLE;
    const dy = ry * CIRCLE;
    const point = (x: number, y: number): string => `${this.x(x)} ${this.y(y)}`;
    return (
      `${point(cx + rx, cy)} m ${point(cx + rx, cy + dy)} ${point(cx + dx, cy + ry)} ${point(cx, cy + ry)} c ` +
      `${point(cx - dx, cy + ry)} ${point(cx - rx, cy + dy)} ${point(cx - rx, cy)} c ` +
      `${point(cx - rx, cy - dy)} ${point(cx - dx, cy - ry)} ${point(cx, cy - ry)} c ` +
      `${point(cx + dx, cy - ry)} ${point(cx + rx, cy - dy)} ${point(cx + rx, cy)} c h`
    );
  }

  private x(millimetres: number): string {
    return formatNumber(millimetres * POINT_PER_MM);
  }

  private y(millimetres: number): string {
    return formatNumber((this.height - millimetres) * POINT_PER_MM);
  }
}

function rotationText(degrees: number): string {
  if (degrees === 0) return '1 0 0 1';
  const angle = (degrees * Math.PI) / 180;
  const cos = formatNumber(Math.cos(angle));
  const sin = Math.sin(angle);
  return `${cos} ${formatNumber(sin)} ${formatNumber(-sin)} ${cos}`;
}

const length = (millimetres: number): string => formatNumber(millimetres * POINT_PER_MM);

export const colorText = (color: Color, operator: 'rg' | 'RG'): string => `${color.map(formatNumber).join(' ')} ${operator}`;
