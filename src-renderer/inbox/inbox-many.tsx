import { Button, Select } from 'antd';
import type { CallInput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNotify } from '../api/notify.tsx';
import { useChange } from '../api/queries.ts';
import { LinkAdder } from '../ui/link-adder.tsx';
import { evidenceKindOptions, isEvidenceKind, retentions } from '../ui/words.ts';

interface InboxManyProps {
  readonly marked: readonly string[];
  readonly onAccept: () => void;
  readonly onTrash: () => void;
  readonly onDone: () => void;
}

/** Several items at once; each button is one step that undo takes back whole. */
export function InboxMany({ marked, onAccept, onTrash, onDone }: InboxManyProps) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const update = async (part: CallInput<'evidence.updateMany'>['change']): Promise<void> => {
    const reply = await change('evidence.updateMany', { ids: [...marked], change: part });
    if (reply.ok) notify.say(reply.value.items === 0 ? '所选材料本来就是这样，没有改动' : `已修改 ${reply.value.items} 件；撤销按 Ctrl+Z`);
  };
  return (
    <div className="inbox-several" data-testid="inbox-many">
      <p className="inbox-many">已选 {marked.length} 件</p>
      <Button type="primary" block disabled={readOnly} onClick={onAccept} data-testid="accept-marked">
        各按首选建议归入（回车）
      </Button>
      <h2>归入同一项指标</h2>
      <LinkAdder ids={marked} title="" date="" onLinked={onDone} />
      <h2>一并著录</h2>
      <label className="saved-field">
        <span className="saved-label">材料种类</span>
        <Select disabled={readOnly} value={null} placeholder="不改" options={evidenceKindOptions} onChange={(value: string | null) => void update({ kind: value !== null && isEvidenceKind(value) ? value : null })} data-testid="many-kind" />
      </label>
      <label className="saved-field">
        <span className="saved-label">保管期限</span>
        <Select disabled={readOnly} value={null} placeholder="不改" options={retentions.map((value) => ({ value, label: value === '' ? '未定' : value }))} onChange={(value: (typeof retentions)[number] | null) => void update({ retention: value ?? '' })} data-testid="many-retention" />
      </label>
      <Button disabled={readOnly} onClick={() => void update({ confirmed: true })}>
        著录已核对
      </Button>
      <Button disabled={readOnly} onClick={onTrash}>
        全部移到回收站
      </Button>
      <Button type="text" onClick={onDone}>
        取消选择（Esc）
      </Button>
    </div>
  );
}
