import { InfoCircleFilled } from '@ant-design/icons';
import { App, Button, Space } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import type { ImportResult } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { fileNameOf } from './file-name.ts';
import './use-import.css';

/** Where imported files go: an indicator and year, or the inbox. */
export interface ImportTarget {
  readonly indicator: string | null;
  readonly year: number | null;
}

export const toInbox: ImportTarget = { indicator: null, year: null };

interface Import {
  paths(paths: readonly string[], target: ImportTarget): Promise<void>;
  /** Asks for files first. */
  chooseFiles(target: ImportTarget): Promise<void>;
  chooseFolder(target: ImportTarget): Promise<void>;
}

/** Takes files into the archive; what was not taken is listed file by file with the reason. */
export function useImport(): Import {
  const job = useJob();
  const notify = useNotify();
  const { modal } = App.useApp();
  const navigation = useNavigation();
  // Where the clerk is when the import ends, not where it began.
  const latest = useRef(navigation);
  useEffect(() => {
    latest.current = navigation;
  }, [navigation]);
  const paths = useCallback(
    async (given: readonly string[], target: ImportTarget) => {
      if (given.length === 0) return;
      const reply = await job('evidence.import', target.indicator === null ? '导入材料' : `导入到指标 ${target.indicator}`, (jobId) => ({ jobId, paths: [...given], indicator: target.indicator, year: target.year }));
      if (!reply.ok) return;
      const { imported, duplicates, alike, rejected } = reply.value;
      const where = target.indicator === null ? '收件箱' : `指标 ${target.indicator}`;
      const title = imported.length === 0 ? '导入完成：没有新的材料' : `导入完成：${imported.length} 件`;
      const leads = target.indicator === null && imported.length > 0 && latest.current.place.page !== 'inbox';
      const toIt = (): void => latest.current.go({ page: 'inbox' });
      const show = (): void => {
        const content = <ImportReport result={reply.value} where={where} />;
        if (leads) modal.confirm({ title, width: 640, icon: <InfoCircleFilled className="import-info" />, okText: '去收件箱', cancelText: '知道了', content, onOk: toIt });
        else modal.info({ title, width: 640, okText: '知道了', content });
      };
      if (duplicates.length > 0 || alike.length > 0 || rejected.length > 0) return show();
      const description = imported.length === 0 ? '所选的位置里没有可导入的文件。' : `已放进${where}。${target.indicator === null ? '下一步：归入指标。' : ''}导错了可以撤销（Ctrl+Z）。`;
      notify.done(title, description, 'import-done', (close) => {
        const afterClosing = (run: () => void) => (): void => {
          close();
          run();
        };
        return (
          <Space>
            <Button size="small" onClick={afterClosing(show)} data-testid="import-show">
              查看清单
            </Button>
            {leads ? (
              <Button size="small" type="primary" onClick={afterClosing(toIt)} data-testid="import-to-inbox">
                去收件箱
              </Button>
            ) : null}
          </Space>
        );
      });
    },
    [job, modal, notify],
  );
  const chooseFiles = useCallback(
    async (target: ImportTarget) => {
      const chosen = await call('shell.chooseFiles', { title: '选择要导入的材料', purpose: 'evidence' });
      if (!chosen.ok) notify.trouble(chosen.error);
      else await paths(chosen.value.paths, target);
    },
    [notify, paths],
  );
  const chooseFolder = useCallback(
    async (target: ImportTarget) => {
      const chosen = await call('shell.chooseFolder', { title: '选择要导入的文件夹' });
      if (!chosen.ok) notify.trouble(chosen.error);
      else if (chosen.value.path !== null) await paths([chosen.value.path], target);
    },
    [notify, paths],
  );
  return { paths, chooseFiles, chooseFolder };
}

/** A report is read, not worked in: the rest stands in the inbox. */
const MOST_LISTED = 200;

function ImportReport({ result, where }: { readonly result: ImportResult; readonly where: string }) {
  return (
    <div className="import-report" data-testid="import-report">
      <p>
        已导入 {result.imported.length} 件到{where}；已在库中 {result.duplicates.length} 件；未收 {result.rejected.length} 件。
      </p>
      {result.imported.length === 0 ? null : (
        <>
          <h3>已导入</h3>
          <ul tabIndex={0} aria-label="已导入的文件">
            {result.imported.slice(0, MOST_LISTED).map((item) => (
              <li key={item.id}>
                {item.title} <span className="faint">{fileNameOf(item.file)}，{item.pages} 页</span>
              </li>
            ))}
            {result.imported.length > MOST_LISTED ? <li className="faint">其余 {result.imported.length - MOST_LISTED} 件见收件箱。</li> : null}
          </ul>
        </>
      )}
      {result.rejected.length === 0 ? null : (
        <>
          <h3>未收的文件</h3>
          <ul tabIndex={0} aria-label="未收的文件">
            {result.rejected.map((item) => (
              <li key={item.file}>{item.message}</li>
            ))}
          </ul>
        </>
      )}
      {result.skipped.length === 0 ? null : <p className="faint">另有 {result.skipped.length} 个系统文件（如 Thumbs.db）没有导入。</p>}
      {result.duplicates.length === 0 ? null : (
        <>
          <h3>内容与库中材料相同，没有重复存放</h3>
          <ul tabIndex={0} aria-label="重复的文件">
            {result.duplicates.map((item) => (
              <li key={item.file}>
                {fileNameOf(item.file)} <span className="faint">与“{fileNameOf(item.of)}”相同</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {result.alike.length === 0 ? null : (
        <>
          <h3>已导入，但有页面与别的材料相同，请核对是否重复扫描</h3>
          <ul tabIndex={0} aria-label="相似的页面">
            {result.alike.map((item) => (
              <li key={`${item.id}:${item.page}`}>
                {fileNameOf(item.file)} 第 {item.page} 页 <span className="faint">与《{item.of}》第 {item.ofPage} 页相同</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
