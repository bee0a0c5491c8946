/** Whether anything is filed: before that nothing is wrong yet, much is merely still to come. */
export const hasBegun = (overview: { readonly evidence: number; readonly unlinked: number }): boolean => overview.evidence > overview.unlinked;
