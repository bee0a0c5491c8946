/** Where the shell serves an item's file; it answers ranges. */
export const urlOfEvidence = (id: string): string => `app://chuangdang/evidence/${encodeURIComponent(id)}`;

/** A page of an item as a small picture, as the lists show it. */
export const urlOfPagePicture = (id: string, page: number): string => `app://chuangdang/page-image/${encodeURIComponent(id)}/${page}/small`;
