import { z } from 'zod';
import { retentionSchema } from '../domain-schemas.ts';
import { serviceCall } from './define.ts';

const line = z.string().max(100);

/** What the office states about itself once, for covers, stamps, letters and 档号. Empty where it has not. */
export const officeSchema = z.object({
  applicant: line,
  /** 全宗名称 and 全宗号. */
  fondsName: line,
  fondsCode: z.string().max(20).regex(/^[A-Za-z0-9]*$/, '全宗号只用字母和数字'),
  /** 类目名称. */
  category: line,
  /** 机构(问题)代码 in the archival code. */
  organ: z.string().max(20).regex(/^[A-Za-z0-9]*$/, '机构代码只用字母和数字'),
  retention: retentionSchema,
  /** 保管期限 that the office's own table has; the check warns of others. */
  retentions: z.array(retentionSchema.exclude([''])).min(1, '保管期限表至少有一项'),
  /** 立卷人 and 检查人. */
  compiler: line,
  inspector: line,
  /** Body applied to. */
  superior: line,
  contact: line,
});

export const officeCalls = {
  'office.read': serviceCall(() => z.object({}), () => officeSchema),
  /** Only the fields that are given change. */
  'office.change': serviceCall(() => z.object({ change: officeSchema.partial() }), () => officeSchema),
};
