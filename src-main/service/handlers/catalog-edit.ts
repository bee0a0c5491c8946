import { readCatalog, renameUnitEntries, transact, writeCatalog } from '../../archive/index.ts';
import type { Tx } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope } from '../../contract/index.ts';
import { addIndicator, addUnit, changeIndicator, changeUnit, mergeUnits, changeHead, moveIndicator, nextCode, retireIndicator, retireUnit, setMembers } from '../../domain/catalog-edit.ts';
import type { Edited } from '../../domain/catalog-edit.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { requirementsFor } from '../../domain/requirements.ts';
import type { HandlersOf } from '../handler.ts';
import { readPlanQuestions, writePlanQuestions } from '../plan-questions.ts';
import type { Session } from '../session.ts';

/** Writes an edited catalog as one change that can be undone, together with what must follow it; faults are told in words, at most five. */
function edit(session: Session, label: string, change: (catalog: Catalog) => Edited, follow: (tx: Tx) => void = () => undefined): Promise<Envelope<Record<string, never>>> {
  return session.write(({ db }) => {
    const edited = change(readCatalog(db));
    if (!edited.ok) return fail('wrong-input', label, edited.error.slice(0, 5).map((fault) => fault.message).join(';'));
    transact(
      db,
      session.actor,
      (tx) => {
        writeCatalog(tx, edited.value);
        follow(tx);
      },
      { label },
    );
    return succeed({});
  });
}

/** The fields that were given. `undefined` stands for "left as it is", never for a value. */
type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
function given<Fields extends object>(fields: Fields): Given<Fields> {
  const kept: Given<Fields> = {};
  for (const name in fields) {
    const value = fields[name];
    if (isGiven(value)) kept[name] = value;
  }
  return kept;
}
const isGiven = <Value>(value: Value): value is Exclude<Value, undefined> => value !== undefined;

export const catalogEditHandlers: HandlersOf<
  | 'catalog.addIndicator' | 'catalog.changeIndicator' | 'catalog.moveIndicator' | 'catalog.retireIndicator'
  | 'catalog.changeHead' | 'catalog.questions' | 'catalog.settleQuestion' | 'catalog.settleQuestions' | 'catalog.setMembers' | 'catalog.addUnit' | 'catalog.changeUnit' | 'catalog.retireUnit' | 'catalog.mergeUnits'
> = {
  'catalog.addIndicator': ({ group, at, indicator }, session) =>
    session.read(async ({ db }) => {
      const code = indicator.code ?? nextCode(readCatalog(db));
      const whole = { ...indicator, code, requirements: indicator.requirements ?? requirementsFor(indicator.kind, indicator.target) };
      const added = await edit(session, `新增指标${code} ${indicator.name}`, (catalog) => addIndicator(catalog, group, whole, at ?? undefined));
      return added.ok ? succeed({ code }) : added;
    }),
  'catalog.changeIndicator': ({ code, change }, session) => edit(session, `修改指标${code}`, (catalog) => changeIndicator(catalog, code, given(change))),
  'catalog.moveIndicator': ({ code, group, at }, session) => edit(session, `移动指标${code}`, (catalog) => moveIndicator(catalog, code, group, at)),
  'catalog.retireIndicator': ({ code, retired }, session) => edit(session, `${retired ? '停用' : '恢复'}指标${code}`, (catalog) => retireIndicator(catalog, code, retired)),
  'catalog.changeHead': ({ change }, session) => edit(session, '修改创建信息和时限', (catalog) => changeHead(catalog, given(change))),
  'catalog.questions': (_input, session) =>
    session.read(({ db }) => {
      const codes = new Set<string>(readCatalog(db).groups.flatMap((group) => group.indicators.map((indicator) => indicator.code)));
      return succeed(readPlanQuestions(db).map((question, at) => {
        const code = /^[0-9A-Za-z.]+(?= )/u.exec(question.where)?.[0] ?? null;
        return { ...question, number: at + 1, code: code !== null && codes.has(code) ? code : null };
      }));
    }),
  'catalog.settleQuestion': ({ number, settled, note }, session) =>
    session.write(({ db }) => {
      const questions = readPlanQuestions(db);
      const asked = questions[number - 1];
      if (asked === undefined) return fail('wrong-input', `第${number}问`, `方案疑问只有${questions.length}条`);
      transact(db, session.actor, (tx) => writePlanQuestions(tx, questions.map((question, at) => (at === number - 1 ? { ...question, settled: settled ? { note, at: tx.now } : null } : question))), { label: `${settled ? '答复' : '重新打开'}方案疑问“${asked.where}”` });
      return succeed({});
    }),
  'catalog.settleQuestions': ({ numbers, settled }, session) =>
    session.write(({ db }) => {
      const questions = readPlanQuestions(db);
      const meant = new Set(numbers);
      const turned = questions.filter((question, at) => meant.has(at + 1) && (question.settled !== null) !== settled);
      if (turned.length === 0) return succeed({ settled: 0 });
      transact(
        db,
        session.actor,
        (tx) => writePlanQuestions(tx, questions.map((question) => (turned.includes(question) ? { ...question, settled: settled ? { note: '', at: tx.now } : null } : question))),
        { label: `${settled ? '已核对' : '重新打开'}方案疑问${turned.length}处` },
      );
      return succeed({ settled: turned.length });
    }),
  'catalog.setMembers': ({ group, members }, session) => edit(session, `修改单位${group}的成员`, (catalog) => setMembers(catalog, group, members)),
  'catalog.addUnit': (unit, session) => edit(session, `新增单位${unit.name}`, (catalog) => addUnit(catalog, unit)),
  'catalog.changeUnit': ({ name, change }, session) =>
    edit(session, `修改单位${name}`, (catalog) => changeUnit(catalog, name, given(change)), (tx) => renameUnitEntries(tx, name, change.name ?? name)),
  'catalog.retireUnit': ({ name, retired }, session) => edit(session, `${retired ? '停用' : '恢复'}单位${name}`, (catalog) => retireUnit(catalog, name, retired)),
  'catalog.mergeUnits': ({ from, into }, session) => edit(session, `单位${from}并入${into}`, (catalog) => mergeUnits(catalog, from, into), (tx) => renameUnitEntries(tx, from, into)),
};
