import { protocol } from 'electron';
import { calls } from '../contract/index.ts';
import { refuse, respondWithFile, respondWithNothing, respondWithPage } from './file-response.ts';
import type { PageResponse } from './file-response.ts';
import { listPageFiles } from './page-files.ts';
import type { PageFile } from './page-files.ts';
import { APP_SCHEME, EVIDENCE_POLICY, evidenceType, findRoute, PAGE_POLICY } from './routes.ts';
import type { ServiceClient } from './service-client.ts';

/** To be called before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
}

interface PageRequest {
  readonly url: string;
  readonly method: string;
  readonly range: string | null;
}

async function answer({ url, method, range }: PageRequest, pages: ReadonlyMap<string, PageFile>, service: ServiceClient): Promise<PageResponse> {
  if (method !== 'GET' && method !== 'HEAD') return refuse(405);
  const route = findRoute(url, pages);
  switch (route.kind) {
    case 'page':
      return range === null ? respondWithPage({ ...route.file, policy: PAGE_POLICY }) : respondWithFile({ ...route.file, policy: PAGE_POLICY, range });
    case 'evidence': {
      const envelope = await service.call('evidence.file', { id: route.id });
      const found = envelope.ok ? calls['evidence.file'].output.safeParse(envelope.value) : null;
      if (found === null || !found.success) return refuse(404);
      return respondWithFile({ path: found.data.path, mime: evidenceType(found.data.mime), policy: EVIDENCE_POLICY, range });
    }
    case 'paper': {
      const envelope = await service.call('papers.file', { id: route.id });
      const found = envelope.ok ? calls['papers.file'].output.safeParse(envelope.value) : null;
      if (found === null || !found.success) return refuse(404);
      return respondWithFile({ path: found.data.path, mime: evidenceType(found.data.mime), policy: EVIDENCE_POLICY, range });
    }
    case 'page-image': {
      const envelope = await service.call('evidence.pageImage', { id: route.id, page: route.page, size: route.size });
      const found = envelope.ok ? calls['evidence.pageImage'].output.safeParse(envelope.value) : null;
      if (found === null || !found.success) return respondWithNothing();
      return respondWithFile({ path: found.data.path, mime: found.data.mime, policy: EVIDENCE_POLICY, range });
    }
    case 'refused':
      return refuse(404);
    default:
      return route satisfies never;
  }
}

/**
 * Serves the built pages of `folder` and the evidence of the open archive, and nothing else. Not by `protocol.handle`: that brings fetch's
 * Request and Response, and with them all of Node's HTTP, which takes a tenth of a second of each start, and copies each piece twice more.
 */
export function serveApp(folder: string, service: ServiceClient): void {
  const pages = listPageFiles(folder);
  protocol.registerStreamProtocol(APP_SCHEME, ({ url, method, headers }, reply) => {
    const range = Object.entries(headers).find(([name]) => name.toLowerCase() === 'range')?.[1] ?? null;
    void answer({ url, method, range }, pages, service)
      .catch(() => refuse(500))
      .then(({ status, headers: says, body }) => reply({ statusCode: status, headers: says, data: body }));
  });
}
