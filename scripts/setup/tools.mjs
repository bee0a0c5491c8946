import path from 'node:path';
import { findNode } from './node-runtime.mjs';
import { ensurePackages } from './packages.mjs';
import { ROOT } from './places.mjs';
import { handOver } from './run.mjs';

/**
 * Makes sure of packages and of a recent Node, then goes on in a script that may use both.
 * @param {string} script path from the checkout's root
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export const runWithTools = async (script, args) => {
  await ensurePackages();
  const node = findNode();
  return handOver(node, [path.join(ROOT, script), ...args], { CHUANGDANG_NODE: node });
};
