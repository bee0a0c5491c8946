import { app } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startServiceChild } from './service-child.ts';
import type { ServiceProcess } from './service-client.ts';

const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';

/** Where the service's code, the program's resources and the Node that runs the service lie: beside the packed program, or in the checkout. */
function findServicePlaces(): { readonly code: string; readonly resources: string; readonly nodes: readonly string[] } {
  const root = app.getAppPath();
  if (app.isPackaged) return { code: `${root}.unpacked`, resources: join(process.resourcesPath, 'program'), nodes: [join(process.resourcesPath, 'node', nodeName)] };
  const system = process.platform === 'win32' ? 'win' : process.platform;
  return { code: root, resources: join(root, 'resources'), nodes: [process.env['CHUANGDANG_NODE'] ?? '', join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', nodeName)] };
}

/**
 * Starts the service under the Node that comes with the program, whatever Electron this is: its workers are plain Node processes, which
 * Electron itself cannot start once it is sealed against running as Node. Throws where there is none.
 */
export function startService(hear: (text: string) => void): ServiceProcess {
  const { code, resources, nodes } = findServicePlaces();
  const node = nodes.find((path) => path !== '' && existsSync(path));
  if (node === undefined) throw new Error(`后台服务所需的 Node 不在安装目录中（${nodes.at(-1) ?? ''}），请重新安装。`);
  // Node keeps there what it compiled; the service and its workers start twice as fast with it.
  const compiled = join(app.getPath('userData'), 'compiled');
  return startServiceChild({ node, script: join(code, 'dist', 'service', 'main.cjs'), env: { ...process.env, CHUANGDANG_RESOURCES: resources, CHUANGDANG_PERSON_FILE: join(app.getPath('userData'), 'person.json'), NODE_COMPILE_CACHE: compiled }, hear });
}
