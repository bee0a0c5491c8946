import { createHash } from 'node:crypto';

/** One item as the reading room lists it. Paths are relative to the page. */
export interface RoomItem {
  readonly indicator: string;
  readonly title: string;
  readonly documentNumber: string;
  readonly issuer: string;
  readonly date: string;
  readonly volume: number;
  /** As they are stamped: `12–15`. */
  readonly pages: string;
  /** The volume's PDF, and the page of that file (from 1) where the item begins. */
  readonly file: string;
  readonly filePage: number;
  /** The original; empty where the package has none. */
  readonly original: string;
}

export interface RoomIndicator {
  readonly code: string;
  readonly name: string;
  readonly group: string;
  readonly target: string;
  readonly verdict: string;
  readonly values: string;
}

export interface ReadingRoom {
  readonly title: string;
  readonly subtitle: string;
  readonly indicators: readonly RoomIndicator[];
  readonly items: readonly RoomItem[];
  readonly volumes: readonly { readonly no: number; readonly title: string; readonly file: string; readonly pages: number }[];
}

/** JSON that may stand within a script element: nothing in it can end the element or begin a comment. */
const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

export const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

const style = `
:root{--ink:#1f2933;--soft:#5b6875;--line:#d9dee4;--paper:#fff;--desk:#f3f5f7;--accent:#1f5f8b;color-scheme:light}
*{box-sizing:border-box}
body{margin:0;font:15px/1.6 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif;color:var(--ink);background:var(--desk)}
header{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--line);padding:14px 28px;z-index:1}
h1{font-size:18px;margin:0}
header p{margin:2px 0 10px;color:var(--soft);font-size:13px}
input{width:100%;max-width:720px;font:inherit;padding:8px 12px;border:1px solid #b8c1ca;border-radius:4px}
input:focus{outline:2px solid var(--accent);outline-offset:1px}
#count{color:var(--soft);font-size:13px;margin-left:10px}
main{max-width:1120px;margin:18px auto 60px;padding:0 28px}
section{background:var(--paper);border:1px solid var(--line);border-radius:4px;margin:0 0 14px;padding:12px 18px}
h2{font-size:16px;margin:0}
h2 b{display:inline-block;min-width:3.2em;color:var(--accent);font-variant-numeric:tabular-nums}
.facts{color:var(--soft);font-size:13px;margin:2px 0 6px}
table{border-collapse:collapse;width:100%}
td{border-top:1px solid var(--line);padding:5px 8px 5px 0;vertical-align:top}
td:nth-child(2),td:nth-child(3){white-space:nowrap;width:1%;font-variant-numeric:tabular-nums}
a{color:var(--accent)}
small{color:var(--soft)}
.none{color:var(--soft);padding:30px 0;text-align:center}
@media print{header input,#count{display:none}section{break-inside:avoid;border-color:#999}}
`;

/** Plain script of the page. It only reads the data beside it, and builds the page out of text nodes. */
const script = `
(function(){
'use strict';
var data=JSON.parse(document.getElementById('data').textContent);
var list=document.getElementById('list'),box=document.getElementById('search'),count=document.getElementById('count');
function el(name,text,cls){var e=document.createElement(name);if(text!==undefined&&text!=='')e.textContent=text;if(cls)e.className=cls;return e}
function link(href,text){var a=el('a',text);a.href=href;a.target='_blank';a.rel='noopener noreferrer';return a}
function path(p){return p.split('/').map(encodeURIComponent).join('/')}
function fold(t){return t.normalize('NFKC').toLowerCase()}
var byCode={};data.items.forEach(function(i){(byCode[i.indicator]=byCode[i.indicator]||[]).push(i)});
var index=data.indicators.map(function(n){return{n:n,head:fold(n.code+' '+n.name+' '+n.group),items:(byCode[n.code]||[]).map(function(i){return{i:i,text:fold([i.title,i.documentNumber,i.issuer,i.date].join(' '))}})}});
function row(i){
 var tr=el('tr'),a=el('td'),b=el('td'),c=el('td');
 a.appendChild(link(path(i.file)+'#page='+i.filePage,i.title));
 var facts=[i.documentNumber,i.issuer,i.date].filter(Boolean).join('　');
 if(facts){a.appendChild(el('br'));a.appendChild(el('small',facts))}
 b.appendChild(el('span','第'+i.volume+'卷 '+i.pages+'页'));
 if(i.original)c.appendChild(link(path(i.original),'原件'));
 tr.appendChild(a);tr.appendChild(b);tr.appendChild(c);return tr}
function show(){
 var words=fold(box.value).split(/\\s+/).filter(Boolean),shown=0,hits=0,out=document.createDocumentFragment();
 var exact=words.length===1?index.filter(function(x){return fold(x.n.code)===words[0]}):[];
 (exact.length?exact:index).forEach(function(x){
  var head=exact.length||words.every(function(w){return x.head.indexOf(w)>=0});
  var items=head?x.items:x.items.filter(function(y){return words.every(function(w){return y.text.indexOf(w)>=0})});
  if(!head&&!items.length)return;
  shown++;hits+=items.length;
  var s=el('section'),h=el('h2');s.id='i'+x.n.code;h.appendChild(el('b',x.n.code));h.appendChild(document.createTextNode(x.n.name));s.appendChild(h);
  var f=[x.n.group,x.n.target,x.n.verdict,x.n.values].filter(Boolean).join('　');if(f)s.appendChild(el('div',f,'facts'));
  if(items.length){var t=el('table'),b=el('tbody');items.forEach(function(y){b.appendChild(row(y.i))});t.appendChild(b);s.appendChild(t)}else s.appendChild(el('small','没有装订的材料'));
  out.appendChild(s)});
 if(!shown)out.appendChild(el('div','没有找到。可以输入指标编号、题名、文号或单位。','none'));
 list.replaceChildren(out);count.textContent=shown+' 项指标，'+hits+' 件材料'}
box.addEventListener('input',show);
box.addEventListener('keydown',function(e){if(e.key==='Enter'){var a=list.querySelector('a');if(a)a.click()}});
function jump(){if(location.hash.length>1){box.value=decodeURIComponent(location.hash.slice(1));show()}}
window.addEventListener('hashchange',jump);
show();jump();box.focus();
})();
`;

const cspHash = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

/**
 * 阅览室: one HTML file that opens from a disk without a network. Type an indicator's number (or put it behind `#` in the address) and
 * press Enter: the volume opens at its page. A policy in the page lets nothing run or load but its own script and style.
 */
export const renderReadingRoom = (room: ReadingRoom): string => {
  const policy = `default-src 'none'; script-src ${cspHash(script)}; style-src ${cspHash(style)}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(room.title)} 阅览室</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(room.title)}</h1>
<p>${escapeHtml(room.subtitle)}</p>
<input id="search" type="search" aria-label="检索" placeholder="指标编号、题名、文号、单位；回车打开第一件" autocomplete="off"><span id="count" role="status"></span>
</header>
<main id="list"></main>
<script type="application/json" id="data">${scriptJson(room)}</script>
<script>${script}</script>
</body>
</html>
`;
};
