import { FolderAddOutlined } from '@ant-design/icons';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useJobs } from '../api/jobs.ts';
import { toInbox, useImport } from '../ui/use-import.tsx';
import { StepList, stepNow } from './step-list.tsx';
import type { Step } from './step-list.tsx';

type Overview = CallOutput<'overview.read'>;

/** The road of a unit that fills in its task pack: values, material, signatures, and back to the office that sent it. */
export function UnitSteps({ overview: { unlinked }, handBack }: { readonly overview: Overview; readonly handBack: NonNullable<Overview['handBack']> }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const take = useImport();
  const importing = useJobs().some((job) => job.name === 'evidence.import');
  const { sender, due, values, material, signOffs } = handBack;
  const toIndicators = (): void => go({ page: 'indicators', code: null });
  const bring: Pick<Step, 'says' | 'verb' | 'run'> =
    unlinked > 0
      ? { says: `${unlinked} 件还没有归入指标`, verb: '去收件箱', run: () => go({ page: 'inbox' }) }
      : { says: importing ? '正在导入，进度见窗口下方' : material > 0 ? `还有 ${material} 处待补` : '都已交齐', verb: importing ? '' : '选择文件夹', run: () => void take.chooseFolder(toInbox) };
  const steps: readonly Step[] = [
    { key: 'fill', name: '填数', says: values > 0 ? `还有 ${values} 处没有填好` : '都已填好', done: values === 0, verb: '去填写', testId: 'step-fill', run: toIndicators },
    { key: 'import', name: '导入材料', ...bring, done: material === 0 && unlinked === 0 && !importing, icon: <FolderAddOutlined />, disabled: readOnly || importing, testId: 'step-import' },
    { key: 'sign', name: '签认', says: signOffs > 0 ? `还有 ${signOffs} 项没有签认` : '都已签认', done: signOffs === 0, verb: '去签认', testId: 'step-sign', run: toIndicators },
    { key: 'hand-back', name: '生成报送包交回', says: `交给${sender}${due === '' ? '' : `，${due} 前`}`, done: false, verb: '去生成', testId: 'step-hand-back', run: () => go({ page: 'exchange' }) },
  ];
  return (
    <section className="sheet next-steps" aria-label="下一步" data-testid="unit-steps">
      <StepList steps={steps} now={stepNow(steps)} />
    </section>
  );
}
