import { Alert, Button, InputNumber, Popconfirm, Select, Space } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ProfileList } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChooseFile } from '../papers/office-file.tsx';
import { urlOfPaper, useMadePaper } from '../papers/use-made-paper.ts';
import { PdfViewer } from '../preview/pdf-viewer.tsx';
import { WhenRead } from '../ui/page-frame.tsx';
import { SavedField } from '../ui/saved-field.tsx';
import { profileFields } from './profile-fields.ts';
import type { ProfileField } from './profile-fields.ts';
import './profiles.css';

type Profile = ProfileList['profiles'][number];

/** 版式: which layout is in force, the main values of the office's own, and how the papers look with them. */
export function Profiles() {
  const list = useRead('profile.list', {});
  return <WhenRead query={list}>{(read) => <Shelf list={read} />}</WhenRead>;
}

function Shelf({ list }: { readonly list: ProfileList }) {
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const choose = useChooseFile();
  const active = list.profiles.find(({ id }) => id === list.active);
  if (active === undefined) return null;
  const bring = async (): Promise<void> => {
    const path = await choose('选择版式文件', 'profile');
    if (path !== null) await change('profile.import', { path });
  };
  const give = async (): Promise<void> => {
    const chosen = await call('shell.choosePaperFile', { suggestedName: active.name.slice(0, 80), format: 'json' });
    if (!chosen.ok) return notify.trouble(chosen.error);
    if (chosen.value.path === null) return;
    const reply = await call('profile.export', { id: active.id, out: chosen.value.path });
    if (reply.ok) notify.say(`已保存：${reply.value.path}`);
    else notify.trouble(reply.error);
  };
  return (
    <div className="profiles" data-testid="profiles">
      <div className="profile-form">
        <Space wrap>
          <Select aria-label="采用的版式" className="profile-choice" value={active.id} disabled={readOnly} onChange={(id) => void change('profile.choose', { id })} options={list.profiles.map(({ id, name, builtIn }) => ({ value: id, label: builtIn ? name : `${name}（本单位）` }))} data-testid="profile-choice" />
          <Button disabled={readOnly} onClick={() => void change('profile.copy', { from: active.id, name: `本单位版式${list.profiles.length - 1}` })} data-testid="profile-copy">
            复制一份
          </Button>
          <Button disabled={readOnly} onClick={() => void bring()} data-testid="profile-import">
            导入…
          </Button>
          <Button onClick={() => void give()}>导出…</Button>
          {active.builtIn ? null : (
            <Popconfirm title="删除这个版式？" description="改用内置版式；可以撤销。" okText="删除" cancelText="不删" onConfirm={() => void change('profile.remove', { id: active.id })}>
              <Button disabled={readOnly}>删除</Button>
            </Popconfirm>
          )}
        </Space>
        {active.builtIn ? <Alert type="info" showIcon title="内置版式按标准固定不变。要调整位置、字号、栏宽，先“复制一份”。" /> : null}
        <Values profile={active} disabled={readOnly || active.builtIn} />
      </div>
      <Preview />
    </div>
  );
}

function Values({ profile, disabled }: { readonly profile: Profile; readonly disabled: boolean }) {
  const groups = profileFields(profile.values);
  return (
    <>
      {groups.map(({ title, fields }) => (
        <section key={title} className="profile-group" aria-label={title}>
          <h3>{title}</h3>
          {fields.map((field) => (
            <label key={field.place} className="profile-field">
              <span>{field.label}</span>
              <Value profile={profile} field={field} disabled={disabled} />
            </label>
          ))}
        </section>
      ))}
    </>
  );
}

function Value({ profile, field, disabled }: { readonly profile: Profile; readonly field: ProfileField; readonly disabled: boolean }): ReactNode {
  const change = useChange();
  const { place, label } = field;
  const value = profile.values[place];
  // What was refused does not stay in the field: the layout in force is unchanged.
  const [refusals, setRefusals] = useState(0);
  const save = async (next: string | number | boolean): Promise<void> => {
    const reply = await change('profile.change', { id: profile.id, place, value: next });
    if (!reply.ok) setRefusals((before) => before + 1);
  };
  switch (field.kind) {
    case 'number':
      return <InputNumber key={`${String(value)} ${refusals}`} aria-label={label} size="small" disabled={disabled} defaultValue={Number(value)} step={field.step} suffix={field.unit} changeOnBlur onChange={(next) => (next === null || next === value ? undefined : void save(next))} data-testid={`profile-${place}`} />;
    case 'choice':
      return (
        <Select<number>
          aria-label={label}
          size="small"
          disabled={disabled}
          value={field.options.findIndex((option) => option.value === value)}
          options={field.options.map((option, index) => ({ value: index, label: option.label }))}
          onChange={(index) => {
            const option = field.options[index];
            if (option !== undefined) void save(option.value);
          }}
          className="profile-option"
          data-testid={`profile-${place}`}
        />
      );
    case 'text':
      return <SavedField label="" value={String(value ?? '')} disabled={disabled} onSave={(text) => void save(text)} testId={`profile-${place}`} />;
    default:
      return field satisfies never;
  }
}

/** How a volume's index looks with the layout in force. */
function Preview() {
  const made = useMadePaper('volume-index', '1', true);
  return <div className="profile-preview">{made.error !== null ? <p className="faint">归入指标的材料装成案卷后，这里显示卷内目录的样子。</p> : <WhenRead query={made}>{({ id }) => <PdfViewer key={id} url={urlOfPaper(id)} at={1} title="卷内目录样张" proof={null} />}</WhenRead>}</div>;
}
