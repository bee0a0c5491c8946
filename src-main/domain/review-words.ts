import type { ReviewFindingFacts } from './snapshot.ts';

/** How far a review finding is, in the same words on screen and on paper. */
export const reviewStateWords: Readonly<Record<ReviewFindingFacts['state'], string>> = { open: '待交办', assigned: '待答复', answered: '待销号', closed: '已销号' };
