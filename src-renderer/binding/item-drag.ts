/** Marks a drag as an item of a volume, not a file from outside or a row of another list. */
export const ITEM_DRAG = 'application/x-chuangdang-item';
