import { Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';

interface SavedFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onSave: (value: string) => void;
  /** Why a text cannot be taken, or empty. */
  readonly check?: (value: string) => string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly multiline?: boolean;
  readonly testId?: string;
  readonly note?: ReactNode;
}

/** A labelled line that is saved when it is left or Enter is pressed; Escape brings the saved text back. */
export function SavedField({ label, value, onSave, check, disabled = false, placeholder, multiline = false, testId, note }: SavedFieldProps) {
  // While it is being typed the text is the field's own; else it is what is saved.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const trouble = typed === null ? '' : (check?.(typed.trim()) ?? '');
  const save = (): void => {
    if (typed === null || trouble !== '') return;
    setTyped(null);
    if (typed.trim() !== value) onSave(typed.trim());
  };
  const shared = { value: text, disabled, placeholder, status: trouble === '' ? ('' as const) : ('error' as const), onBlur: save, 'data-testid': testId };
  return (
    <label className="saved-field">
      <span className="saved-label">{label}</span>
      {multiline ? (
        <Input.TextArea
          {...shared}
          autoSize={{ minRows: 1, maxRows: 5 }}
          onChange={(event) => setTyped(event.target.value.replaceAll('\n', ''))}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
              event.preventDefault();
              save();
            }
            if (event.key === 'Escape') setTyped(null);
          }}
        />
      ) : (
        <Input
          {...shared}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={save}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped(null);
          }}
        />
      )}
      {trouble === '' ? note : <span className="saved-trouble">{trouble}</span>}
    </label>
  );
}
