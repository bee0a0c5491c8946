import { stripVTControlCharacters } from 'node:util';

// What a person reads while the set-up works. Everything goes to stderr: stdout belongs to the command that was asked for.

/** @param {string} text */
export const say = (text) => {
  // Colours of a tool that was asked for an error text are for terminals only.
  process.stderr.write(`${process.stderr.isTTY ? text : stripVTControlCharacters(text)}\n`);
};

/**
 * Runs one step of the set-up and tells how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T> | T} step
 * @returns {Promise<T>}
 */
export const timedStep = async (what, step) => {
  const began = performance.now();
  say(`• ${what} …`);
  const result = await step();
  say(`  done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
};

/** A trouble the person in front of the terminal can do something about: shown as a sentence, without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} remedy what to do
   * @param {unknown} [cause]
   */
  constructor(message, remedy, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}

/**
 * Ends the process with 3 (could not) after saying why.
 * @param {unknown} error
 * @returns {never}
 */
export const failWith = (error) => {
  if (error instanceof SetupError) {
    say(`\n✗ ${error.message}\n  ${error.remedy}`);
    if (error.cause !== undefined) say(`  (${error.cause instanceof Error ? error.cause.message : String(error.cause)})`);
  } else {
    say(`\n✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  process.exit(3);
};
