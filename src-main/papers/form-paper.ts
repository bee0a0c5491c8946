import { cell, label, text, type Block, type PageSetupName, type Paper, type Row } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';

/** A column of a list: its header, its share of the width, how its cells stand. */
export type ListColumn = readonly [header: string, share: number, align: 'left' | 'center'];

export interface ListPaper {
  readonly title: string;
  readonly page: PageSetupName;
  /** Stands between title and table; may be empty. */
  readonly note: string;
  readonly columns: readonly ListColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Said in one row where there are none. */
  readonly empty: string;
  readonly leastRows?: number;
  readonly before?: readonly Block[];
  readonly after?: readonly Block[];
  readonly draft: boolean;
}

/** A titled list over the whole width, numbered from 1: the form of most ledgers and lists. */
export function describeList(list: ListPaper, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages[list.page]);
  const sum = list.columns.reduce((total, [, share]) => total + share, 0);
  const none: Row = { cells: [{ text: list.empty, span: list.columns.length, align: 'center' }] };
  return {
    title: list.title,
    draft: list.draft,
    sections: [
      {
        page: list.page,
        numbering: 'restart',
        blocks: [
          text('formTitle', list.title),
          ...(list.note === '' ? [] : [text('formNote', list.note)]),
          ...(list.before ?? []),
          {
            kind: 'table',
            table: {
              columns: list.columns.map(([, share, align]) => ({ width: (width * share) / sum, align })),
              headers: list.columns.map(([header]) => header),
              rows: list.rows.length === 0 ? [none] : list.rows.map((texts) => ({ cells: texts.map(cell) })),
              rowHeight: 10,
              leastRows: list.leastRows ?? 0,
            },
          },
          ...(list.after ?? []),
        ],
      },
    ],
  };
}

export interface FormField {
  readonly name: string;
  readonly value: string;
  /** Least height of its row, for what is written or sealed by hand. */
  readonly height?: number;
}

/** A titled form of name–value rows, one page or more. */
export function describeForm(title: string, note: string, fields: readonly FormField[], after: readonly Block[], draft: boolean, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.form);
  return {
    title,
    draft,
    sections: [
      {
        page: 'form',
        numbering: 'none',
        blocks: [
          text('formTitle', title),
          ...(note === '' ? [] : [text('formNote', note)]),
          {
            kind: 'table',
            table: {
              columns: [
                { width: 34, align: 'center' },
                { width: width - 34, align: 'left' },
              ],
              headers: [],
              rows: fields.map(({ name, value, height }) => ({
                ...(height === undefined ? {} : { height }),
                cells: [label(name), height === undefined ? cell(value) : { text: value, vertical: 'top' as const }],
              })),
              rowHeight: 10,
              leastRows: 0,
            },
          },
          ...after,
        ],
      },
    ],
  };
}
