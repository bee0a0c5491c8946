import { z } from 'zod';
import { getSetting, readApplication } from '../../archive/index.ts';
import type { ReadableDb } from '../../archive/index.ts';
import type { ArchivalNumbering, Retention } from '../../domain/archival-code.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { evidenceId } from '../../domain/ids.ts';
import type { VolumeBreaks, VolumeDivision } from '../../domain/volume-plan.ts';
import type { PaperOffice, PaperProfile } from '../../papers/index.ts';

const statedSchema = z.object({
  category: z.string().default(''),
  retention: z.enum(['', '永久', '30年', '10年']).default(''),
  compiler: z.string().default(''),
  inspector: z.string().default(''),
  superior: z.string().default(''),
  contact: z.string().default(''),
  organ: z.string().default(''),
  retentions: z.array(z.enum(['永久', '30年', '10年'])).default(['永久', '30年', '10年']),
});

/** What papers print of the office, and its 机构(问题)代码 for archival codes. */
export interface Office extends PaperOffice {
  readonly organ: string;
  /** 保管期限 in the office's own table (本单位文书档案保管期限表). */
  readonly retentions: readonly Retention[];
}

/** Setting names of this room. */
export const settingNames = { office: 'office', division: 'volume-division' } as const;

/** What the office stated about itself; what it did not state stays blank on paper. */
export function readOffice(db: ReadableDb, today: string): Office {
  const application = readApplication(db);
  const stated = statedSchema.parse(getSetting(db, settingNames.office) ?? {});
  return { ...stated, fondsName: application.fondsName, fondsCode: application.fondsCode, applicant: application.applicant, date: today };
}

const evidenceIds = z.array(z.string().transform(evidenceId)).default([]);
const divisionSchema = z.object({ by: z.enum(['indicator', 'group', 'page-cap']), cap: z.number().int().min(20).max(2000), breaks: evidenceIds, joins: evidenceIds });

/** How volumes are divided as the archive keeps it; `cap` counts with `page-cap` only. */
export interface DivisionSetting extends VolumeBreaks {
  readonly by: VolumeDivision['by'];
  readonly cap: number;
}

/** How the office divides volumes: by group unless it chose otherwise. */
export function readDivision(db: ReadableDb): DivisionSetting {
  const parsed = divisionSchema.safeParse(getSetting(db, settingNames.division));
  return parsed.success ? parsed.data : { by: 'group', cap: 200, breaks: [], joins: [] };
}

export const divisionOf = ({ by, cap, breaks, joins }: DivisionSetting): VolumeDivision => (by === 'page-cap' ? { by, cap, breaks, joins } : { by, breaks, joins });

/** 档号 as the profile writes them; there are no codes until the office states its 全宗号 and the retention. */
export const numberingOf = (office: Office, catalog: Catalog, { archivalCode }: PaperProfile): ArchivalNumbering => ({
  style: archivalCode.style,
  fonds: office.fondsCode,
  category: archivalCode.category,
  year: Number((catalog.deadline === '' ? office.date : catalog.deadline).slice(0, 4)),
  retention: office.retention,
  organ: office.organ,
  digits: archivalCode.digits,
});
