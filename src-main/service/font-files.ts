import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadFonts } from '../binder/fonts.ts';
import type { Fonts } from '../binder/fonts.ts';
import type { FontRole } from '../domain/page-drawing.ts';

const files: Readonly<Record<Exclude<FontRole, 'fangsong'>, string>> = { hei: 'hei.ttf', song: 'song.ttf', xiaobiaosong: 'xiaobiaosong.ttf', kai: 'kai.ttf' };

/** Opens the bundled fonts. 仿宋 has no open font for Simplified Chinese; 宋 serves in its place. */
export function openBundledFonts(resources: string): Fonts {
  const paths: Partial<Record<FontRole, string>> = {};
  for (const [role, name] of Object.entries(files) as [keyof typeof files, string][]) {
    const path = join(resources, 'fonts', name);
    if (!existsSync(path)) throw new Error(`font ${name} is missing from the resources; run the set-up again`);
    paths[role] = path;
  }
  return loadFonts(paths);
}
