import { Alert, Badge, Button } from 'antd';
import type { PaperList } from '../../src-main/contract/index.ts';
import { useChange, useRead } from '../api/queries.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { BoundFiles } from './bound-files.tsx';
import { PaperDetail } from './paper-detail.tsx';
import { readPaperMemory, rememberPaper } from './paper-memory.ts';
import { countDisagreeing, mostPrinted, paperGroups } from './purposes.ts';
import './papers.css';

/** 文书: everything the office prints, by purpose; each to look at, print, save, and to be replaced by a signed or edited file. */
export function PapersPage({ kind, scope }: { readonly kind?: string; readonly scope?: string }) {
  const { folder } = useArchive();
  const list = useRead('papers.list', {});
  return (
    <PageFrame title="文书" testId="papers-page" note={list.data?.draft === true ? '核查还有错误，正式文书印有“草稿”' : ''}>
      <WhenRead query={list}>{(read) => <Papers list={read} chosen={kind ?? readPaperMemory(folder).kind} scope={scope} />}</WhenRead>
    </PageFrame>
  );
}

const BOUND = 'bound';

interface PapersProps {
  readonly list: PaperList;
  readonly chosen: string;
  readonly scope: string | undefined;
}

function Papers({ list, chosen, scope }: PapersProps) {
  const { folder } = useArchive();
  const { stay } = useNavigation();
  const there = list.kinds.filter(({ scopes }) => scopes.length > 0);
  const setChosen = (wanted: string): void => {
    rememberPaper(folder, wanted, null);
    stay({ page: 'papers', kind: wanted });
  };
  const kind = there.find((each) => each.kind === chosen) ?? there.find((each) => each.kind === mostPrinted[0]) ?? there[0];
  const showsBound = chosen === BOUND && list.bound !== null;
  const entry = (id: string, name: string, more: React.ReactNode, isChosen: boolean) => (
    <li key={id}>
      <button type="button" className="plain-button paper-entry" aria-current={isChosen ? 'true' : undefined} onClick={() => setChosen(id)} data-testid={`paper-kind-${id}`}>
        <span>{name}</span>
        {more}
      </button>
    </li>
  );
  return (
    <div className="papers">
      <nav className="paper-list" aria-label="文书种类">
        {paperGroups(list.kinds).map(({ name, kinds }) => (
          <section key={name}>
            <h3>{name}</h3>
            <ul>
              {kinds.map((each) =>
                  each.scopes.length === 0 ? (
                    <li key={each.kind} className="paper-none" title={`现在没有${each.name}`}>
                      {each.name}（无）
                    </li>
                  ) : (
                    entry(
                      each.kind,
                      each.name,
                      <>
                        {each.scopes.length > 1 ? <span className="paper-count">{each.scopes.length}</span> : null}
                        {countDisagreeing(each) > 0 ? <Badge status="warning" title="代替的文件与档案库不一致" /> : null}
                      </>,
                      !showsBound && each.kind === kind?.kind,
                    )
                  ),
              )}
            </ul>
          </section>
        ))}
        {list.bound === null ? null : (
          <section>
            <h3>已导出</h3>
            <ul>{entry(BOUND, '已装订的案卷', <span className="paper-count">{list.bound.files.length}</span>, showsBound)}</ul>
          </section>
        )}
        <Stray list={list} />
      </nav>
      {showsBound && list.bound !== null ? <BoundFiles key={list.bound.version} bound={list.bound} /> : kind === undefined ? null : <PaperDetail key={`${kind.kind}:${scope ?? ''}`} kind={kind} first={scope} />}
    </div>
  );
}

/** Files that stood for a volume or box that is no more. */
function Stray({ list }: { readonly list: PaperList }) {
  const { readOnly } = useArchive();
  const change = useChange();
  if (list.stray.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title="代替的文件没有去处"
      data-testid="paper-stray"
      description={
        <>
          分卷或装盒变动后，原来的位置已经没有了，这些文件不会装订：
          <ul>
            {list.stray.map(({ kind, scope, name, fileName }) => (
              <li key={`${kind}\n${scope}`}>
                {fileName}（{name} {scope}）
                <Button size="small" type="link" disabled={readOnly} onClick={() => void change('papers.restore', { kind, scope })}>
                  不再代替
                </Button>
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}
