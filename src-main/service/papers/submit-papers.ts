import {
  applicationLetterFields, buildApplicationLetterModel, buildCertificateModels, buildSubmissionFormModels, certificateFields, describeApplicationLetter, describeCertificate, describeReport, describeSubmissionForm,
} from '../../papers/index.ts';
import type { ApplicationLetterModel, CertificateModel } from '../../papers/index.ts';
import { single } from './paper-kind.ts';
import type { PaperKind, PaperMaterial } from './paper-kind.ts';

function letterModel(material: PaperMaterial, kind: ApplicationLetterModel['kind']): ApplicationLetterModel {
  const { plan, office } = material;
  const report = material.report();
  return buildApplicationLetterModel(kind, report, [`${report.projectTitle}自评估报告`, `佐证档案（共${plan.volumes.length}卷）`], office);
}

const letter = (kind: ApplicationLetterModel['kind'], name: string, says: string): PaperKind => ({
  kind: `letter-${kind}`,
  name,
  purpose: 'submit',
  says,
  formats: ['docx', 'pdf'],
  scopeName: '',
  replaceable: true,
  scopes: () => single(true),
  make: (material) => ({ kind: 'paper', paper: describeApplicationLetter(letterModel(material, kind)) }),
  fields: (material) => applicationLetterFields(letterModel(material, kind)),
});

const certificateScope = ({ code, unit }: CertificateModel): string => `${code}／${unit}`;
const certificates = ({ catalog }: PaperMaterial): readonly CertificateModel[] => buildCertificateModels(catalog, new Map(), '');
const findCertificate = (material: PaperMaterial, scope: string): CertificateModel | undefined => certificates(material).find((model) => certificateScope(model) === scope);

/** 报送: what goes to the body above. */
export const submitPapers: readonly PaperKind[] = [
  {
    kind: 'report',
    name: '自评估报告（申报书）',
    purpose: 'submit',
    says: '封面、目录、逐项指标、声明、不涉及指标和案卷一览，佐证注明卷–页',
    formats: ['pdf', 'docx'],
    scopeName: '',
    replaceable: true,
    scopes: () => single(true),
    make: (material) => ({ kind: 'paper', paper: describeReport(material.report(), material.profile) }),
  },
  letter('creation', '创建申请', '向上级申请创建的请示'),
  letter('acceptance', '验收申请', '请上级组织验收的请示'),
  {
    kind: 'submission-form',
    name: '指标佐证材料提交表',
    purpose: 'submit',
    says: '每个最小指标一张：数据、结论、说明和佐证的卷–页',
    formats: ['docx', 'pdf'],
    scopeName: '指标',
    replaceable: true,
    scopes: ({ catalog }) => catalog.groups.flatMap(({ indicators }) => indicators.filter(({ kind }) => kind === 'assessed').map(({ code, name }) => ({ id: code, name: `${code} ${name}` }))),
    make: (material, scope) => {
      const model = buildSubmissionFormModels(material.report()).find(({ indicator }) => indicator.code === scope);
      return model === undefined ? null : { kind: 'paper', paper: describeSubmissionForm(model, material.profile) };
    },
  },
  {
    kind: 'certificate',
    name: '不涉及证明',
    purpose: 'submit',
    says: '每个不涉及指标、每个责任单位一份，盖章后作为佐证挂接',
    formats: ['docx', 'pdf'],
    scopeName: '指标和单位',
    replaceable: true,
    scopes: (material) => certificates(material).map((model) => ({ id: certificateScope(model), name: `${model.code} ${model.name}（${model.unit}）` })),
    make: (material, scope) => {
      const model = findCertificate(material, scope);
      return model === undefined ? null : { kind: 'paper', paper: describeCertificate(model) };
    },
    fields: (material, scope) => {
      const model = findCertificate(material, scope);
      return model === undefined ? null : certificateFields(model);
    },
  },
];
