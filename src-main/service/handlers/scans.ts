import { getEvidence, listPageLooks } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { ScanStatus } from '../../contract/index.ts';
import type { HandlersOf } from '../handler.ts';
import { placeOnShownPage, readPlacedText } from '../scans/placed-text.ts';

const nothing: ScanStatus = { state: 'idle', waiting: 0, read: 0, title: '', trouble: '' };

export const scanHandlers: HandlersOf<'scans.status' | 'scans.pause' | 'scans.read' | 'evidence.pageText' | 'evidence.pageImage'> = {
  'scans.status': (_input, session) => session.read(() => succeed(session.scanReader?.status ?? nothing)),

  'scans.pause': ({ paused }, session) =>
    session.read(() => {
      const reader = session.scanReader;
      reader?.pause(paused);
      return succeed(reader?.status ?? nothing);
    }),

  'scans.read': (_input, session, job) =>
    session.write(async () => {
      const reader = session.scanReader;
      if (reader === null) return fail('archive-read-only');
      const from = reader.status;
      const stop = session.onScanStatus(({ waiting, read, title }) => job.progress((read - from.read) / Math.max(1, read - from.read + waiting), `识别 ${title}，还有 ${waiting} 页`));
      try {
        const counts = await reader.readAll(job.signal);
        if (job.signal.aborted) return fail('cancelled');
        const { waiting, trouble } = reader.status;
        return succeed({ ...counts, waiting, trouble });
      } finally {
        stop();
      }
    }),

  'evidence.pageImage': ({ id, page, size }, session) =>
    session.read(async (archive) => {
      const record = getEvidence(archive.db, id);
      if (record === null) return fail('evidence-unknown', id);
      const drawn = await session.pageImages(archive).get(record, page, size);
      return drawn.ok ? succeed({ path: drawn.value, mime: 'image/jpeg' }) : fail(drawn.error.error, record.fileName, drawn.error.message);
    }),

  'evidence.pageText': ({ id, page }, session) =>
    session.read(({ db }) => {
      const record = getEvidence(db, id);
      if (record === null) return fail('evidence-unknown', id);
      const placed = readPlacedText(db, record.sha256, page);
      const look = listPageLooks(db, record.sha256).find((seen) => seen.page === page);
      const { text = '', items = [], frame } = placed ?? {};
      return succeed({ text, recognised: look?.reading === 'done', waiting: look?.reading === 'waiting', confidence: look?.confidence ?? 0, turn: look?.turn ?? 0, runs: frame === undefined ? [] : items.map((item) => placeOnShownPage(item, frame)) });
    }),
};
