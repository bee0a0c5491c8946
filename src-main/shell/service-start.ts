import { app } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startServiceChild } from './service-child.ts';
import type { ServiceProcess } from './service-client.ts';
import { startServiceUtility } from './service-utility.ts';

/** From this version on, Electron's own Node carries the database's binary (Node-API 10). */
const UTILITY_SINCE = 35;

/** Starts the service in the way this Electron allows. Throws where an old Electron finds no Node beside it. */
export function startService(): ServiceProcess {
  const root = app.getAppPath();
  const script = join(root, 'dist', 'service', 'main.cjs');
  const env = { ...process.env, CHUANGDANG_RESOURCES: process.env['CHUANGDANG_RESOURCES'] ?? join(root, 'resources') };
  if (Number(process.versions.electron.split('.')[0]) >= UTILITY_SINCE) return startServiceUtility({ script, env });
  return startServiceChild({ node: findServiceNode(root), script, env });
}

function findServiceNode(root: string): string {
  const given = process.env['CHUANGDANG_NODE'];
  if (given !== undefined && given !== '') return given;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const packaged = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(packaged)) return packaged;
  throw new Error(`Electron ${process.versions.electron} needs a Node 22.14 or newer beside it; none was found at ${packaged}`);
}
