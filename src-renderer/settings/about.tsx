import { Alert } from 'antd';
import { useArchive } from '../app/archive-context.tsx';
import { useRead } from '../api/queries.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { Support } from './support.tsx';

/** Which program and which runtime this is. */
export function About() {
  const archive = useArchive();
  const runtime = useRead('shell.runtime', {});
  return (
    <WhenRead query={runtime}>
      {(read) => (
        <div className="settings-part" data-testid="about">
          {read.standIn ? <Alert type="warning" showIcon title="现在用的是开发和测试用的替代运行环境，不是正式发行的 Electron。" description="它的浏览器内核较旧，只用于连不到官方下载地址的机器；正式安装包不含它。" data-testid="stand-in" /> : null}
          <dl className="about-facts">
            <dt>创档</dt>
            <dd>{read.version}</dd>
            <dt>Electron</dt>
            <dd>
              {read.electron}
              {read.standIn ? '（替代）' : ''}
            </dd>
            <dt>Chromium</dt>
            <dd>{read.chrome}</dd>
            <dt>窗口进程 Node</dt>
            <dd>{read.node}</dd>
            <dt>后台服务 Node</dt>
            <dd>{read.serviceNode}</dd>
            <dt>档案库位置</dt>
            <dd>{archive.folder}</dd>
            <dt>许可</dt>
            <dd>Apache-2.0；字体为思源黑体、思源宋体（Noto）和霞鹜文楷，均按 SIL OFL 1.1 许可。</dd>
          </dl>
          <Support />
          <p className="faint">本程序不连接网络，材料不会离开这台电脑。</p>
        </div>
      )}
    </WhenRead>
  );
}
