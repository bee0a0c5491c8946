import type { HandlerTable } from '../handler.ts';
import { archiveHandlers } from './archive.ts';
import { bindingHandlers } from './binding.ts';
import { catalogEditHandlers } from './catalog-edit.ts';
import { catalogHandlers } from './catalog.ts';
import { certificateHandlers } from './certificate.ts';
import { eventHandlers } from './events.ts';
import { evidenceHandlers } from './evidence.ts';
import { exchangeHandlers } from './exchange.ts';
import { historyHandlers } from './history.ts';
import { markHandlers } from './mark.ts';
import { triageHandlers } from './triage.ts';
import { importHandlers } from './import.ts';
import { indicatorHandlers } from './indicator.ts';
import { reviewHandlers } from './review.ts';
import { officeHandlers } from './office.ts';
import { paperHandlers } from './papers.ts';
import { profileHandlers } from './profiles.ts';
import { sampleHandlers } from './sample.ts';
import { scanHandlers } from './scans.ts';
import { searchHandlers } from './search.ts';

/** Who answers which call; the type asks for every service call of the contract. */
export const handlers: HandlerTable = {
  ...archiveHandlers,
  ...catalogHandlers,
  ...catalogEditHandlers,
  ...certificateHandlers,
  ...indicatorHandlers,
  ...eventHandlers,
  ...evidenceHandlers,
  ...markHandlers,
  ...triageHandlers,
  ...importHandlers,
  ...scanHandlers,
  ...searchHandlers,
  ...bindingHandlers,
  ...officeHandlers,
  ...paperHandlers,
  ...profileHandlers,
  ...reviewHandlers,
  ...exchangeHandlers,
  ...historyHandlers,
  ...sampleHandlers,
};
