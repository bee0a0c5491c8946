#!/usr/bin/env node
// electron-builder makes a deb by calling fpm, which it fetches from its releases. This takes fpm's arguments and does the same with
// dpkg-deb, which every Debian has; electron-builder is pointed here by CUSTOM_FPM_PATH.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** @type {Map<string, string[]>} */
const options = new Map();
/** @type {string[]} */
const contents = [];
const args = process.argv.slice(2);
for (let at = 0; at < args.length; at += 1) {
  const word = args[at] ?? '';
  if (word === '--force') continue;
  if (word.startsWith('-')) {
    options.set(word, [...(options.get(word) ?? []), args[at + 1] ?? '']);
    at += 1;
  } else contents.push(word);
}
/** @param {string} name */
const one = (name) => options.get(name)?.[0] ?? '';
if (one('-t') !== 'deb') throw new Error(`only deb can be made here, not ${one('-t')}`);

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'chuangdang-deb-'));
try {
  for (const pair of contents) {
    const [from = '', to = ''] = pair.split('=');
    const place = path.join(root, to);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    // A folder's own tree keeps its modes and links; a file stands under the name after the sign.
    const copied = spawnSync('cp', ['-a', from.endsWith('/') ? `${from}.` : from, from.endsWith('/') ? (fs.mkdirSync(place, { recursive: true }), place) : place], { stdio: 'inherit' });
    if (copied.status !== 0) throw new Error(`could not copy ${from}`);
    if (!from.endsWith('/')) fs.chmodSync(place, 0o644);
  }
  const files = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  for (const entry of files) if (entry.isDirectory()) fs.chmodSync(path.join(entry.parentPath, entry.name), 0o755);
  fs.chmodSync(root, 0o755);
  const bytes = files.reduce((sum, entry) => sum + (entry.isFile() ? fs.statSync(path.join(entry.parentPath, entry.name)).size : 0), 0);
  const [synopsis = '', ...description] = one('--description').split('\n').map((line) => line.trim());
  const control = [
    ['Package', one('--name')],
    ['Version', one('--version')],
    ['Architecture', one('--architecture')],
    ['Maintainer', one('--maintainer')],
    ['Installed-Size', String(Math.ceil(bytes / 1024))],
    ['Depends', (options.get('-d') ?? []).join(', ')],
    ['Recommends', (options.get('--deb-recommends') ?? []).join(', ')],
    ['Section', one('--category') || 'editors'],
    ['Priority', one('--deb-priority') || 'optional'],
    ['Description', [synopsis, ...description.filter((line) => line !== '').map((line) => ` ${line}`)].join('\n')],
  ];
  const meta = path.join(root, 'DEBIAN');
  fs.mkdirSync(meta);
  fs.writeFileSync(path.join(meta, 'control'), control.filter(([, value]) => value !== '').map(([key, value]) => `${key}: ${value}\n`).join(''));
  for (const [option, name] of [['--after-install', 'postinst'], ['--after-remove', 'postrm']]) {
    const script = one(option ?? '');
    if (script === '') continue;
    fs.copyFileSync(script, path.join(meta, name ?? ''));
    fs.chmodSync(path.join(meta, name ?? ''), 0o755);
  }
  const compression = one('--deb-compression') || 'xz';
  const made = spawnSync('dpkg-deb', ['--root-owner-group', compression === 'gz' ? '-Zgzip' : `-Z${compression}`, '-z6', '--build', root, one('--package')], { stdio: 'inherit' });
  if (made.status !== 0) throw new Error(`dpkg-deb ended with ${made.status ?? 'no status'}`);
} finally {
  fs.rmSync(root, { recursive: true, force: true });
}
