import { DeleteOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useChange } from '../api/queries.ts';
import { useNotify } from '../api/notify.tsx';

/** Asked twice: what is emptied does not come back. */
export function EmptyTrash({ items, disabled }: { readonly items: number; readonly disabled: boolean }) {
  const change = useChange();
  const notify = useNotify();
  const empty = async (): Promise<void> => {
    const reply = await change('evidence.emptyTrash', {});
    if (reply.ok) notify.say(`已清空回收站：${reply.value.items} 件`);
  };
  return (
    <Popconfirm title="清空回收站？" description={`${items} 件材料及其文件将被永久删除，不能撤销。`} okText="永久删除" okButtonProps={{ danger: true }} cancelText="不清空" onConfirm={() => void empty()}>
      <Button danger icon={<DeleteOutlined />} disabled={disabled || items === 0} data-testid="empty-trash">
        清空回收站
      </Button>
    </Popconfirm>
  );
}
