/** Nominal string types: a value of one cannot be passed for another by mistake. */
declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Code of a leaf indicator as the plan numbers it: `1`, `5.2`, `N.7`. */
export type IndicatorCode = Branded<string, 'IndicatorCode'>;
/** Identity of one 件 (item of evidence) within an archive. */
export type EvidenceId = Branded<string, 'EvidenceId'>;
/** Lower-case hexadecimal SHA-256 of an object's bytes. */
export type Sha256 = Branded<string, 'Sha256'>;

export const indicatorCode = (text: string): IndicatorCode => text as IndicatorCode;
export const evidenceId = (text: string): EvidenceId => text as EvidenceId;
export const sha256 = (text: string): Sha256 => text as Sha256;
