/** What every first page reads, without input: asked for by the preload while the page's scripts are still on their way. */
export const firstReads = ['archive.current', 'overview.read', 'catalog.read', 'catalog.questions', 'review.rounds', 'scans.status'] as const;
