import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from './log.mjs';
import { ROOT } from './places.mjs';
import { readOutput } from './run.mjs';

/** The database's binary needs Node-API 10 (Node 22.14 or newer); on an older Node it would crash, not complain. */
const NODE_API = 10;

/**
 * A Node for the tools, the command line and the service process: the one given by CHUANGDANG_NODE, the one that came with the
 * packages, or the one running now where it is new enough.
 * @returns {string} absolute path of the program
 */
export const findNode = () => {
  const given = process.env['CHUANGDANG_NODE'];
  if (given !== undefined && given !== '') {
    const api = readOutput(given, ['-p', 'process.versions.napi']);
    if (api !== null && Number(api) >= NODE_API) return path.resolve(given);
    throw new SetupError(`CHUANGDANG_NODE (${given}) is no Node with Node-API ${NODE_API}.`, 'Name a Node 22.14 or newer, or unset the variable.');
  }
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const packaged = path.join(ROOT, 'node_modules', `node-${system}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (fs.existsSync(packaged)) return packaged;
  if (Number(process.versions.napi) >= NODE_API) return process.execPath;
  throw new SetupError(
    `This Node (${process.version}) is too old for the database, and no newer one came with the packages for ${process.platform} ${process.arch}.`,
    'Install Node 22.14 or newer, or point CHUANGDANG_NODE to one.',
  );
};
