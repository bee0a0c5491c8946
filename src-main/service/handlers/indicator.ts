import {
  getEvidence, listDeclarations, listLinksOfIndicator, readCatalog, removeRuling, removeSignOff, removeValue, removeWaiver, setDeclaration, setReport, setRuling, setSignOff, setValue, setWaiver, transact,
} from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Catalog, Indicator } from '../../domain/catalog.ts';
import { changeIndicator, judgeNow } from '../change-indicator.ts';
import { citationsOf } from '../citations.ts';
import { groupBy } from '../../domain/group-by.ts';
import { nameOf } from '../../domain/rules/rule-context.ts';
import { isPending } from '../../domain/rules/rule-table.ts';
import { proposeValues } from '../../domain/value-proposals.ts';
import { checkNow } from '../facts.ts';
import type { HandlersOf } from '../handler.ts';
import { canonicalUnit } from '../unit-name.ts';
import { findIndicator, viewEvidence } from '../views.ts';

/** Units that may sign for an indicator: its leads and assists, and the members of those that are groups. */
function responsibleUnits(catalog: Catalog, indicator: Indicator): ReadonlySet<string> {
  const names = [...indicator.lead, ...indicator.assist];
  const members = names.flatMap((name) => catalog.units.find((unit) => unit.name === name)?.members ?? []);
  return new Set([...names, ...members]);
}

export const indicatorHandlers: HandlersOf<
  | 'indicator.read' | 'indicator.proposals' | 'indicator.setValue' | 'indicator.clearValue' | 'indicator.setReport' | 'indicator.declare' | 'indicator.signOff' | 'indicator.withdrawSignOff'
  | 'indicator.rule' | 'indicator.withdrawRuling'
  | 'check.run' | 'check.waive' | 'check.withdrawWaiver'
