import { Button, Modal } from 'antd';
import type { ExportResult } from '../../src-main/contract/index.ts';
import { useChange } from '../api/queries.ts';
import { formatBytes } from '../ui/words.ts';
import { useCopyVersion } from './use-copy-version.ts';

interface ExportDoneProps {
  readonly result: ExportResult | null;
  readonly onClose: () => void;
}

/** What an export made, and which sheets of the last printing it replaces. */
export function ExportDone({ result, onClose }: ExportDoneProps) {
  const change = useChange();
  const copy = useCopyVersion();
  return (
    <Modal
      open={result !== null}
      width={720}
      title={result === null ? '' : `${result.version}${result.draft ? '（草稿）' : ''}已导出`}
      onCancel={onClose}
      footer={
        result === null ? null : (
          <>
            <Button onClick={onClose} data-testid="export-close">
              关闭
            </Button>
            <Button onClick={() => void copy(result.version)} data-testid="export-copy">
              复制到…
            </Button>
            <Button type="primary" onClick={() => void change('shell.showExport', { version: result.version })} data-testid="export-show">
              打开文件夹
            </Button>
          </>
        )
      }
    >
      {result === null ? null : (
        <div className="export-done" data-testid="export-done">
          <p>
            {result.volumes.length} 卷，材料 {result.volumes.reduce((sum, volume) => sum + volume.pages, 0)} 页，连封面、目录、隔页和备考表共{' '}
            {result.files.reduce((sum, file) => (file.kind === 'volume' ? sum + file.pages : sum), 0)} 页；{result.files.length} 个文件。
          </p>
          <p className="export-folder">{result.folder}</p>
          <ul className="export-files" tabIndex={0} aria-label="导出的文件">
            {result.files.map((file) => (
              <li key={file.path}>
                <span>{file.path}</span>
                <span className="figures faint">{file.pages > 0 ? `${file.pages} 页` : ''}</span>
                <span className="figures faint">{formatBytes(file.bytes)}</span>
              </li>
            ))}
          </ul>
          {result.reprint.length === 0 ? null : (
            <>
              <h3>换页单：与上一版相比要换的页</h3>
              <ul className="export-files" tabIndex={0} aria-label="换页单">
                {result.reprint.map((entry) => (
                  <li key={entry.volume}>
                    <span>第{entry.volume}卷</span>
                    <span className="figures">{entry.sheets.join('；')}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </Modal>
  );
}
