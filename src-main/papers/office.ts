import type { Retention } from '../domain/archival-code.ts';

/** What only the office can say about itself; printed as given, an empty text leaves a blank to fill in by hand. */
export interface PaperOffice {
  /** 全宗名称. */
  readonly fondsName: string;
  /** 全宗号. */
  readonly fondsCode: string;
  /** 类目名称. */
  readonly category: string;
  readonly retention: Retention | '';
  /** 立卷人, 整理人. */
  readonly compiler: string;
  /** 检查人. */
  readonly inspector: string;
  /** Day that papers bear, `YYYY-MM-DD`. */
  readonly date: string;
  /** Body that applies: `青岛市市南区人民政府`. */
  readonly applicant: string;
  /** Body applied to: `青岛市生态环境局`. */
  readonly superior: string;
  /** 联系人 and telephone. */
  readonly contact: string;
}
