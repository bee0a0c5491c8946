import type { PageFile } from './page-files.ts';

export const APP_SCHEME = 'app';
export const APP_HOST = 'chuangdang';
export const START_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;

export type Route =
  | { readonly kind: 'page'; readonly file: PageFile }
  /** Bytes of one 件; the service says where they lie. */
  | { readonly kind: 'evidence'; readonly id: string }
  /** A paper that was made for the window, or a bound file, by the service's own name for it. */
  | { readonly kind: 'paper'; readonly id: string }
  /** A picture of one page of a 件. */
  | { readonly kind: 'page-image'; readonly id: string; readonly page: number; readonly size: 'small' | 'large' }
  | { readonly kind: 'refused' };

/** What an `app://` address asks for; everything that is not listed is refused. */
export function findRoute(address: string, pages: ReadonlyMap<string, PageFile>): Route {
  if (!isAppAddress(address)) return { kind: 'refused' };
  const { pathname } = new URL(address);
  const file = pages.get(pathname === '/' ? '/index.html' : pathname);
  if (file !== undefined) return { kind: 'page', file };
  const evidence = /^\/evidence\/([A-Za-z0-9_-]{1,64})$/.exec(pathname);
  if (evidence?.[1] !== undefined) return { kind: 'evidence', id: evidence[1] };
  const picture = /^\/page-image\/([A-Za-z0-9_-]{1,64})\/([1-9]\d{0,4})\/(small|large)$/.exec(pathname);
  if (picture?.[1] !== undefined) return { kind: 'page-image', id: picture[1], page: Number(picture[2]), size: picture[3] === 'large' ? 'large' : 'small' };
  const paper = /^\/paper\/([A-Za-z0-9-]{1,64})$/.exec(pathname);
  return paper?.[1] === undefined ? { kind: 'refused' } : { kind: 'paper', id: paper[1] };
}

/** `URL.origin` is "null" for `app://`, so protocol and host are compared. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === '';
}

/** For the program's own pages. Styles are set by scripts (Ant Design), hence inline styles; scripts come from the program alone. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** For evidence: whatever a file holds, it is shown and never run. */
export const EVIDENCE_POLICY = "default-src 'none'; sandbox";

const shownTypes = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'image/gif', 'text/plain; charset=utf-8', 'text/plain']);

/** Types that the window draws; anything else is bytes without a meaning to it. */
export const evidenceType = (mime: string): string => (shownTypes.has(mime) ? mime : 'application/octet-stream');
