import { Button, Empty, Segmented, Space, Tag } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { EvidenceSelect } from '../ui/evidence-select.tsx';
import { WhenRead } from '../ui/page-frame.tsx';
import { neededCertificates } from './needed-certificates.ts';
import type { NeededCertificate } from './needed-certificates.ts';

type State = CallOutput<'certificate.list'>[number]['state'];

const stateWords: Readonly<Record<State, string>> = { needed: '待打印', printed: '已打印', sent: '已送出', returned: '已收回' };
const colours: Readonly<Record<State, string>> = { needed: 'default', printed: 'blue', sent: 'orange', returned: 'green' };

/** 证明: each one that is asked for, from printed to returned with its seal. */
export function Certificates() {
  const { go } = useNavigation();
  const catalog = useRead('catalog.read', {});
  const list = useRead('certificate.list', {});
  const [only, setOnly] = useState<'all' | 'open'>('open');
  return (
    <WhenRead query={catalog}>
      {(read) => (
        <WhenRead query={list}>
          {(registered) => {
            const all = neededCertificates(read, registered);
            const open = all.filter((item) => item.state !== 'returned');
            const shown = only === 'all' ? all : open;
            return (
              <div className="catalog-part">
                <div className="certificates-head">
                  <Segmented<'all' | 'open'> value={only} onChange={setOnly} options={[{ value: 'open', label: `未收回 ${open.length}` }, { value: 'all', label: `全部 ${all.length}` }]} />
                  <Button onClick={() => go({ page: 'papers', kind: 'certificate' })} data-testid="print-certificates">
                    打印证明
                  </Button>
                </div>
                {shown.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={all.length === 0 ? '目录里没有需要证明的指标。' : '证明都已收回。'} /> : null}
                <ul className="certificates" data-testid="certificates">
                  {shown.map((item) => (
                    <CertificateLine key={`${item.code}:${item.number}:${item.unit}`} item={item} />
                  ))}
                </ul>
              </div>
            );
          }}
        </WhenRead>
      )}
    </WhenRead>
  );
}

function CertificateLine({ item }: { readonly item: NeededCertificate }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const change = useChange();
  const { code, number, unit, says, state, evidence, printedAt, returnedAt } = item;
  const set = (next: State, file: string | null = evidence): void => void change('certificate.set', { code, number, unit, state: next, evidence: file });
  return (
    <li data-testid={`certificate-${code}-${number}-${unit}`}>
      <div className="certificate-what">
        <p>
          <button type="button" className="plain-button certificate-link" onClick={() => go({ page: 'indicators', code })}>
            <span className="figures">{number === 0 ? code : `${code}（${number}）`}</span> {says}
          </button>
        </p>
        <p className="faint">
          {unit}
          {printedAt === '' ? '' : `；${printedAt} 打印`}
          {returnedAt === '' ? '' : `；${returnedAt} 收回`}
        </p>
      </div>
      <Tag color={colours[state]}>{stateWords[state]}</Tag>
      <Space className="certificate-steps">
        {state === 'needed' ? (
          <Button size="small" disabled={readOnly} onClick={() => set('printed')} data-testid="certificate-printed">
            记为已打印
          </Button>
        ) : null}
        {state === 'printed' ? (
          <Button size="small" disabled={readOnly} onClick={() => set('sent')} data-testid="certificate-sent">
            记为已送出
          </Button>
        ) : null}
        {state === 'returned' ? (
          <Button size="small" type="text" disabled={readOnly} onClick={() => set('sent')}>
            退回重办
          </Button>
        ) : null}
        <SealedScan item={item} onAttached={(file) => set('returned', file)} />
      </Space>
    </li>
  );
}

/** Attaches the scan that came back sealed: a new file, or one that is filed already. */
function SealedScan({ item, onAttached }: { readonly item: NeededCertificate; readonly onAttached: (evidence: string) => void }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const notify = useNotify();
  const job = useJob();
  const [choosing, setChoosing] = useState(false);
  const { evidence, code } = item;
  const takeFile = async (): Promise<void> => {
    const chosen = await call('shell.chooseFiles', { title: '选择盖章后的扫描件', purpose: 'evidence' });
    if (!chosen.ok) return notify.trouble(chosen.error);
    const [path] = chosen.value.paths;
    if (path === undefined) return;
    const reply = await job('evidence.import', `导入证明 ${code}`, (jobId) => ({ jobId, paths: [path], indicator: null, year: null }));
    if (!reply.ok) return;
    const id = reply.value.imported[0]?.id ?? reply.value.duplicates[0]?.of;
    if (id !== undefined) return onAttached(id);
    const refused = reply.value.rejected[0];
    if (refused !== undefined) notify.trouble({ code: 'file-unsupported', about: refused.file, detail: refused.message });
  };
  if (choosing) return <EvidenceSelect label="选择已导入的证明" value={[]} one near={code} onChange={(ids) => { setChoosing(false); const [id] = ids; if (id !== undefined) onAttached(id); }} testId="certificate-evidence" />;
  return (
    <>
      {evidence === null ? null : (
        <Button size="small" type="link" onClick={() => go({ page: 'preview', id: evidence, at: 1 })}>
          看扫描件
        </Button>
      )}
      <Button size="small" type={evidence === null ? 'primary' : 'default'} disabled={readOnly} onClick={() => void takeFile()} data-testid="certificate-attach">
        {evidence === null ? '收回，附扫描件' : '换扫描件'}
      </Button>
      <Button size="small" type="text" disabled={readOnly} onClick={() => setChoosing(true)} data-testid="certificate-choose">
        已导入的…
      </Button>
    </>
  );
}
