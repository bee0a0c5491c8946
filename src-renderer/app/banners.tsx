import { Alert, Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { ArchiveInfo } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useOpenArchive } from '../start/use-open-archive.tsx';
import type { ServiceState } from './use-service-events.ts';

/** Says that the service died and what became of it; nothing while all is well. */
export function ServiceBanner({ state, onDismiss }: { readonly state: ServiceState; readonly onDismiss: () => void }) {
  if (state === 'running') return null;
  return (
    <div data-testid="service-banner">
      {state === 'restarted' ? (
        <Alert banner type="warning" title="后台服务意外停止，已自动重新启动。已保存的内容不受影响；刚才没有完成的操作请再做一次。" closable={{ onClose: onDismiss }} />
      ) : (
        <Alert banner type="error" title="后台服务已停止，无法读取或保存。请关闭并重新启动创档；已保存的内容不受影响。" />
      )}
    </div>
  );
}

const LOOK_EVERY_MS = 4000;

/** Says that the disk with the archive is gone, and opens the archive again once it is back. */
export function DriveBanner({ archive }: { readonly archive: ArchiveInfo }) {
  const { open } = useOpenArchive();
  const [gone, setGone] = useState(false);
  const { folder } = archive;
  const look = useCallback(async (): Promise<void> => {
    const reply = await call('archive.present', {});
    if (!reply.ok) return;
    const missing = !reply.value.present;
    setGone((before) => {
      // What was open on a disk that was pulled out is no longer to be trusted.
      if (before && !missing) void open(folder);
      return missing;
    });
  }, [folder, open]);
  useEffect(() => {
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [look]);
  if (!gone) return null;
  return (
    <div data-testid="drive-banner">
      <Alert
        banner
        type="error"
        title={`找不到档案库所在的磁盘或文件夹：${folder}。请重新插好U盘或接通网络盘，接通后会自动继续；已保存的内容不受影响，在此之前不要修改。`}
        action={
          <Button size="small" onClick={() => void look()}>
            再看一次
          </Button>
        }
      />
    </div>
  );
}

/** Says that nothing can be changed, why, and lets the clerk try again. */
export function ReadOnlyBanner({ archive }: { readonly archive: ArchiveInfo }) {
  const { open } = useOpenArchive();
  if (!archive.readOnly) return null;
  const because = archive.heldBy === '' ? '文件夹不能写入，或打开时选择了只读' : `${archive.heldBy} 正在使用它`;
  return (
    <div data-testid="read-only-banner">
      <Alert
        banner
        type="warning"
        title={`只读：${because}。可以查看、检索和预览，不能修改。`}
        action={
          <Button size="small" onClick={() => void open(archive.folder)}>
            重新尝试以可写方式打开
          </Button>
        }
      />
    </div>
  );
}
