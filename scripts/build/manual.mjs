import fs from 'node:fs';
import path from 'node:path';
import { marked } from 'marked';
import { ROOT } from '../setup/places.mjs';

const SOURCE = path.join(ROOT, 'docs', 'manual');
const TARGET = path.join(ROOT, 'dist', 'manual');

const style = `body{font:16px/1.75 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif;color:#222;background:#fbfaf5;max-width:60em;margin:0 auto;padding:2em}
h1,h2{font-family:"Noto Serif SC","Source Han Serif SC",SimSun,serif}h1{border-bottom:3px solid #a8231f;padding-bottom:.3em}h2{margin-top:2.2em;border-bottom:1px solid #ccc}
img{max-width:100%;border:1px solid #bbb}table{border-collapse:collapse;margin:1em 0}th,td{border:1px solid #bbb;padding:.3em .8em;text-align:left;vertical-align:top}th{background:#eee8da}a{color:#1b4b82}
@media print{body{background:#fff;max-width:none}h2{break-before:page}img{max-height:16cm}}`;

/** The heading's own words as its address, as GitHub makes it, so that the list of chapters leads there in both. @param {string} text */
const anchorOf = (text) => text.trim().toLowerCase().replaceAll(/[^\p{L}\p{N}\s-]/gu, '').replaceAll(' ', '-');

/** The user manual as one page with its pictures, in `dist/manual`, without script and without anything from outside. */
export const writeManual = () => {
  const renderer = new marked.Renderer();
  renderer.heading = function heading({ tokens, depth, text }) {
    return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
  };
  const body = marked.parse(fs.readFileSync(path.join(SOURCE, 'README.md'), 'utf8'), { renderer, async: false });
  const policy = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'";
  fs.rmSync(TARGET, { recursive: true, force: true });
  fs.cpSync(path.join(SOURCE, 'pictures'), path.join(TARGET, 'pictures'), { recursive: true });
  fs.writeFileSync(
    path.join(TARGET, 'index.html'),
    `<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>创档使用手册</title><style>${style}</style></head><body>\n${body}</body></html>\n`,
  );
};
