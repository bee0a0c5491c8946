import { turnPart } from './mark-geometry.ts';
import type { PagePart } from './mark-geometry.ts';
import './found-parts.css';

interface FoundPartsProps {
  /** For each match the parts of the upright page that it covers. */
  readonly matches: readonly (readonly PagePart[])[];
  /** Which match is the one looked at, or null. */
  readonly active: number | null;
  /** Degrees by which the view is turned clockwise. */
  readonly turn: number;
}

/** Marks words on a scanned page, over its picture. */
export function FoundParts({ matches, active, turn }: FoundPartsProps) {
  return (
    <div className="found-parts" aria-hidden="true">
      {matches.flatMap((parts, ordinal) =>
        parts.map((part, index) => (
          <span
            key={`${ordinal}:${index}`}
            className={`found-part${ordinal === active ? ' found-part-active' : ''}`}
            style={placeOf(part, turn)}
            ref={ordinal === active && index === 0 ? (element) => element?.scrollIntoView({ block: 'center', inline: 'nearest' }) : undefined}
            data-testid="found-part"
          />
        )),
      )}
    </div>
  );
}

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;

function placeOf(part: PagePart, turn: number): { readonly left: string; readonly top: string; readonly width: string; readonly height: string } {
  const { x, y, w, h } = turnPart(part, turn);
  return { left: percent(x), top: percent(y), width: percent(w), height: percent(h) };
}
