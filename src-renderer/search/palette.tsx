import { SearchOutlined } from '@ant-design/icons';
import { Input, Modal } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useNavigation } from '../app/navigation.tsx';
import { useRead } from '../api/queries.ts';
import { arrangePalette } from './arrange-palette.ts';
import type { PaletteCommand, PaletteRow } from './arrange-palette.ts';
import { findPapers } from './find-commands.ts';
import { shortenMiddle } from '../ui/shorten-middle.ts';
import { Marked } from './marked.tsx';
import { PagePicture } from './page-picture.tsx';
import './palette.css';

interface PaletteProps {
  readonly commands: readonly PaletteCommand[];
  readonly onClose: () => void;
}

const MOST = 40;
/** A page is drawn once the choice rests this long. */
const PICTURE_AFTER_MS = 120;

/** Letters of a document's title that find room in a row; its middle gives way, as a found word at the end would be cut to a stray mark. */
const TITLE_ROOM = 29;

/** Ctrl+K: everything by name from anywhere: pages of the program, indicators, and every page of the evidence with its picture. */
export function Palette({ commands, onClose }: PaletteProps) {
  const { go } = useNavigation();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<InputRef>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim().slice(0, 200)), 120);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useRead('search.query', { text: asked, limit: MOST }, { enabled: asked !== '', keep: true });
  const papers = useRead('papers.list', {});
  const rows = arrangePalette(text.trim(), commands, findPapers(text.trim(), papers.data, go), asked === '' ? undefined : found.data);
  const chosen = Math.min(at, rows.length - 1);
  const row = rows[chosen];
  useEffect(() => {
    list.current?.querySelector(`[data-at="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const picture = useSettled(row?.kind === 'page' ? row : null);

  const open = (wanted: PaletteRow): void => {
    onClose();
    switch (wanted.kind) {
      case 'command':
        return wanted.run();
      case 'indicator':
        return go({ page: 'indicators', code: wanted.code });
      case 'unit':
        return go({ page: 'settings', tab: 'units' });
      case 'page':
        return go({ page: 'preview', id: wanted.id, at: Math.max(1, wanted.page), find: asked });
      case 'all':
        sessionStorage.setItem('last-search', text);
        return go({ page: 'search' });
      default:
        return wanted satisfies never;
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(rows.length - 1, chosen + step)));
    } else if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      open(row);
    }
  };
  return (
    <Modal open width={940} className="palette" closable={false} footer={null} title={null} onCancel={onClose} afterOpenChange={(shown) => (shown ? field.current?.focus() : undefined)} aria-label="检索和命令">
      <div onKeyDown={onKeyDown} data-testid="palette">
        <Input
          ref={field}
          autoFocus
          size="large"
          variant="borderless"
          prefix={<SearchOutlined />}
          maxLength={200}
          value={text}
          aria-label="检索词或命令"
          placeholder="找材料、页上的文字、指标，或输入要做的事"
          role="combobox"
          aria-expanded
          aria-controls="palette-rows"
          aria-activedescendant={row === undefined ? undefined : `palette-row-${chosen}`}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          data-testid="palette-input"
        />
        <div className="palette-room">
          <ul className="palette-rows" id="palette-rows" role="listbox" aria-label="结果" ref={list}>
            {rows.map((candidate, index) => (
              <li
                key={candidate.key}
                id={`palette-row-${index}`}
                role="option"
                aria-selected={index === chosen}
                className={`palette-row${index === chosen ? ' palette-row-chosen' : ''}`}
                data-at={index}
                onMouseMove={() => setAt(index)}
                onClick={() => open(candidate)}
                data-testid="palette-row"
              >
                <span className="palette-kind">{kindWords[candidate.kind]}</span>
                <span className="palette-text">
                  <strong>
                    <Marked text={candidate.kind === 'page' ? shortenMiddle(candidate.title, TITLE_ROOM) : candidate.title} words={asked} />
                  </strong>
                  <RowWords row={candidate} words={asked} />
                </span>
                <span className="palette-side figures">{candidate.side}</span>
              </li>
            ))}
            {rows.length === 0 ? <li className="palette-none">没有找到“{text.trim()}”。{adviceFor(text.trim())}</li> : null}
          </ul>
          <div className={`palette-picture${row?.kind === 'page' ? '' : ' palette-picture-none'}`}>{picture === null ? null : <PagePicture id={picture.id} page={picture.page} width={250} />}</div>
        </div>
        <p className="palette-keys">
          <kbd>↑</kbd>
          <kbd>↓</kbd> 选择 <kbd>回车</kbd> 打开 <kbd>Esc</kbd> 关闭
        </p>
      </div>
    </Modal>
  );
}

/** Second line of a row: what tells a document from its twins, and the words where they were found. */
function RowWords({ row, words }: { readonly row: PaletteRow; readonly words: string }) {
  const about = row.kind === 'page' ? row.about : '';
  const snippet = row.kind === 'page' || row.kind === 'indicator' ? row.snippet : '';
  if (about === '' && snippet === '') return null;
  return (
    <small>
      {about === '' ? null : <span className="palette-about">{about}</span>}
      {row.kind === 'indicator' ? '方案：' : null}
      <Marked text={snippet} words={words} />
    </small>
  );
}

/** Below this a shorter word is no advice. */
const SHORT = 4;
const adviceFor = (words: string): string =>
  words.length >= SHORT ? '换个说法，或只输入其中两三个字。' : '可以输入材料题名、页上的文字、指标或单位、文书名称（如“卷内目录”），或要做的事（如“打印”“备份”）。';

const kindWords: Readonly<Record<PaletteRow['kind'], string>> = { command: '操作', indicator: '指标', unit: '单位', page: '材料', all: '检索' };

type PageRow = Extract<PaletteRow, { kind: 'page' }>;

/** The row once the choice has rested on it: no page is drawn while the arrows run through the list. */
function useSettled(row: PageRow | null): PageRow | null {
  const [settled, setSettled] = useState('');
  const key = row?.key ?? '';
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), PICTURE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return settled === key ? row : null;
}
