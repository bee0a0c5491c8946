/** Builds the fonts that are missing or out of date in `outDir` (default `resources/fonts`). */
export function buildFonts(outDir?: string): Promise<{ readonly built: readonly string[]; readonly seconds: number }>;
