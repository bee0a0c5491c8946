import { Modal } from 'antd';
import { shortcutGroups } from './shortcuts.ts';

/** All keys on one page. */
export function ShortcutsModal({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal open width={820} title="快捷键" footer={null} onCancel={onClose}>
      <div className="shortcut-groups" data-testid="shortcuts">
        {shortcutGroups.map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h3>{group.name}</h3>
            <dl>
              {group.keys.map(([keys, says]) => (
                <div key={keys}>
                  <dt>
                    <kbd>{keys}</kbd>
                  </dt>
                  <dd>{says}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
