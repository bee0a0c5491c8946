import type { MeasureText } from '../domain/page-drawing.ts';
import type { PhotoFacts } from '../domain/snapshot.ts';
import { breakLines, cleanText } from './line-breaking.ts';

const names: readonly (readonly [keyof PhotoFacts, string])[] = [
  ['time', '时间'],
  ['place', '地点'],
  ['people', '人物'],
  ['subject', '主题'],
  ['background', '背景'],
  ['occasion', '事由'],
];

/**
 * The lines under a photo: its title, then the facts that are known (DA/T 50). Wrapped to `width` millimetres in `kai` at `size`
 * points; an unknown fact has no line.
 */
export function describePhoto(title: string, facts: PhotoFacts | null, width: number, size: number, measure: MeasureText): readonly string[] {
  const known = facts === null ? [] : names.flatMap(([field, name]) => (facts[field] === '' ? [] : [`${name}：${facts[field]}`]));
  return [title, ...known].filter((line) => line !== '').flatMap((line) => breakLines(cleanText(line), width, (piece) => measure(piece, 'kai', size)));
}
