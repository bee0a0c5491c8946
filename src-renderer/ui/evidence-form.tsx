import { Checkbox, Select } from 'antd';
import { useState } from 'react';
import type { CallInput, CallOutput, EvidenceView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange } from '../api/queries.ts';
import { checkDate, readDate } from './date-text.ts';
import { EvidenceFile } from './evidence-file.tsx';
import { placeOf, ReadingNote } from './reading-note.tsx';
import type { FieldReading } from './reading-note.tsx';
import { SavedField } from './saved-field.tsx';
import { evidenceKindOptions, isEvidenceKind, fileKindWords, formatBytes, integrityWords, retentions } from './words.ts';
import './evidence-form.css';

type Change = CallInput<'evidence.update'>['change'];
type PhotoFacts = NonNullable<EvidenceView['photoFacts']>;

const photoFields: readonly { readonly key: keyof PhotoFacts; readonly word: string; /** A sentence: it takes the whole width, and what does not fit wraps. */ readonly long: boolean }[] = [
  { key: 'time', word: '时间', long: false },
  { key: 'place', word: '地点', long: false },
  { key: 'people', word: '人物', long: true },
  { key: 'subject', word: '主题', long: true },
  { key: 'background', word: '背景', long: true },
  { key: 'occasion', word: '事由', long: true },
];

const noFacts: PhotoFacts = { time: '', place: '', people: '', subject: '', background: '', occasion: '' };

/** What the catalogues print of an item; each field is saved as it is left. What was read from the pages says where, until the description is confirmed. */
export function EvidenceForm({ evidence }: { readonly evidence: CallOutput<'evidence.read'> }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const [saved, setSaved] = useState<string | null>(null);
  const update = (part: Change): void => {
    setSaved(null);
    void change('evidence.update', { id: evidence.id, change: part }).then((reply) => (reply.ok ? setSaved(new Date().toTimeString().slice(0, 8)) : undefined));
  };
  const field = { disabled: readOnly };
  const readingOf = (name: FieldReading['field']): FieldReading | undefined => (evidence.confirmed ? undefined : evidence.readings.find((reading) => reading.field === name));
  const note = (name: 'title' | 'documentNumber' | 'issuer' | 'date' | 'secrecy') => <ReadingNote typed={!evidence.confirmed && evidence.typed.includes(name)} reading={readingOf(name)} value={evidence[name]} disabled={readOnly} onTake={(value) => update({ [name]: value })} />;
  const meeting = readingOf('meeting');
  return (
    <div className="evidence-form" data-testid="evidence-form">
      <div className="evidence-top">
        <Checkbox disabled={readOnly} checked={evidence.confirmed} onChange={(event) => update({ confirmed: event.target.checked })} data-testid="field-confirmed">
          著录已核对
        </Checkbox>
        <span className={saved === null ? 'faint' : 'evidence-saved'} role="status" data-testid="evidence-saved">
          {saved === null ? (readOnly ? '只读' : '改动会自动保存') : `已自动保存 ${saved}`}
        </span>
      </div>
      <p className="evidence-file">
        {evidence.fileName}
        <span className="figures faint">
          {fileKindWords[evidence.fileKind]} · {evidence.pages} 页 · {formatBytes(evidence.bytes)}
        </span>
        {evidence.integrity === 'ok' ? null : <strong className="evidence-broken">{integrityWords[evidence.integrity]}</strong>}
      </p>
      {evidence.conversionNote === '' ? null : (
        <p className="evidence-conversion" data-testid="conversion-note">
          {evidence.conversionNote}：归档的是原文件，装订用的是转换出的PDF。{evidence.confirmed ? '' : '请对照预览核对，无误后勾选“著录已核对”。'}
        </p>
      )}
      <SavedField {...field} label="题名" multiline value={evidence.title} check={(text) => (text === '' ? '题名不能空着' : '')} onSave={(title) => update({ title })} testId="field-title" note={note('title')} />
      <Checkbox disabled={readOnly} checked={evidence.titleMade} onChange={(event) => update({ titleMade: event.target.checked })}>
        题名是自拟的（目录中加 [ ]）
      </Checkbox>
      <SavedField {...field} label="文号" value={evidence.documentNumber} placeholder="如 青南政发〔2024〕10号" onSave={(documentNumber) => update({ documentNumber })} testId="field-number" note={note('documentNumber')} />
      <div className="evidence-pair">
        <SavedField {...field} label="日期" value={evidence.date} placeholder="如 2024-04-30" check={(text) => checkDate(readDate(text))} onSave={(date) => update({ date: readDate(date) })} testId="field-date" note={note('date')} />
        <SavedField {...field} label="密级" value={evidence.secrecy} placeholder="无" onSave={(secrecy) => update({ secrecy })} note={note('secrecy')} />
      </div>
      <SavedField {...field} label="责任者" value={evidence.issuer} onSave={(issuer) => update({ issuer })} testId="field-issuer" note={note('issuer')} />
      {meeting === undefined ? null : (
        <p className="evidence-reading">
          会议（{placeOf(meeting)}）：{meeting.value}
        </p>
      )}
      <div className="evidence-pair">
        <label className="saved-field">
          <span className="saved-label">材料种类</span>
          <Select disabled={readOnly} value={evidence.kind ?? ''} options={evidenceKindOptions} onChange={(value: string) => update({ kind: isEvidenceKind(value) ? value : null })} />
        </label>
        <label className="saved-field">
          <span className="saved-label">保管期限</span>
          <Select disabled={readOnly} value={evidence.retention} options={retentions.map((value) => ({ value, label: value === '' ? '未定' : value }))} onChange={(retention) => update({ retention })} />
        </label>
      </div>
      <div className="evidence-pair">
        <label className="saved-field">
          <span className="saved-label">稿本</span>
          <Select
            disabled={readOnly}
            value={evidence.original}
            options={[
              { value: '', label: '未定' },
              { value: 'original', label: '原件' },
              { value: 'copy', label: '复制件' },
            ]}
            onChange={(original) => update({ original })}
          />
        </label>
        <SavedField {...field} label="有效期至" value={evidence.validUntil} placeholder="没有则空着" check={(text) => checkDate(readDate(text))} onSave={(validUntil) => update({ validUntil: readDate(validUntil) })} />
      </div>
      <SavedField {...field} label="原件存放处" value={evidence.originalPlace} onSave={(originalPlace) => update({ originalPlace })} />
      <div className="evidence-checks">
        <Checkbox disabled={readOnly} checked={evidence.sealed} onChange={(event) => update({ sealed: event.target.checked })}>
          已盖章
        </Checkbox>
        <Checkbox disabled={readOnly} checked={evidence.draft} onChange={(event) => update({ draft: event.target.checked })}>
          是草稿（不能作为佐证）
        </Checkbox>
      </div>
      {evidence.confirmed || evidence.readings.length === 0 ? null : <p className="evidence-reading">灰字是程序从文件里读出的，核对前不作为事实。{readOnly ? '' : '按 C 或勾选确认。'}</p>}
      {evidence.kind === 'photo' ? (
        <fieldset className="evidence-photo">
          <legend>照片说明六要素</legend>
          <div className="evidence-pair">
            {photoFields.map(({ key, word, long }) => (
              <SavedField key={key} {...field} label={word} multiline={long} value={evidence.photoFacts?.[key] ?? ''} onSave={(text) => update({ photoFacts: { ...(evidence.photoFacts ?? noFacts), [key]: text } })} />
            ))}
          </div>
        </fieldset>
      ) : null}
      <EvidenceFile evidence={evidence} />
    </div>
  );
}
