import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInProfiles, defaultProfile, parseProfile } from '../../src-main/papers/index.ts';
import { openBundledFonts } from '../../src-main/service/font-files.ts';

/** A copy as it would come from a file. */
const copy = (): Record<string, unknown> => JSON.parse(JSON.stringify(defaultProfile));

describe('parseProfile', () => {
  it('takes the built-in profiles', () => {
    expect(builtInProfiles.map(({ id }) => id)).toEqual(['dat-22-2015', 'gbt-11822-2008']);
    for (const profile of builtInProfiles) expect(parseProfile(JSON.parse(JSON.stringify(profile)))).toEqual({ ok: true, profile });
  });

  it('names the place and the fault of a wrong one', () => {
    expect(parseProfile({ ...copy(), table: { padding: 'wide', lineWidth: 0.2 } })).toEqual({ ok: false, problems: ['表格（table.padding）：缺少此项，或类型不对，应为 number'] });
    expect(parseProfile({ ...copy(), farbe: 1 })).toEqual({ ok: false, problems: ['文件：不认识的设置 farbe，请检查拼写'] });
    expect(parseProfile(null)).toMatchObject({ ok: false });
    const wide = { ...defaultProfile.volumeIndex, columns: defaultProfile.volumeIndex.columns.map((column) => ({ ...column, width: 40 })) };
    expect(parseProfile({ ...copy(), volumeIndex: wide })).toEqual({ ok: false, problems: ['卷内目录（volumeIndex.columns）：各列宽度合计 280 mm，超过版心宽度 170 mm'] });
    const pages = { ...defaultProfile.pages, form: { ...defaultProfile.pages.form, left: 160 } };
    expect(parseProfile({ ...copy(), pages })).toMatchObject({ ok: false });
  });

  it('has columns in which an eight-digit date and a four-digit page range stay on one line', () => {
    const { measure } = openBundledFonts(resolve(import.meta.dirname, '../../resources'));
    for (const { volumeIndex, itemCatalog, styles, table } of builtInProfiles) {
      for (const column of [...volumeIndex.columns, ...itemCatalog.columns]) {
        const longest = column.field === 'date' ? '20231230' : column.field === 'page' ? '888–999' : '';
        expect(measure(longest, styles.cell.font, styles.cell.size), `${column.header} ${longest}`).toBeLessThanOrEqual(column.width - 2 * table.padding);
      }
    }
  });
});