> = {
  'indicator.read': ({ code }, session) =>
    session.readChecked(({ db }) => {
      const { catalog, snapshot, report } = checkNow(db, session.today);
      const found = findIndicator(catalog, code);
      if (found === undefined) return fail('indicator-unknown', code);
      const { group, indicator } = found;
      const state = report.states.find((candidate) => candidate.code === code);
      if (state === undefined) return fail('indicator-unknown', code);
      const links = listLinksOfIndicator(db, code);
      const byItem = groupBy(links, (link) => link.evidenceId);
      const evidence = [...byItem].flatMap(([id, itsLinks]) => {
        const record = getEvidence(db, id);
        return record === null ? [] : [viewEvidence(record, itsLinks)];
      });
      const answers = new Map(snapshot.declarations.filter((item) => item.indicator === code).map((item) => [item.number, item]));
      return succeed({
        indicator,
        group: group.name,
        years: catalog.years,
        judgement: state.judgement,
        values: snapshot.values.filter((value) => value.indicator === code),
        report: snapshot.reports.find((item) => item.indicator === code)?.text ?? '',
        evidence,
        requirements: state.requirements.map(({ id, name, year, evidence: filling }) => ({ id, name, year, evidence: filling })),
        signOffs: snapshot.signOffs.filter((item) => item.indicator === code).map(({ unit, kind, by, at }) => ({ unit, kind, by, at })),
        declarations: indicator.declarations.map((text, index) => {
          const answer = answers.get(index + 1);
          return { number: index + 1, text, answer: answer?.answer ?? null, signedBy: answer?.signedBy ?? '', certificate: answer?.certificate ?? null };
        }),
        rulings: (snapshot.rulings ?? []).filter((item) => item.indicator === code).map(({ year, verdict, reason, by, at }) => ({ year, verdict, reason, by, at })),
        findings: report.findings.filter((finding) => finding.indicator === code),
      });
    }),

  'indicator.proposals': (_input, session) =>
    session.readChecked(({ db }) => {
      const { catalog, snapshot } = checkNow(db, session.today);
      const titles = new Map(snapshot.evidence.map((facts) => [facts.id, nameOf(facts)]));
      return succeed(proposeValues(catalog, snapshot).map((year) => ({ ...year, choices: year.choices.map((choice) => ({ ...choice, title: titles.get(choice.evidence) ?? '' })) })));
    }),

  'indicator.setValue': (input, session) =>
    changeIndicator(
      session,
      input.code,
      `填写${input.year}年数值`,
      (tx) => setValue(tx, { ...input, indicator: input.code }),
      (indicator, catalog, { db }) => {
        if (indicator.kind !== 'assessed') return fail('value-wrong', input.code, `指标${input.code}不填数值`);
        if (!catalog.years.includes(input.year)) return fail('value-wrong', input.code, `${input.year}年不在考核年度（${catalog.years.join('、')}）内`);
        if (input.denominator === 0) return fail('value-wrong', input.code, '分母不能是0');
        if (input.sourceEvidence !== null && getEvidence(db, input.sourceEvidence) === null) return fail('evidence-unknown', input.sourceEvidence);
        return null;
      },
    ),

  'indicator.clearValue': ({ code, year }, session) => changeIndicator(session, code, `删除${year}年数值`, (tx) => removeValue(tx, code, year)),

  'indicator.setReport': ({ code, text }, session) =>
    session.write(({ db }) => {
      if (findIndicator(readCatalog(db), code) === undefined) return fail('indicator-unknown', code);
      const citations = citationsOf(db, text);
      transact(db, session.actor, (tx) => setReport(tx, { indicator: code, text, citations }), { label: `填写达标情况说明（指标${code}）` });
      return succeed({});
    }),

  'indicator.declare': ({ code, number, answer, signedBy, certificate }, session) =>
    changeIndicator(
      session,
      code,
      `填写第${number}项声明`,
      (tx) => {
        const kept = listDeclarations(tx).find((item) => item.indicator === code && item.number === number)?.certificate ?? null;
        setDeclaration(tx, { indicator: code, number, answer, signedBy, certificate: certificate === undefined ? kept : certificate });
      },
      (indicator, _catalog, { db }) => {
        if (number > indicator.declarations.length) return fail('wrong-input', code, `指标${code}只有${indicator.declarations.length}项声明，没有第${number}项`);
        return certificate === undefined || certificate === null || getEvidence(db, certificate) !== null ? null : fail('evidence-unknown', certificate);
      },
    ),

  'indicator.signOff': ({ code, unit, kind, by }, session) =>
    session.write(({ db }) => {
      const catalog = readCatalog(db);
      const found = findIndicator(catalog, code);
      if (found === undefined) return fail('indicator-unknown', code);
      const name = canonicalUnit(catalog, unit);
      if (!responsibleUnits(catalog, found.indicator).has(name)) return fail('unit-unknown', unit);
      transact(db, session.actor, (tx) => setSignOff(tx, { indicator: code, unit: name, kind, by }), { label: `${name}签署（指标${code}）` });
      return judgeNow(db, session, code);
    }),

  'indicator.withdrawSignOff': ({ code, unit }, session) => changeIndicator(session, code, `撤回${unit}的签署`, (tx) => removeSignOff(tx, code, unit)),

  'indicator.rule': ({ code, year, verdict, reason, by }, session) =>
    changeIndicator(
      session,
      code,
      `判定${year === null ? '' : `${year}年`}${verdict === 'met' ? '达标' : '未达标'}`,
      (tx) => setRuling(tx, { indicator: code, year, verdict, reason, by }),
      (_indicator, catalog) => (year !== null && !catalog.years.includes(year) ? fail('wrong-input', code, `${year}年不在考核年度（${catalog.years.join('、')}）内`) : null),
    ),

  'indicator.withdrawRuling': ({ code, year }, session) => changeIndicator(session, code, '撤回人工判定', (tx) => removeRuling(tx, { indicator: code, year })),

  'check.run': (_input, session) =>
    session.readChecked(({ db }) => {
      const { indicators, complete, findings } = checkNow(db, session.today).report;
      const open = findings.filter((finding) => !finding.waived);
      const errors = open.filter((finding) => finding.severity === 'error');
      return succeed({ indicators, complete, errors: errors.length, pending: errors.filter((finding) => isPending(finding.rule)).length, warnings: open.filter((finding) => finding.severity === 'warning').length, findings });
    }),

  'check.waive': ({ rule, indicator, evidence, reason, by }, session) =>
    session.write(({ db }) => {
      const finding = checkNow(db, session.today).report.findings.find((item) => item.rule === rule && item.indicator === indicator && item.evidence === evidence);
      if (finding === undefined) return fail('wrong-input', rule, '这条核查结果已经不存在');
      if (finding.severity === 'error') return fail('wrong-input', rule, '错误不能豁免，只有提醒可以');
      transact(db, session.actor, (tx) => setWaiver(tx, { rule, indicator, evidenceId: evidence, reason, by }), { label: '豁免一条提醒' });
      return succeed({});
    }),

  'check.withdrawWaiver': ({ rule, indicator, evidence }, session) =>
    session.write(({ db }) => {
      transact(db, session.actor, (tx) => removeWaiver(tx, { rule, indicator, evidenceId: evidence }), { label: '撤销豁免' });
      return succeed({});
    }),
};
