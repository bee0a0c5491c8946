import type { Archive } from '../../archive/index.ts';
import { hasContents, settlePaperSteps } from '../../papers/index.ts';
import type { KnownBreaks, Paper, PaperProfile } from '../../papers/index.ts';
import { inTurns } from '../turns.ts';
import { identify } from './former-files.ts';
import { keepBreaks, readBreaks } from './known-breaks.ts';

/** The papers of an export with their page breaks settled: each once, for DOCX and PDF, and what did not change as the last export settled it. */
export class SettledPapers {
  readonly #archive: Archive;
  readonly #profile: PaperProfile;
  readonly #signal: AbortSignal;
  readonly #settled = new Map<Paper, Promise<Paper>>();

  constructor(archive: Archive, profile: PaperProfile, signal: AbortSignal) {
    this.#archive = archive;
    this.#profile = profile;
    this.#signal = signal;
  }

  of(paper: Paper): Promise<Paper> {
    // Only the report lists its pages; the breaks that are kept are its own.
    if (!hasContents(paper)) return Promise.resolve(paper);
    const settled = this.#settled.get(paper) ?? this.#settle(paper);
    this.#settled.set(paper, settled);
    return settled;
  }

  async #settle(paper: Paper): Promise<Paper> {
    const madeBy = identify(this.#profile);
    const breaks: KnownBreaks = await readBreaks(this.#archive, madeBy);
    const before = new Set(breaks.keys());
    const settled = await inTurns(settlePaperSteps(paper, this.#profile, breaks), this.#signal);
    if (breaks.size !== before.size || [...breaks.keys()].some((key) => !before.has(key))) await keepBreaks(this.#archive, madeBy, breaks);
    return settled;
  }
}
