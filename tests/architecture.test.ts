import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The house's arrows: who may import whom. A room not listed here may not exist. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  contract: ['domain'],
  archive: ['domain'],
  intake: ['domain'],
  binder: ['domain'],
  papers: ['domain'],
  exchange: ['archive', 'papers', 'binder', 'domain'],
  sample: ['binder', 'papers', 'domain'],
  service: ['contract', 'archive', 'intake', 'binder', 'papers', 'exchange', 'sample', 'domain'],
  cli: ['service', 'contract', 'archive', 'intake', 'binder', 'papers', 'exchange', 'sample', 'domain'],
  shell: ['contract'],
  renderer: ['contract', 'domain'],
};

/** Rooms that see neither Node nor Electron, and where Electron alone may be named. */
const withoutNode = new Set(['domain', 'contract', 'renderer']);
const withElectron = new Set(['shell']);

const root = resolve(import.meta.dirname, '..');

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (/\.(ts|tsx|mts|cts)$/.test(entry.name)) yield path;
  }
}

function roomOf(file: string): string {
  const parts = relative(root, file).split(sep);
  return parts[0] === 'src-renderer' ? 'renderer' : (parts[1] ?? '');
}

const importPattern = /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;(])import\s*\(?\s*['"]([^'"]+)['"]|require\(\s*['"]([^'"]+)['"]/g;

/** Import specifiers of a source text, whatever their form. */
export function importsOf(text: string): string[] {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...bare.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

const files = [...sourceFiles(join(root, 'src-main')), ...sourceFiles(join(root, 'src-renderer'))];

describe('architecture', () => {
  it('reads every form of import', () => {
    const text = "import a from 'a';\nimport 'b';\nexport * from './c.ts';\nconst d = await import('d');\nimport type { E }\n  from 'e';\nconst f = require('f');\n// import 'g'";
    expect(importsOf(text)).toEqual(['a', 'b', './c.ts', 'd', 'e', 'f']);
  });

  it('knows every room', () => {
    const rooms = new Set(files.map(roomOf));
    expect([...rooms].filter((room) => !Object.hasOwn(allowed, room))).toEqual([]);
    expect(rooms.size).toBeGreaterThan(8);
  });

  it('lets arrows run one way only', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const from = roomOf(file);
      for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
        if (!specifier.startsWith('.')) continue;
        const target = resolve(dirname(file), specifier);
        const inside = target.startsWith(join(root, 'src-main') + sep) || target.startsWith(join(root, 'src-renderer') + sep);
        const to = roomOf(target);
        if (inside && to !== from && !(allowed[from] ?? []).includes(to)) wrong.push(`${relative(root, file)} → ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps Node and Electron out of the rooms that must not have them', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const room = roomOf(file);
      for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
        if (withoutNode.has(room) && specifier.startsWith('node:')) wrong.push(`${relative(root, file)} → ${specifier}`);
        if (!withElectron.has(room) && (specifier === 'electron' || specifier.startsWith('electron/'))) wrong.push(`${relative(root, file)} → ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('touches ipcMain in one file and ipcRenderer in one file', () => {
    const naming = (word: string): string[] => files.filter((file) => new RegExp(`\\b${word}\\b`).test(readFileSync(file, 'utf8'))).map((file) => relative(root, file));
    expect(naming('ipcMain').length).toBeLessThanOrEqual(1);
    expect(naming('ipcRenderer').length).toBeLessThanOrEqual(1);
  });

  it('has no drawers, no default exports, no files beyond one screenful of topics', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const name = relative(root, file);
      const text = readFileSync(file, 'utf8');
      if (/(^|\/)(utils?|helpers?|misc|common)\.[cm]?tsx?$/.test(name)) wrong.push(`${name}: a drawer`);
      if (/^export default\b/m.test(text)) wrong.push(`${name}: default export`);
      if (text.split('\n').length > 440) wrong.push(`${name}: ${text.split('\n').length} lines`);
      if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(name.split(sep).at(-1) ?? '')) wrong.push(`${name}: not kebab-case`);
    }
    expect(wrong).toEqual([]);
  });
});
