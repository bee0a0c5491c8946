/** The sample archive's evidence: generated documents, scans and pictures, and what a clerk would enter about them. */
export { makeFaultScans } from './fault-scans.ts';
export { makeSampleEvidence, type SampleOptions } from './make-sample.ts';
export { fillCitations, type PlantedGap, type SampleFile, type SampleIndicator, type SampleSet, type SampleValue } from './sample-set.ts';
