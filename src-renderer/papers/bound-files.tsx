import { PrinterOutlined } from '@ant-design/icons';
import { Button, Select, Space, Tag } from 'antd';
import { useState } from 'react';
import type { PaperList } from '../../src-main/contract/index.ts';
import { usePrintTarget } from '../app/print-desk.ts';
import { PdfViewer } from '../preview/pdf-viewer.tsx';
import '../preview/viewer.css';
import { PrintModal } from './print-modal.tsx';
import { urlOfPaper } from './use-made-paper.ts';
import { useSavePdf } from './use-save-pdf.ts';

/** What the last export bound: to look at, and to print any pages of, as after a 换页单. */
export function BoundFiles({ bound }: { readonly bound: NonNullable<PaperList['bound']> }) {
  const [chosen, setChosen] = useState(bound.files[0]?.id ?? '');
  const [printing, setPrinting] = useState(false);
  const file = bound.files.find(({ id }) => id === chosen) ?? bound.files[0];
  const savePdf = useSavePdf();
  usePrintTarget({ print: () => setPrinting(true), savePdf: () => (file === undefined ? undefined : void savePdf(file.id, file.name, null)) }, file !== undefined);
  if (file === undefined) return null;
  return (
    <section className="paper-detail" aria-label="已装订的案卷" data-testid="paper-bound">
      <header className="paper-head">
        <div className="paper-title">
          <h2>已装订的案卷</h2>
          <span className="faint">最近一次导出的 {bound.version} 版，可以打印任意几页</span>
          {bound.draft ? <Tag color="error">草稿</Tag> : null}
        </div>
        <Select showSearch={{ optionFilterProp: 'label' }} aria-label="选择案卷" value={file.id} onChange={setChosen} options={bound.files.map(({ id, name, pages }) => ({ value: id, label: `${name}（${pages} 页）` }))} className="paper-scope" data-testid="bound-file" />
        <Space>
          <Button type="primary" icon={<PrinterOutlined />} onClick={() => setPrinting(true)} data-testid="paper-print">
            打印…
          </Button>
          <Button onClick={() => void savePdf(file.id, file.name, null)} data-testid="paper-save-pdf">
            存为 PDF…
          </Button>
        </Space>
      </header>
      <div className="paper-preview">
        <PdfViewer key={file.id} url={urlOfPaper(file.id)} at={1} title={file.name} proof={null} />
      </div>
      {printing ? <PrintModal id={file.id} name={file.name} pages={file.pages} draft={bound.draft ? 'export' : 'none'} onClose={() => setPrinting(false)} /> : null}
    </section>
  );
}
