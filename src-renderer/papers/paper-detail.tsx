import { Alert, Checkbox, Select, Tag } from 'antd';
import { useState } from 'react';
import { useArchive } from '../app/archive-context.tsx';
import { PdfViewer } from '../preview/pdf-viewer.tsx';
import '../preview/viewer.css';
import { WhenRead } from '../ui/page-frame.tsx';
import { GapsNote } from './gaps-note.tsx';
import { OfficeFile, TemplateChoice } from './office-file.tsx';
import { PaperActions } from './paper-actions.tsx';
import { readPaperMemory, rememberPaper } from './paper-memory.ts';
import type { PaperKindView } from './purposes.ts';
import { urlOfPaper, useMadePaper } from './use-made-paper.ts';

interface PaperDetailProps {
  readonly kind: PaperKindView;
  /** Which of it is shown first; the one chosen last where it is missing. */
  readonly first: string | undefined;
}

/** One kind of paper: which of them, its preview, and what can be done with it. */
export function PaperDetail({ kind, first: asked }: PaperDetailProps) {
  const { folder } = useArchive();
  const [chosen, setChosen] = useState<string | null>(asked ?? readPaperMemory(folder).scopes[kind.kind] ?? null);
  const choose = (wanted: string): void => {
    setChosen(wanted);
    rememberPaper(folder, kind.kind, wanted);
  };
  const [generated, setGenerated] = useState(false);
  // One paper of several may be gone since it was chosen: then the first stands.
  const first = kind.scopes[0]?.id ?? '';
  const scope = chosen !== null && (chosen === '' || kind.scopes.some(({ id }) => id === chosen)) ? chosen : first;
  const made = useMadePaper(kind.kind, scope, generated);
  const own = kind.scopes.find(({ id }) => id === scope);
  const several = kind.scopes.length > 1;
  return (
    <section className="paper-detail" aria-label={kind.name} data-testid={`paper-${kind.kind}`}>
      <header className="paper-head">
        <div className="paper-title">
          <h2>{kind.name}</h2>
          <span className="faint">{kind.says}</span>
          {made.data?.draft === true ? <Tag color="error">草稿：核查还有错误</Tag> : null}
          {made.data?.source === 'template' ? <Tag>按模板生成</Tag> : null}
        </div>
        {several ? (
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={`选择${kind.scopeName}`}
            value={scope}
            onChange={choose}
            options={[
              { value: '', label: `全部 ${kind.scopes.length} 份，放在一个文件里` },
              ...kind.scopes.map(({ id, name, note, replaced }) => ({ value: id, label: `${name}${note === '' ? '' : `（${note}）`}${replaced === null ? '' : replaced.changes.length > 0 ? '（已代替，不一致）' : '（已代替）'}` })),
            ]}
            className="paper-scope"
            data-testid="paper-scope"
          />
        ) : null}
        <PaperActions kind={kind} scope={scope} made={made.data} generated={generated} />
        <GapsNote gaps={made.data?.gaps ?? []} testId="paper-gaps" />
        <OfficeFile kind={kind} scope={own} />
        {own?.replaced !== null && own !== undefined ? (
          <Checkbox checked={generated} onChange={(event) => setGenerated(event.target.checked)}>
            看程序生成的
          </Checkbox>
        ) : null}
        <TemplateChoice kind={kind} />
      </header>
      <div className="paper-preview">
        <WhenRead query={made}>{({ id, name, pages }) => (pages === 0 ? <Alert type="info" title="没有页面" /> : <PdfViewer key={id} url={urlOfPaper(id)} at={1} title={name} proof={null} />)}</WhenRead>
      </div>
    </section>
  );
}
