import { readFileSync } from 'node:fs';
import type { ElectronApplication } from '@playwright/test';

/** Process id of the running service, whichever way this Electron starts it; null while there is none. */
export async function findServiceProcess(app: ElectronApplication): Promise<number | null> {
  const utility = await app.evaluate(({ app: program }) => program.getAppMetrics().find((metric) => metric.name === 'chuangdang-service' || metric.serviceName === 'chuangdang-service')?.pid ?? null);
  if (utility !== null) return utility;
  const main = app.process().pid;
  if (main === undefined) return null;
  const children = readFileSync(`/proc/${main}/task/${main}/children`, 'utf8').trim().split(' ').filter((text) => text !== '').map(Number);
  return children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dist/service/main.cjs')) ?? null;
}
