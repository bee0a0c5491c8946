import { Button, Input, Modal } from 'antd';
import type { InputRef } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';

type Place = CallOutput<'shell.placeArchive'>;

/** An archive that is about to be made. */
export interface PlannedArchive {
  /** Over the box and on its button, where it is not 新建档案库. */
  readonly title?: string;
  readonly verb?: string;
  /** What it will hold: `已读出 36 项指标`. */
  readonly says: string;
  readonly name: string;
  /** File beside which it is proposed to lie; null for the user's documents. */
  readonly beside: string | null;
  /** Makes it in that folder; true once it is there. */
  readonly make: (folder: string) => Promise<boolean>;
}

interface NewArchiveModalProps {
  readonly planned: PlannedArchive;
  readonly onClose: () => void;
}

/** 名称 and 存放位置 of a new archive; the system's dialog only for another folder. */
export function NewArchiveModal({ planned, onClose }: NewArchiveModalProps) {
  const notify = useNotify();
  const field = useRef<InputRef>(null);
  const [name, setName] = useState(planned.name);
  const [place, setPlace] = useState<Place | null>(null);
  const [making, setMaking] = useState(false);
  const { beside } = planned;
  const lay = useCallback(
    async (wanted: string, parent: string | null): Promise<Place | null> => {
      const reply = await call('shell.placeArchive', { name: wanted, parent, beside });
      if (reply.ok) return reply.value;
      notify.trouble(reply.error);
      return null;
    },
    [beside, notify],
  );
  useEffect(() => {
    let wanted = true;
    void lay(planned.name, null).then((proposed) => {
      if (!wanted || proposed === null) return;
      setPlace(proposed);
      setName(proposed.name);
    });
    return () => {
      wanted = false;
    };
  }, [lay, planned.name]);
  const rename = (text: string): void => {
    setName(text);
    if (place === null) return;
    // What was typed last counts, whichever answer comes first.
    void lay(text, place.parent).then((there) => setPlace((now) => (there === null ? now : { ...there })));
  };
  const move = async (): Promise<void> => {
    const chosen = await call('shell.chooseFolder', { title: '档案库存放在哪个文件夹', button: '存放在这里', at: place?.parent ?? '' });
    if (!chosen.ok) return notify.trouble(chosen.error);
    if (chosen.value.path === null) return;
    const there = await lay(name, chosen.value.path);
    if (there !== null) setPlace(there);
  };
  const make = async (): Promise<void> => {
    if (making || place === null) return;
    // Asked anew: the name as it stands now, in a folder that may have changed meanwhile.
    const there = await lay(name, place.parent);
    if (there === null) return;
    setPlace(there);
    if (there.trouble !== '') return;
    setMaking(true);
    const made = await planned.make(there.path);
    setMaking(false);
    if (made) onClose();
  };
  return (
    <Modal
      open
      width={620}
      title={planned.title ?? '新建档案库'}
      okText={planned.verb ?? '建立档案库'}
      cancelText="取消"
      confirmLoading={making}
      cancelButtonProps={{ disabled: making }}
      closable={!making}
      keyboard={!making}
      mask={{ closable: false }}
      okButtonProps={{ disabled: place === null || place.trouble !== '' || name.trim() === '', 'data-testid': 'new-archive-make' }}
      onCancel={onClose}
      onOk={() => void make()}
      afterOpenChange={(shown) => (shown ? field.current?.focus() : undefined)}
    >
      <div className="new-archive" data-testid="new-archive">
        <p>{planned.says}</p>
        <label className="saved-field">
          <span className="saved-label">名称</span>
          <Input ref={field} value={name} maxLength={120} onChange={(event) => rename(event.target.value)} onPressEnter={() => void make()} status={place !== null && place.trouble !== '' ? 'error' : ''} data-testid="new-archive-name" />
        </label>
        <div>
          <span className="saved-label">存放位置</span>
          <p className="new-archive-place">
            <span title={place?.parent} data-testid="new-archive-parent">
              {place?.parent}
            </span>
            <Button size="small" disabled={place === null || making} onClick={() => void move()} data-testid="new-archive-move">
              更改…
            </Button>
          </p>
        </div>
        {place === null || place.trouble === '' ? null : (
          <p className="saved-trouble" role="alert" data-testid="new-archive-trouble">
            {place.trouble}
          </p>
        )}
        <p className="faint">档案库是一个名称以 .cdarchive 结尾的文件夹，指标、材料副本和装订结果都在里面；备份或换电脑时，整个文件夹一起复制。</p>
      </div>
    </Modal>
  );
}
