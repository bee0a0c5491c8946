import { noticeDemands, openings, organisation, quality } from '../../sample/texts/phrases.ts';

/** A small generator of repeatable numbers (mulberry32), from 0 up to 1. */
export function repeatableRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const vocabularySize = 12_000;
const pageLength = 650;

/**
 * Pages of office prose: words drawn from a vocabulary of 12,000 as languages draw them (the second half as often as the first, and so on),
 * with figures, 文号, and now and then a sentence that half of all reports hold. The same seed gives the same pages.
 */
export class OfficeText {
  readonly #random: () => number;
  readonly #words: readonly string[];
  readonly #sentences: readonly string[];

  constructor(seed: number) {
    this.#random = repeatableRandom(seed);
    this.#sentences = [...openings, ...organisation, ...quality, ...noticeDemands].map((sentence) => sentence.replaceAll('{unit}', '区生态环境局').replaceAll('{subject}', '生态环境').replaceAll('{year}', '2023'));
    const own = this.#sentences.flatMap((sentence) => sentence.match(/[\u4e00-\u9fff]{2}/gu) ?? []);
    const words = new Set(own);
    // GB2312's first level: the characters in use. Two thirds of a text's words have two characters.
    const characters = Array.from({ length: 3755 }, (_, index) => new TextDecoder('gb18030').decode(Uint8Array.of(0xb0 + Math.floor(index / 94), 0xa1 + (index % 94))));
    while (words.size < vocabularySize) {
      const length = this.#random() < 0.66 ? 2 : this.#random() < 0.6 ? 3 : 4;
      words.add(Array.from({ length }, () => characters[Math.floor(this.#random() ** 1.6 * characters.length)] ?? '').join(''));
    }
    this.#words = [...words];
  }

  /** A word; a frequent one more often than a rare one. */
  word(): string {
    return this.#words[Math.floor(this.#words.length ** this.#random()) - 1] ?? '工作';
  }

  page(): string {
    let text = this.#random() < 0.5 ? `${this.#pick(this.#sentences)}\n` : '';
    for (let line = 0; text.length < pageLength; ) {
      const chance = this.#random();
      const piece = chance < 0.02 ? `${Math.round(this.#random() * 10_000) / 100}%` : chance < 0.025 ? this.documentNumber() : this.word();
      text += piece;
      line += piece.length;
      if (this.#random() < 0.12) text += this.#random() < 0.35 ? '。' : '，';
      if (line > 36) {
        text += '\n';
        line = 0;
      }
    }
    return text;
  }

  documentNumber(): string {
    return `${this.#pick(['青南政发', '青环发', '青南环函', '鲁环字', '青建发'])}〔${2019 + Math.floor(this.#random() * 5)}〕${1 + Math.floor(this.#random() * 400)}号`;
  }

  #pick(from: readonly string[]): string {
    return from[Math.floor(this.#random() * from.length)] ?? '';
  }

  /** A whole number from 0 up to `below`. */
  below(below: number): number {
    return Math.floor(this.#random() * below);
  }
}
