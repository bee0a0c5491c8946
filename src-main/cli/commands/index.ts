import type { Command, StandaloneCommand } from '../command.ts';
import { catalogCommand, demoCommand, newCommand, restoreCommand, verifyCommand } from './archive.ts';
import { benchCommand } from './bench.ts';
import { bindCommand } from './bind.ts';
import { exportCommand } from './binding.ts';
import { importCommand, replaceCommand, searchCommand } from './evidence.ts';
import { paperCommand } from './papers.ts';
import { ocrCommand } from './scans.ts';
import { mergeCommand, packCommand, packageCommand } from './exchange.ts';
import { checkCommand, setCommand } from './judgement.ts';
import { reviewCommand } from './review.ts';

export const commands: Readonly<Record<string, Command | StandaloneCommand>> = {
  new: newCommand,
  catalog: catalogCommand,
  import: importCommand,
  replace: replaceCommand,
  ocr: ocrCommand,
  set: setCommand,
  check: checkCommand,
  review: reviewCommand,
  export: exportCommand,
  paper: paperCommand,
  bind: bindCommand,
  search: searchCommand,
  pack: packCommand,
  merge: mergeCommand,
  package: packageCommand,
  verify: verifyCommand,
  restore: restoreCommand,
  demo: demoCommand,
  bench: benchCommand,
};
