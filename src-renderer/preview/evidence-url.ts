/** Where the shell serves an item's file; it answers ranges. */
export const urlOfEvidence = (id: string): string => `app://chuangdang/evidence/${encodeURIComponent(id)}`;
