import type { Tx } from '../transaction.ts';
import { listUnitTasks, removeUnitTask, setUnitTask } from './catalog.ts';
import { listCertificates, removeCertificate, setCertificate } from './declarations.ts';
import { listSignOffs, removeSignOff, setSignOff } from './sign-offs.ts';

/**
 * Carries what was entered for a unit over to its new name: due dates, signatures, certificates. Where the new name has its own
 * entry already, that one stays and the old one goes.
 */
export const renameUnitEntries = (tx: Tx, from: string, into: string): void => {
  if (from === into) return;
  const tasks = listUnitTasks(tx);
  for (const task of tasks.filter(({ unit }) => unit === from)) {
    removeUnitTask(tx, from, task.indicator);
    if (!tasks.some((other) => other.unit === into && other.indicator === task.indicator)) setUnitTask(tx, { ...task, unit: into });
  }
  const signOffs = listSignOffs(tx);
  for (const signOff of signOffs.filter(({ unit }) => unit === from)) {
    removeSignOff(tx, signOff.indicator, from);
    if (!signOffs.some((other) => other.unit === into && other.indicator === signOff.indicator)) setSignOff(tx, { ...signOff, unit: into });
  }
  const certificates = listCertificates(tx);
  for (const certificate of certificates.filter(({ unit }) => unit === from)) {
    removeCertificate(tx, certificate);
    if (!certificates.some((other) => other.unit === into && other.indicator === certificate.indicator && other.number === certificate.number)) setCertificate(tx, { ...certificate, unit: into });
  }
};
