import { getEvidence, linkEvidence, listCertificates, listDeclarations, listLinksOfIndicator, readCatalog, removeCertificate, setCertificate, setDeclaration, transact } from '../../archive/index.ts';
import type { CertificateFacts, Tx } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { HandlersOf } from '../handler.ts';
import { canonicalUnit, isKnownUnit } from '../unit-name.ts';
import { findIndicator } from '../views.ts';

/** A certificate that came back proves something only where the rules look for it: among the indicator's evidence, or at the answer it is for. */
function fileReturned(tx: Tx, { indicator, number, evidenceId }: CertificateFacts): void {
  if (evidenceId === null) return;
  if (number === 0) {
    if (!listLinksOfIndicator(tx, indicator).some((link) => link.evidenceId === evidenceId)) linkEvidence(tx, { evidenceId, indicator, year: null, requirement: 'certificate' });
    return;
  }
  const answer = listDeclarations(tx).find((item) => item.indicator === indicator && item.number === number);
  if (answer !== undefined) setDeclaration(tx, { ...answer, certificate: evidenceId });
}

export const certificateHandlers: HandlersOf<'certificate.list' | 'certificate.set' | 'certificate.remove'> = {
  'certificate.list': (_input, session) => session.read(({ db }) => succeed(listCertificates(db).map(({ evidenceId, ...rest }) => ({ ...rest, evidence: evidenceId })))),

  'certificate.set': ({ code, number, unit, state, evidence, printedAt, returnedAt, note }, session) =>
    session.write(({ db }) => {
      const catalog = readCatalog(db);
      const indicator = findIndicator(catalog, code)?.indicator;
      if (indicator === undefined) return fail('indicator-unknown', code);
      if (number === 0 ? indicator.kind === 'assessed' : number > indicator.declarations.length) {
        return fail('wrong-input', code, number === 0 ? `指标${code}不需要证明` : `指标${code}只有${indicator.declarations.length}项声明，没有第${number}项`);
      }
      const name = canonicalUnit(catalog, unit);
      if (!isKnownUnit(catalog, name)) return fail('unit-unknown', unit);
      if (evidence !== null) {
        const record = getEvidence(db, evidence);
        if (record === null || record.trashedAt !== null) return fail('evidence-unknown', evidence);
      }
      const before = listCertificates(db).find((item) => item.indicator === code && item.number === number && item.unit === name);
      const dateFor = (given: string | null, kept: string | undefined, reached: boolean): string => given ?? (kept !== undefined && kept !== '' ? kept : reached ? session.today : '');
      const certificate: CertificateFacts = {
        indicator: code,
        number,
        unit: name,
        state,
        evidenceId: evidence,
        printedAt: dateFor(printedAt, before?.printedAt, state === 'printed'),
        returnedAt: state === 'returned' ? dateFor(returnedAt, before?.returnedAt, true) : '',
        note,
      };
      transact(
        db,
        session.actor,
        (tx) => {
          setCertificate(tx, certificate);
          if (state === 'returned') fileReturned(tx, certificate);
        },
        { label: `登记${name}的证明（指标${code}）` },
      );
      return succeed({});
    }),

  'certificate.remove': ({ code, number, unit }, session) =>
    session.write(({ db }) => {
      const name = canonicalUnit(readCatalog(db), unit);
      transact(db, session.actor, (tx) => removeCertificate(tx, { indicator: code, number, unit: name }), { label: `删除${name}的证明登记（指标${code}）` });
      return succeed({});
    }),
};
