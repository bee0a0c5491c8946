import type { DrawOp, MeasureText } from '../domain/page-drawing.ts';

const RED = [0.82, 0.09, 0.1] as const;
/** Outer radius of an office's round seal, mm: 42 mm across. */
export const SEAL_RADIUS = 21;

/** A round office seal: ring, star and the office's name along the upper arc. `cx`, `cy` is its centre. */
export function drawSeal(name: string, cx: number, cy: number, measure: MeasureText, lower = ''): readonly DrawOp[] {
  const characters = [...name];
  const size = characters.length > 14 ? 12 : characters.length > 11 ? 14 : 17;
  const baseline = SEAL_RADIUS - 2 - size * 0.3528;
  // The name takes at most 260° of the ring, and stands no wider than its characters ask.
  const step = Math.min(26, 262 / Math.max(1, characters.length - 1));
  const ring = characters.map((character, at): DrawOp => {
    const angle = ((at - (characters.length - 1) / 2) * step * Math.PI) / 180;
    const half = measure(character, 'song', size) / 2;
    return {
      op: 'text',
      x: cx + baseline * Math.sin(angle) - half * Math.cos(angle),
      y: cy - baseline * Math.cos(angle) - half * Math.sin(angle),
      text: character,
      font: 'song',
      size,
      color: RED,
      rotate: (-angle * 180) / Math.PI,
    };
  });
  const star = Array.from({ length: 10 }, (_, at): readonly [number, number] => {
    const radius = at % 2 === 0 ? 6.6 : 6.6 * 0.382;
    const angle = (at * Math.PI) / 5;
    return [cx + radius * Math.sin(angle), cy - radius * Math.cos(angle)];
  });
  const foot: readonly DrawOp[] = lower === '' ? [] : [{ op: 'text', x: cx - measure(lower, 'song', 11) / 2, y: cy + 13.5, text: lower, font: 'song', size: 11, color: RED }];
  return [{ op: 'ellipse', cx, cy, rx: SEAL_RADIUS, ry: SEAL_RADIUS, stroke: RED, strokeWidth: 1.1 }, { op: 'polygon', points: star, fill: RED, closed: true }, ...ring, ...foot];
}

/** Name as it stands on the seal and under a document: the office's full name. */
export function fullUnitName(unit: string): string {
  if (unit === '区委组织部') return '中共青岛市市南区委组织部';
  if (unit === '区纪委监委') return '青岛市市南区监察委员会';
  if (unit.startsWith('区')) return `青岛市市南${unit}`;
  if (unit.startsWith('市')) return `青岛${unit}`;
  return unit;
}
