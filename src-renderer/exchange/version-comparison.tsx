import { Alert, Button, Select, Tag } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useJob } from '../api/jobs.ts';
import { useRead } from '../api/queries.ts';
import { WhenRead } from '../ui/page-frame.tsx';
import { formatBytes, formatInstant } from '../ui/words.ts';
import { PrintPaper } from '../papers/print-paper.tsx';
import { useChooseFolder } from './use-choose-folder.ts';

type Versions = CallOutput<'binding.plan'>['versions'];
type Kind = CallOutput<'exchange.compare'>['differences'][number]['kind'];
type Package = CallOutput<'exchange.package'>;

const kindWords: Readonly<Record<Kind, string>> = { indicator: '指标', value: '数值', report: '说明', evidence: '材料', page: '页号' };

/** 版本与报送包: what two exports differ in, which sheets to change, and the package that is submitted. */
export function VersionComparison() {
  const plan = useRead('binding.plan', {});
  return <WhenRead query={plan}>{({ versions }) => (versions.length === 0 ? <p className="exchange-part faint">还没有导出过。在“装订”里导出后，这里可以生成报送包、对照两个版本。</p> : <Compared versions={versions} />)}</WhenRead>;
}

function Compared({ versions }: { readonly versions: Versions }) {
  const job = useJob();
  const chooseFolder = useChooseFolder();
  const sorted = versions.toSorted((a, b) => a.version.localeCompare(b.version));
  const [to, setTo] = useState(sorted.at(-1)?.version ?? '');
  const [from, setFrom] = useState(sorted.at(-2)?.version ?? to);
  const [made, setMade] = useState<Package | null>(null);
  const [judged, setJudged] = useState<CallOutput<'exchange.verifyPackage'> | null>(null);
  const compared = useRead('exchange.compare', { from, to }, { enabled: from !== to, keep: true });
  const options = sorted.map(({ version, at, draft }) => ({ value: version, label: `${version}${draft ? '（草稿）' : ''}  ${formatInstant(at)}` }));
  const makePackage = async (): Promise<void> => {
    const folder = await chooseFolder('报送包存到哪里');
    if (folder === null) return;
    const reply = await job('exchange.package', `生成${to}的报送包`, (jobId) => ({ jobId, out: folder, version: to }));
    if (reply.ok) setMade(reply.value);
  };
  const verify = async (): Promise<void> => {
    const folder = await chooseFolder('选择要核验的报送包文件夹');
    if (folder === null) return;
    const reply = await job('exchange.verifyPackage', '核验报送包', (jobId) => ({ jobId, folder }));
    if (reply.ok) setJudged(reply.value);
  };
  return (
    <div className="exchange-part">
      <div className="exchange-bar">
        <Select aria-label="旧版本" value={from} options={options} onChange={setFrom} className="exchange-version" data-testid="compare-from" />
        <span>对照</span>
        <Select aria-label="新版本" value={to} options={options} onChange={setTo} className="exchange-version" data-testid="compare-to" />
        <PrintPaper size="middle" disabled={from === to} kind="version-comparison" scope={from < to ? `${from}-${to}` : `${to}-${from}`} name={`版本对照表 ${from} ${to}`} text="打印对照表" testId="print-comparison" />
        <span className="exchange-gap" />
        <Button type="primary" onClick={() => void makePackage()} data-testid="make-package">
          生成 {to} 的报送包
        </Button>
        <Button onClick={() => void verify()}>核验报送包…</Button>
      </div>
      {made === null ? null : (
        <Alert type="success" showIcon title={`报送包已生成：${made.folder}`} description={`${made.files} 个文件，${formatBytes(made.bytes)}；案卷、原件、元数据齐全，每个文件带SHA-256校验值。用浏览器打开其中的“阅览室.html”，输入指标编号即可翻到原页，不需要联网。`} data-testid="package-made" />
      )}
      {judged === null ? null : (
        <Alert
          type={judged.valid ? 'success' : 'error'}
          showIcon
          title={judged.valid ? `报送包完好：${judged.files} 个文件` : `报送包${judged.complete ? '有文件被改动' : '不完整'}`}
          description={[...judged.errors, ...judged.warnings].slice(0, 20).map(({ path, message }) => (
            <div key={`${path}${message}`}>
              {path}：{message}
            </div>
          ))}
        />
      )}
      {from === to ? (
        <p className="faint">请选两个不同的版本对照。</p>
      ) : (
        <WhenRead query={compared}>
          {({ differences, reprint, sheets }) => (
            <>
              <h2>不同之处（{differences.length}）</h2>
              {differences.length === 0 ? <p className="faint">两个版本的内容相同。</p> : null}
              <table className="grid-table exchange-differences" data-testid="differences">
                <thead>
                  <tr>
                    <th scope="col">指标</th>
                    <th scope="col">类别</th>
                    <th scope="col">内容</th>
                    <th scope="col">{from}</th>
                    <th scope="col">{to}</th>
                  </tr>
                </thead>
                <tbody>
                  {differences.map((one, index) => (
                    <tr key={index}>
                      <td>
                        <span className="figures">{one.indicator}</span> {one.name}
                      </td>
                      <td>
                        <Tag>{kindWords[one.kind]}</Tag>
                      </td>
                      <td>{one.what}</td>
                      <td>{one.before}</td>
                      <td>{one.after}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <h2>
                换页单<span className="faint exchange-count">共需打印 {sheets} 张</span>
              </h2>
              {reprint.length === 0 ? <p className="faint">不需要换页。</p> : null}
              <ul className="exchange-log">
                {reprint.map((volume) => (
                  <li key={volume.volume}>
                    <strong>第{volume.volume}卷</strong>
                    <span className="exchange-file">{volume.title}</span>
                    <span className="figures exchange-sheets">{volume.sheets.join('；')}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </WhenRead>
      )}
    </div>
  );
}
