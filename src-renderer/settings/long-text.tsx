import { Modal, Spin } from 'antd';
import type { ReactNode } from 'react';

/** A text too long for a page, shown whole and read-only; null while it is being fetched. */
export function LongText({ title, text, onClose, footer, testId }: { readonly title: string; readonly text: string | null; readonly onClose: () => void; readonly footer: ReactNode; readonly testId: string }) {
  return (
    <Modal open title={title} onCancel={onClose} footer={footer} width={860}>
      {text === null ? (
        <Spin />
      ) : (
        // Focusable, so that the keyboard can scroll it.
        <pre className="long-text" tabIndex={0} data-testid={testId}>
          {text}
        </pre>
      )}
    </Modal>
  );
}
