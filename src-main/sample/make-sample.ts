import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planBinding, writeVolume, type Fonts } from '../binder/index.ts';
import type { Catalog, Indicator } from '../domain/catalog.ts';
import type { DrawnPage } from '../domain/page-drawing.ts';
import { answerIndicator } from './answers.ts';
import { writePages } from './page-writer.ts';
import { paintPhoto } from './photo.ts';
import { planIndicator, type PlannedFile } from './plan.ts';
import { openRandom } from './random.ts';
import { registerFonts, scanPage } from './raster.ts';
import { writeScanPdf, type ScannedPage } from './scan-pdf.ts';
import type { PlantedGap, SampleFile, SampleSet } from './sample-set.ts';
import { conditionTopics } from './texts/conditions.ts';
import { ecologyTopics } from './texts/ecology.ts';
import { economyAndCultureTopics } from './texts/economy-and-culture.ts';
import { responsibilityTopics } from './texts/responsibility.ts';
import type { Topic } from './topic.ts';
import { paintWebCapture } from './web-capture.ts';

export interface SampleOptions {
  readonly fonts: Fonts;
  /** `full`: 300 to 400 files; `small`: what the requirements ask for and little more. Default full. */
  readonly size?: 'full' | 'small';
  /** Three gaps for the checker to find. Default true. */
  readonly gaps?: boolean;
  readonly signal?: AbortSignal;
  /** Share done, 0–1, and the file at work. */
  readonly onProgress?: (value: number, file: string) => void;
}

const SCAN_DPI = 150;
const SHEET_DPI = 200;
/** The gaps: a year without evidence, a ratio whose parts disagree, a certificate without a seal. */
const GAPS = { missing: { indicator: '9', year: 2022 }, ratio: '11', unsealed: 'N.8' } as const;

const topics: ReadonlyMap<string, Topic> = new Map([...responsibilityTopics, ...ecologyTopics, ...economyAndCultureTopics, ...conditionTopics].map((topic) => [topic.code, topic]));

/**
 * Makes the evidence of a sample archive in `folder` (which is made): documents with letterhead and seal, tables, scans, photos, web
 * captures, and says what a clerk would enter about each. The same catalog and options give the same bytes. An indicator that the
 * sample has no words for gets no files. Throws what `signal` was aborted with; files made until then stay.
 */
export async function makeSampleEvidence(catalog: Catalog, folder: string, options: SampleOptions): Promise<SampleSet> {
  const { fonts, gaps = true } = options;
  registerFonts({ hei: fonts.fontOf('hei').path, song: fonts.fontOf('song').path, kai: fonts.fontOf('kai').path, xiaobiaosong: fonts.fontOf('xiaobiaosong').path });
  const indicators = catalog.groups.flatMap((group) => group.indicators);
  const planned = indicators.flatMap((indicator) => planIndicator(indicator, topics.get(indicator.code), catalog, { years: catalog.years, full: options.size !== 'small', unsealed: gaps ? GAPS.unsealed : null }).filter((file) => !gaps || !isWithheld(file)));
  const files = await drawAll(planned, folder, options);
  const answers = indicators.map((indicator) => answerIndicator(indicator, topics.get(indicator.code), catalog, files.filter((file) => file.indicator === indicator.code), gaps && indicator.code === GAPS.ratio));
  return { files, indicators: answers, planted: gaps ? describeGaps(indicators) : [], pages: files.reduce((sum, { pages }) => sum + pages, 0) };
}

/** Everything that proves the year is withheld, so that nothing else may stand in for what is missing. */
const isWithheld = ({ facts }: PlannedFile): boolean => facts.indicator === GAPS.missing.indicator && facts.year === GAPS.missing.year;

function describeGaps(indicators: readonly Indicator[]): readonly PlantedGap[] {
  const name = (code: string): string => `${code} ${indicators.find((indicator) => indicator.code === code)?.name ?? ''}`;
  return [
    { indicator: GAPS.missing.indicator, text: `${name(GAPS.missing.indicator)}：缺${GAPS.missing.year}年工作开展情况材料` },
    { indicator: GAPS.ratio, text: `${name(GAPS.ratio)}：末年填报的比率与分子分母不符` },
    { indicator: GAPS.unsealed, text: `${name(GAPS.unsealed)}：不涉及证明没有盖章` },
  ];
}

/** Two files at a time: while one picture is being compressed in a thread, the next is painted. */
async function drawAll(planned: readonly PlannedFile[], folder: string, { fonts, signal, onProgress }: SampleOptions): Promise<readonly SampleFile[]> {
  const drawn: SampleFile[] = [];
  let next = 0;
  let done = 0;
  const draw = async (): Promise<void> => {
    for (let at = next++; at < planned.length; at = next++) {
      signal?.throwIfAborted();
      const file = planned[at];
      if (file === undefined) return;
      const target = join(folder, file.facts.path);
      await mkdir(dirname(target), { recursive: true });
      drawn[at] = { ...file.facts, pages: await drawFile(file, target, fonts) };
      done += 1;
      onProgress?.(done / planned.length, file.facts.path);
    }
  };
  await Promise.all([draw(), draw()]);
  return drawn;
}

/** Draws one file and answers its pages. */
async function drawFile({ facts, drawing }: PlannedFile, target: string, fonts: Fonts): Promise<number> {
  const random = openRandom(facts.path);
  switch (drawing.as) {
    case 'photo':
      await writeFile(target, await paintPhoto(drawing.scene, random));
      return 1;
    case 'web':
      await writeFile(target, await paintWebCapture(drawing.page, fonts.measure));
      return 1;
    case 'pdf': {
      const pages = writePages(drawing.blocks, fonts.measure);
      await writePdf(pages, facts, target, fonts);
      return pages.length;
    }
    case 'scan-jpeg': {
      const [page] = writePages(drawing.blocks, fonts.measure);
      if (page !== undefined) await writeFile(target, (await scanPage(page, SHEET_DPI, random)).jpeg);
      return 1;
    }
    case 'scan-pdf': {
      const pages = writePages(drawing.blocks, fonts.measure);
      const scanned: ScannedPage[] = [];
      for (const page of pages) scanned.push(await scanPage(page, SCAN_DPI, random));
      await writeFile(target, writeScanPdf(scanned, SCAN_DPI, facts.title, facts.date));
      return pages.length;
    }
    default:
      return drawing satisfies never;
  }
}

async function writePdf(pages: readonly DrawnPage[], facts: PlannedFile['facts'], target: string, fonts: Fonts): Promise<void> {
  const bound = planBinding({ info: { title: facts.title, author: facts.issuer, created: `${facts.date}T09:00:00+08:00` }, fonts, numbering: {}, onMissing: 'stop', sections: [{ kind: 'drawn', key: 'document', labelPrefix: '', pages }] });
  if (!bound.ok) throw new Error(`the sample's ${facts.path} cannot be planned`, { cause: bound.error });
  const written = await writeVolume(bound.value, target);
  if (!written.ok) throw new Error(`the sample's ${facts.path} cannot be written`, { cause: written.error });
}
