import { FolderOpenOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useChange } from '../api/queries.ts';
import { formatInstant } from '../ui/words.ts';
import { useCopyVersion } from './use-copy-version.ts';

/** Exports made so far, the newest first. */
export function Versions({ versions }: { readonly versions: CallOutput<'binding.plan'>['versions'] }) {
  const change = useChange();
  const copy = useCopyVersion();
  return (
    <section className="sheet" aria-labelledby="versions-title" data-testid="versions">
      <header className="sheet-head">
        <h2 id="versions-title">已导出的版本</h2>
      </header>
      {versions.length === 0 ? <p className="binding-none">还没有导出过。</p> : null}
      <ul className="versions" tabIndex={0} aria-labelledby="versions-title">
        {versions
          .toSorted((a, b) => b.version.localeCompare(a.version))
          .map((version) => (
            <li key={version.version} data-testid="version-row">
              <strong className="figures">{version.version}</strong>
              <span>{version.draft ? '草稿' : '正式'}</span>
              <span className="figures faint">{formatInstant(version.at)}</span>
              <span className="figures faint">{version.pages} 页</span>
              <Space size={6}>
                <Button size="small" onClick={() => void copy(version.version)} data-testid="version-copy">
                  复制到…
                </Button>
                <Button size="small" icon={<FolderOpenOutlined />} onClick={() => void change('shell.showExport', { version: version.version })}>
                  打开文件夹
                </Button>
              </Space>
            </li>
          ))}
      </ul>
    </section>
  );
}
