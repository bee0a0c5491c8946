import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { setSetting, transact } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope } from '../../contract/index.ts';
import { builtInProfiles, parseProfile, valuesOfProfile, withValue } from '../../papers/index.ts';
import type { PaperProfile } from '../../papers/index.ts';
import { explainFileError } from '../file-trouble.ts';
import type { HandlersOf } from '../handler.ts';
import { profileSetting, readProfiles } from '../papers/profile-setting.ts';
import type { ProfileShelf } from '../papers/profile-setting.ts';
import type { Session } from '../session.ts';

const isBuiltIn = (id: string): boolean => builtInProfiles.some((profile) => profile.id === id);
const findProfile = ({ own }: ProfileShelf, id: string): PaperProfile | undefined => [...own, ...builtInProfiles].find((profile) => profile.id === id);
const unknown = (id: string): ReturnType<typeof fail> => fail('profile-wrong', id, '没有这个版式');
const builtInStays = (name: string): ReturnType<typeof fail> => fail('profile-wrong', name, '内置版式不能改动，请先复制一份');

function keep({ db }: WritableArchive, session: Session, shelf: ProfileShelf, label: string): void {
  transact(db, session.actor, (tx) => setSetting(tx, profileSetting, shelf), { label });
}

/** An identity that no profile bears yet. */
function freeId({ own }: ProfileShelf): string {
  for (let number = own.length + 1; ; number += 1) {
    const id = `own-${number}`;
    if (!own.some((profile) => profile.id === id)) return id;
  }
}

const MOST_BYTES = 1048576;

async function readProfileFile(path: string): Promise<Envelope<PaperProfile>> {
  const name = basename(path);
  try {
    if ((await stat(path)).size > MOST_BYTES) return fail('file-too-large', name, '版式文件不超过1MB');
    const json: unknown = JSON.parse(await readFile(path, 'utf8'));
    const result = parseProfile(json);
    return result.ok ? succeed(result.profile) : fail('profile-wrong', name, result.problems.join('；'));
  } catch (error) {
    if (error instanceof SyntaxError) return fail('profile-wrong', name, '不是 JSON 文件');
    const trouble = explainFileError(error, path);
    if (trouble === undefined) throw error;
    return { ok: false, error: trouble };
  }
}

export const profileHandlers: HandlersOf<'profile.list' | 'profile.choose' | 'profile.copy' | 'profile.change' | 'profile.import' | 'profile.export' | 'profile.remove'> = {
  'profile.list': (_input, session) =>
    session.read(({ db }) => {
      const shelf = readProfiles(db);
      const view = (profile: PaperProfile) => ({ id: profile.id, name: profile.name, builtIn: isBuiltIn(profile.id), values: { ...valuesOfProfile(profile) } });
      const profiles = [...builtInProfiles, ...shelf.own].map(view);
      return succeed({ active: profiles.some(({ id }) => id === shelf.active) ? shelf.active : builtInProfiles[0].id, profiles });
    }),

  'profile.choose': ({ id }, session) =>
    session.write((archive) => {
      const shelf = readProfiles(archive.db);
      const profile = findProfile(shelf, id);
      if (profile === undefined) return unknown(id);
      keep(archive, session, { ...shelf, active: id }, `采用版式“${profile.name}”`);
      return succeed({});
    }),

  'profile.copy': ({ from, name }, session) =>
    session.write((archive) => {
      const shelf = readProfiles(archive.db);
      const profile = findProfile(shelf, from);
      if (profile === undefined) return unknown(from);
      const id = freeId(shelf);
      keep(archive, session, { active: id, own: [...shelf.own, { ...profile, id, name }] }, `复制版式“${profile.name}”`);
      return succeed({ id });
    }),

  'profile.change': ({ id, place, value }, session) =>
    session.write((archive) => {
      const shelf = readProfiles(archive.db);
      const profile = findProfile(shelf, id);
      if (profile === undefined) return unknown(id);
      if (isBuiltIn(id)) return builtInStays(profile.name);
      const changed = withValue(profile, place, value);
      if (!changed.ok) return fail('profile-wrong', profile.name, changed.problems.join('；'));
      keep(archive, session, { ...shelf, own: shelf.own.map((each) => (each.id === id ? changed.profile : each)) }, `修改版式“${profile.name}”`);
      return succeed({});
    }),

  'profile.import': ({ path }, session) =>
    session.write(async (archive) => {
      const read = await readProfileFile(path);
      if (!read.ok) return read;
      const shelf = readProfiles(archive.db);
      const id = freeId(shelf);
      keep(archive, session, { active: id, own: [...shelf.own, { ...read.value, id }] }, `导入版式“${read.value.name}”`);
      return succeed({ id });
    }),

  'profile.export': ({ id, out }, session) =>
    session.read(async ({ db }) => {
      const profile = findProfile(readProfiles(db), id);
      if (profile === undefined) return unknown(id);
      const path = resolve(out.endsWith('.json') ? out : `${out}.json`);
      try {
        await writeFile(path, `${JSON.stringify(profile, null, 2)}\n`);
        return succeed({ path });
      } catch (error) {
        const trouble = explainFileError(error, path);
        if (trouble === undefined) throw error;
        return { ok: false, error: trouble };
      }
    }),

  'profile.remove': ({ id }, session) =>
    session.write((archive) => {
      const shelf = readProfiles(archive.db);
      const profile = findProfile(shelf, id);
      if (profile === undefined) return unknown(id);
      if (isBuiltIn(id)) return builtInStays(profile.name);
      const own = shelf.own.filter((each) => each.id !== id);
      keep(archive, session, { active: shelf.active === id ? builtInProfiles[0].id : shelf.active, own }, `删除版式“${profile.name}”`);
      return succeed({});
    }),
};
