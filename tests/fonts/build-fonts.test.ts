import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GlobalFonts, createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFonts } from '../../scripts/build-fonts.mjs';

const roles = ['hei', 'song', 'xiaobiaosong', 'kai'] as const;
const folder = mkdtempSync(path.join(tmpdir(), 'chuangdang-fonts-'));
const digest = (role: string): string => createHash('sha256').update(readFileSync(path.join(folder, `${role}.ttf`))).digest('hex');

beforeAll(async () => {
  await buildFonts(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Dark pixels of one character at 60 px. */
function inkOf(character: string, family: string): number {
  const canvas = createCanvas(80, 80);
  const context = canvas.getContext('2d');
  context.font = `60px ${family}`;
  context.fillText(character, 10, 65);
  const pixels = context.getImageData(0, 0, 80, 80).data;
  let ink = 0;
  for (let i = 3; i < pixels.length; i += 4) if ((pixels[i] ?? 0) > 128) ink += 1;
  return ink;
}

describe('built fonts', () => {
  it.each(roles)('%s draws common, rare and Latin characters', (role) => {
    const family = `built-${role}`;
    GlobalFonts.registerFromPath(path.join(folder, `${role}.ttf`), family);
    for (const character of '文创档〔〕—·％0A㎡①㸆䲟䝉龘') expect(inkOf(character, family), character).toBeGreaterThan(8);
    // A rare character of the 8105 table beyond the BMP.
    expect(inkOf('𬭎', family)).toBeGreaterThan(200);
  });

  it('gives 小标宋 more weight than 宋', () => {
    expect(inkOf('国', 'built-xiaobiaosong')).toBeGreaterThan(1.15 * inkOf('国', 'built-song'));
  });

  it('leaves current fonts alone, and makes the same bytes again where one is missing', async () => {
    const before = roles.map(digest);
    expect((await buildFonts(folder)).built).toEqual([]);
    rmSync(path.join(folder, 'hei.ttf'));
    expect((await buildFonts(folder)).built).toEqual(['hei']);
    expect(roles.map(digest)).toEqual(before);
  }, 60_000);

  it('builds anew when the recipe changed', async () => {
    writeFileSync(path.join(folder, 'built.stamp'), 'another recipe');
    const font = path.join(folder, 'song.ttf');
    utimesSync(font, 1, 1);
    expect((await buildFonts(folder)).built).toEqual([...roles]);
    expect(statSync(font).mtimeMs).toBeGreaterThan(1000);
  }, 120_000);
});
