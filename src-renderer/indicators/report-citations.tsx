import { Button, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import type { EvidenceView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { formatCitation, readCitations } from './citations.ts';
import type { Citation } from './citations.ts';

interface ReportCitationsProps {
  readonly text: string;
  readonly evidence: readonly EvidenceView[];
  readonly onInsert: (citation: Citation) => void;
}

/** Puts a citation in where the cursor stands, and says which document each citation of the text means. */
export function ReportCitations({ text, evidence, onInsert }: ReportCitationsProps) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  const item = evidence.find((candidate) => candidate.id === chosen);
  const citations = readCitations(text);
  return (
    <>
      {readOnly || evidence.length === 0 ? null : (
        <Space.Compact className="citation-adder" size="small">
          <Select placeholder="引用一件材料" aria-label="引用一件材料" showSearch={{ optionFilterProp: 'label' }} value={chosen} onChange={setChosen} options={evidence.map(({ id, title }) => ({ value: id, label: title }))} popupMatchSelectWidth={420} data-testid="cite-evidence" />
          <InputNumber min={1} max={item?.pages ?? 1} value={page} onChange={(value) => setPage(value ?? 1)} prefix="第" suffix="页" aria-label="引用第几页" data-testid="cite-page" />
          <Button disabled={item === undefined} onClick={() => (item === undefined ? undefined : onInsert({ id: item.id, page: Math.min(page, item.pages) }))} data-testid="cite-insert">
            插到光标处
          </Button>
        </Space.Compact>
      )}
      {citations.length === 0 ? null : (
        <ul className="citations" aria-label="文中的引用" data-testid="citations">
          {citations.map((citation) => {
            const cited = evidence.find(({ id }) => id === citation.id);
            return (
              <li key={formatCitation(citation)}>
                {cited === undefined ? (
                  <span className="tick-missing">{formatCitation(citation)} 引用的材料不在本指标中，请删去或改引别的材料</span>
                ) : (
                  <button type="button" className="plain-button citation-open" onClick={() => go({ page: 'preview', id: citation.id, at: citation.page })}>
                    {cited.title} 第 {citation.page} 页
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
