/** Width of a spine on the screen in pixels: it grows with the pages, readable when thin and never a wall when thick. */
export const spineWidth = (pages: number): number => Math.round(Math.min(110, 38 + Math.sqrt(Math.max(0, pages)) * 2.4));
