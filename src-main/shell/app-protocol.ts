import { protocol } from 'electron';
import { calls } from '../contract/index.ts';
import { refuse, respondWithFile, respondWithNothing, respondWithPage } from './file-response.ts';
import { listPageFiles } from './page-files.ts';
import { APP_SCHEME, EVIDENCE_POLICY, evidenceType, findRoute, PAGE_POLICY } from './routes.ts';
import type { ServiceClient } from './service-client.ts';

/** To be called before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
}

/** Serves the built pages of `folder` and the evidence of the open archive, and nothing else. */
export function serveApp(folder: string, service: ServiceClient): void {
  const pages = listPageFiles(folder);
  protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const route = findRoute(request.url, pages);
    const range = request.headers.get('Range');
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
  });
}
