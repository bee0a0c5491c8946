import { readdirSync } from 'node:fs';
import { extname, join, posix } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

export interface PageFile {
  readonly path: string;
  readonly mime: string;
}

/** The built pages by the URL path that serves each. Only what is listed here can be asked for, so no path is ever resolved. */
export function listPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  const add = (inside: string): void => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const below = posix.join(inside, entry.name);
      if (entry.isDirectory()) add(below);
      else if (entry.isFile()) files.set(below, { path: join(folder, below), mime: types[extname(entry.name).toLowerCase()] ?? 'application/octet-stream' });
    }
  };
  add('/');
  return files;
}
