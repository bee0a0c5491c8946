import type { Draft } from './draft.ts';
import { isForbidding } from './outline.ts';
import { add, isLabelLine, namesSomebody, readResponsibility, readStandard, rolesNamed } from './responsibility.ts';
import type { Legend, Responsibility } from './responsibility.ts';
import { findBounds, findTrend } from './target-phrase.ts';

const LONGEST_NAME = 45;
const NOBODY: Responsibility = { lead: [], assist: [], note: '', doubts: [] };

/**
 * Indicators of a plan that numbers nothing: each ends with its label lines (`责任单位:…`), what stands before them since the last
 * ones is said of it. Its name is the last short line before what is to be reached. Every one is asked about, since only the labels part them.
 */
export const draftsOfLabels = (paragraphs: readonly string[], legend: Legend): readonly Draft[] => {
  const drafts: Draft[] = [];
  let group = '指标';
  let body: string[] = [];
  let labels: string[] = [];
  const close = (): void => {
    const draft = draftOf(body, labels, legend);
    if (draft !== null) {
      if (draft.banner !== '' && drafts.length > 0) group = draft.banner;
      drafts.push({ ...draft.draft, group: { code: '', name: group } });
      body = [];
    }
    labels = [];
  };
  for (const line of [...paragraphs, '']) {
    if (line !== '' && isLabelLine(line)) labels.push(line);
    else {
      if (labels.length > 0) close();
      if (line !== '') body.push(line);
    }
  }
  const groups = [...new Set(drafts.map((draft) => draft.group.name))];
  return drafts.length < 2 ? [] : drafts.map((draft) => ({ ...draft, group: { code: '一二三四五六七八九十'.charAt(groups.indexOf(draft.group.name)) || String(groups.indexOf(draft.group.name) + 1), name: draft.group.name } }));
};

const isReached = (line: string): boolean => readStandard(line) !== null || findBounds(line).length > 0 || findTrend(line, '') !== null;

function draftOf(body: readonly string[], labels: readonly string[], legend: Legend): { readonly draft: Omit<Draft, 'group'>; readonly banner: string } | null {
  const standard = body.findIndex((line) => readStandard(line) !== null);
  const before = standard > 0 ? body.slice(0, standard) : body;
  const at = before.findLastIndex((line) => line.length <= LONGEST_NAME && !/[。;\uff1b]$/u.test(line));
  const heading = before[at] ?? before.at(-1);
  if (heading === undefined || isForbidding(heading)) return null;
  const own = body.slice(at < 0 ? before.length - 1 : at);
  const above = at > 0 ? (before[at - 1] ?? '') : '';
  const standards = own.map(readStandard).filter((text) => text !== null && text !== '');
  const responsibility = labels.map((line) => readResponsibility(line, legend, rolesNamed(labels))).filter((read) => read !== null).reduce(add, NOBODY);
  if (!namesSomebody(responsibility)) return null;
  const banner = above.length <= 20 && !isReached(above) && !/[。;\uff1b,\uff0c]/u.test(above) ? above : '';
  return {
    banner,
    draft: {
      section: 'assessed', number: null, part: null, decimal: '', kind: 'assessed', heading, text: own.join('\n'), targetText: standards.join('\n'), declarations: [],
      responsibility,
      responsibilityWords: labels.join('\n'), doubts: ['原文没有编号，这一条是按“责任单位”一行切分出来的，请核对名称。'],
    },
  };
}
