import { FolderAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { takeImportNext } from '../app/import-next.ts';
import { areQuestionsPutOff, putOffQuestions } from '../app/questions-later.ts';
import { useJobs } from '../api/jobs.ts';
import { useRead } from '../api/queries.ts';
import { toInbox, useImport } from '../ui/use-import.tsx';
import { describeOpen } from '../ui/finding-kind.ts';
import { hasBegun } from './has-begun.ts';
import { StepList, stepNow } from './step-list.tsx';
import type { Step } from './step-list.tsx';

type Overview = CallOutput<'overview.read'>;

/** The road of an archive in four steps, after its plan's questions where there were any: where it stands now, and the button that leads on. A click on any step goes there. */
export function NextSteps({ overview }: { readonly overview: Overview }) {
  const { readOnly, folder } = useArchive();
  const { go } = useNavigation();
  const take = useImport();
  // The button that led here from the new archive said that material comes next.
  useEffect(() => {
    if (takeImportNext(folder)) void take.chooseFolder(toInbox);
  }, [folder, take]);
  const asked = useRead('catalog.questions', {});
  const [later, setLater] = useState(() => areQuestionsPutOff(folder));
  const importing = useJobs().some((job) => job.name === 'evidence.import');
  const questions = asked.data?.length ?? 0;
  const open = asked.data?.filter((question) => question.settled === null).length ?? 0;
  const putOff = (): void => {
    putOffQuestions(folder, true);
    setLater(true);
  };
  const toQuestions = (): void => go({ page: 'catalog', tab: 'questions', code: null });
  const { evidence, unlinked, errors } = overview;
  const importSays = importing ? '正在导入，进度见窗口下方' : evidence === 0 ? '选择文件夹，或把文件拖进窗口' : `已收 ${evidence} 件`;
  const steps: readonly Step[] = [
    ...(questions === 0 ? [] : [{ key: 'questions', name: '核对方案疑问', says: open === 0 ? `${questions} 处都已核对` : `有 ${open} 处请您核对`, done: open === 0, later, verb: '去核对', testId: 'plan-questions-open', run: toQuestions }]),
    { key: 'import', name: '导入材料', says: importSays, done: evidence > 0 && !importing, verb: importing ? '' : '选择文件夹', icon: <FolderAddOutlined />, disabled: readOnly || importing, testId: 'step-import', run: () => void take.chooseFolder(toInbox) },
    { key: 'file', name: '归入指标', says: unlinked > 0 ? `还有 ${unlinked} 件没有归入` : evidence === 0 ? '程序会给出建议，您来确认' : '全部归入', done: evidence > 0 && unlinked === 0, verb: '去收件箱', testId: 'step-file', run: () => go({ page: 'inbox' }) },
    { key: 'check', name: '核查补缺', says: !hasBegun(overview) ? '材料归入后再看' : errors > 0 ? describeOpen(overview) : '没有错误', done: errors === 0, verb: '看核查意见', testId: 'step-check', run: () => go({ page: 'check' }) },
    { key: 'bind', name: '装订成卷', says: errors > 0 ? '现在可以先导出草稿、打印目录' : '可以正式装订', done: false, verb: '去装订', testId: 'step-bind', run: () => go({ page: 'binding' }) },
  ];
  const now = stepNow(steps);
  return (
    <section className="sheet next-steps" aria-label="下一步" data-testid="next-steps">
      <StepList steps={steps} now={now} onLater={putOff} />
      {open === 0 || now === 0 ? null : (
        <p className="next-questions">
          方案疑问还有 {open} 处没有核对，不影响导入和归档。
          <Button type="link" size="small" onClick={toQuestions} data-testid="plan-questions-open">
            去核对
          </Button>
        </p>
      )}
    </section>
  );
}
