import type { Command } from '../command.ts';
import { couldNot, done } from '../command.ts';
import { withArchive } from '../with-archive.ts';

export const ocrCommand: Command = {
  usage: 'ocr DIR',
  summary: '识别扫描件和照片上的文字，之后可以检索（中断后再运行即接着识别）',
  options: {},
  positionals: { min: 1, max: 1 },
  run: (context) =>
    withArchive(context, 'write', async ({ dispatcher }) => {
      const reply = await dispatcher.call('scans.read', { jobId: 'ocr' });
      if (!reply.ok) return couldNot(reply.error);
      const { read, failed, waiting, trouble } = reply.value;
      const text = trouble === '' ? `识别了 ${read} 页${failed === 0 ? '' : `，${failed} 页未能识别`}${waiting === 0 ? '' : `，还有 ${waiting} 页`}` : trouble;
      return done(reply.value, text, trouble !== '' || failed > 0 ? 1 : 0);
    }),
};
