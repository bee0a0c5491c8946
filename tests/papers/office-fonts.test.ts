import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describePhoto, findOfficeFonts } from '../../src-main/papers/index.ts';
import { measure } from './paper-fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'chuangdang-office-fonts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const built = readFileSync(path.join(import.meta.dirname, '../../resources/fonts/song.ttf'));
const families = { fangsong: ['仿宋_GB2312', 'Noto Serif SC'] };

/** The built font with other licence flags. */
function withFlags(fsType: number): Buffer {
  const font = Buffer.from(built);
  for (let i = 0; i < font.readUInt16BE(4); i += 1) {
    const at = 12 + 16 * i;
    if (font.toString('latin1', at, at + 4) === 'OS/2') font.writeUInt16BE(fsType, font.readUInt32BE(at + 8) + 8);
  }
  return font;
}

describe('findOfficeFonts', () => {
  it('finds a font by its family in nested folders, past damaged and foreign files', async () => {
    mkdirSync(path.join(folder, 'ok/deep'), { recursive: true });
    writeFileSync(path.join(folder, 'ok/deep/a.TTF'), built);
    writeFileSync(path.join(folder, 'ok/broken.ttf'), Buffer.concat([built.subarray(0, 400), Buffer.alloc(1_100_000, 255)]));
    writeFileSync(path.join(folder, 'ok/text.ttf'), 'x'.repeat(1_100_000));
    writeFileSync(path.join(folder, 'ok/small.ttf'), built.subarray(0, 5000));
    expect(await findOfficeFonts([path.join(folder, 'ok'), path.join(folder, 'absent')], families)).toEqual([
      { role: 'fangsong', family: 'Noto Serif SC', file: path.join(folder, 'ok/deep/a.TTF') },
    ]);
  });

  it.each([[0x0002, 0], [0x0100, 0], [0x0200, 0], [0x0008, 1], [0x0004, 1], [0x0000, 1]])('with licence flags %i answers %i fonts', async (flags, count) => {
    const own = path.join(folder, `flags-${flags}`);
    mkdirSync(own);
    writeFileSync(path.join(own, 'f.ttf'), withFlags(flags));
    expect(await findOfficeFonts([own], families)).toHaveLength(count);
  });

  it('looks through this machine without an error', async () => {
    for (const font of await findOfficeFonts()) expect(['fangsong', 'xiaobiaosong', 'kai']).toContain(font.role);
  });
});

describe('describePhoto', () => {
  it('prints the known facts under the title, wrapped', () => {
    const facts = { time: '2023年6月5日', place: '市南区音乐广场', people: '', subject: '六五环境日宣传活动', background: '', occasion: '宣传' };
    expect(describePhoto('环境日活动', facts, 200, 12, measure)).toEqual(['环境日活动', '时间：2023年6月5日', '地点：市南区音乐广场', '主题：六五环境日宣传活动', '事由：宣传']);
    const wrapped = describePhoto('六五环境日宣传活动现场'.repeat(3), null, 60, 14, measure);
    expect(wrapped.length).toBeGreaterThan(1);
    for (const line of wrapped) expect(measure(line, 'kai', 14)).toBeLessThanOrEqual(60.01);
  });
});
