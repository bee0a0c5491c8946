/** A volume, or a run of items, as it goes into a box. */
export interface BoxContent {
  /** Volume number. */
  readonly volume: number;
  /** 件号 of its first and last item. */
  readonly firstItem: number;
  readonly lastItem: number;
  /** Sheets of paper, the unnumbered ones included. */
  readonly sheets: number;
  readonly year: number;
  readonly organ: string;
  readonly retention: string;
}

export interface PlannedBox {
  /** 盒号, from 1. */
  readonly no: number;
  /** Spine width, millimetres. */
  readonly width: number;
  readonly year: number;
  readonly organ: string;
  readonly retention: string;
  readonly firstItem: number;
  readonly lastItem: number;
  readonly volumes: readonly number[];
  /** Millimetres that the contents fill. */
  readonly thickness: number;
  /** One volume thicker than the widest box: it must be divided. */
  readonly overfull: boolean;
}

export interface BoxSizes {
  /** Spine widths the office has, millimetres. */
  readonly widths: readonly number[];
  readonly sheetsPerMm: number;
  /** Millimetres that a volume's covers take. */
  readonly perVolume: number;
}

/**
 * Fills boxes in the given order. A box never mixes years, 机构 or retention (DA/T 22-2015 §5.6); it has the narrowest spine that
 * holds its contents.
 */
export function planBoxes(contents: readonly BoxContent[], sizes: BoxSizes): readonly PlannedBox[] {
  const widths = sizes.widths.toSorted((a, b) => a - b);
  const widest = widths.at(-1);
  if (widest === undefined) throw new RangeError('an office must have at least one box width');
  const thicknessOf = (content: BoxContent): number => content.sheets / sizes.sheetsPerMm + sizes.perVolume;
  const boxes: BoxContent[][] = [];
  let filled = 0;
  for (const content of contents) {
    const open = boxes.at(-1);
    const first = open?.[0];
    const isAlike = first !== undefined && first.year === content.year && first.organ === content.organ && first.retention === content.retention;
    const thickness = thicknessOf(content);
    if (open !== undefined && isAlike && filled + thickness <= widest) {
      open.push(content);
      filled += thickness;
    } else {
      boxes.push([content]);
      filled = thickness;
    }
  }
  return boxes.flatMap((box, index): PlannedBox[] => {
    const [first, last] = [box[0], box.at(-1)];
    if (first === undefined || last === undefined) return [];
    const thickness = box.reduce((sum, content) => sum + thicknessOf(content), 0);
    return [
      {
        no: index + 1,
        width: widths.find((width) => width >= thickness) ?? widest,
        year: first.year,
        organ: first.organ,
        retention: first.retention,
        firstItem: first.firstItem,
        lastItem: last.lastItem,
        volumes: box.map(({ volume }) => volume),
        thickness,
        overfull: thickness > widest,
      },
    ];
  });
}
