import type { CallOutput } from '../../src-main/contract/index.ts';

export type FieldReading = CallOutput<'evidence.read'>['readings'][number];

/** Below this a reading is not filled in, only offered. */
const DOUBTFUL = 0.7;
/** Below this a reading is not held against what stands in the field. */
const OFFERED = 0.5;

/** Where a value was read: `第2页`, or the file's own record where it was on no page. */
export const placeOf = (reading: FieldReading): string => (reading.page === 0 ? '文件信息' : `第${reading.page}页`);

interface ReadingNoteProps {
  /** Whether a person wrote what stands in the field. */
  readonly typed: boolean;
  readonly reading: FieldReading | undefined;
  /** What stands in the field. */
  readonly value: string;
  readonly disabled: boolean;
  readonly onTake: (value: string) => void;
}

/** Under a field: where its value was read, or a doubtful reading to take over with one click. */
export function ReadingNote({ typed, reading, value, disabled, onTake }: ReadingNoteProps) {
  if (typed && value !== '') {
    return (
      <span className="evidence-reading" data-testid="typed-by-hand">
        由您填写
      </span>
    );
  }
  if (reading === undefined) return null;
  const words = `${placeOf(reading)}“${reading.text.length > 40 ? `${reading.text.slice(0, 40)}…` : reading.text}”`;
  if (reading.value === value) {
    return (
      <span className="evidence-reading" title={reading.text} data-testid={`reading-${reading.field}`}>
        {reading.confidence < DOUBTFUL ? '把握不大，' : ''}读自{words}
      </span>
    );
  }
  // What came after the item was filed, or is no more than the file's name, takes nothing's place by itself.
  if (value !== '' && (reading.page === 0 || reading.confidence < OFFERED)) return null;
  return (
    <span className="evidence-reading" title={reading.text} data-testid={`reading-${reading.field}`}>
      {value === '' ? '可能是' : '读出的是'}
      <button type="button" className="plain-button evidence-offer" disabled={disabled} onClick={() => onTake(reading.value)}>
        {reading.value}
      </button>
      （{words}）
    </span>
  );
}
