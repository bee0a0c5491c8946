import { createRequire } from 'node:module';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { ImageKind } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { readJpegHeader } from './image-header.ts';

/** A3 at 300 dpi has 17 million. What is larger is left to pdf.js, which takes longer and less memory. */
const mostPixels = 24_000_000;

/** A picture unpacked, row by row, RGBA. */
class Pixels {
  readonly displayWidth: number;
  readonly displayHeight: number;
  readonly data: Uint8ClampedArray;

  constructor(width: number, height: number, data: Uint8ClampedArray) {
    this.displayWidth = width;
    this.displayHeight = height;
    this.data = data;
  }
}

/**
 * What pdf.js asks of a browser to unpack a JPEG of three colours (WebCodecs' `ImageDecoder`), by the canvas: its own decoder takes ten
 * times as long. What this refuses pdf.js unpacks itself.
 */
export class JpegDecoder {
  readonly #data: Uint8Array;

  constructor({ data }: { readonly data: Uint8Array }) {
    this.#data = data;
  }

  static isTypeSupported(type: string): Promise<boolean> {
    return Promise.resolve(type === 'image/jpeg');
  }

  async decode(): Promise<{ readonly image: Pixels }> {
    const header = readJpegHeader(this.#data);
    if (header === undefined || header.width * header.height > mostPixels) throw new Error('left to pdf.js');
    const picture = await loadImage(withoutProfiles(this.#data));
    const { width, height } = picture;
    const pen = createCanvas(width, height).getContext('2d');
    pen.drawImage(picture, 0, 0);
    // The canvas's own memory cannot be handed over; pdf.js does so with what it passes on.
    return { image: new Pixels(width, height, new Uint8ClampedArray(pen.getImageData(0, 0, width, height).data)) };
  }

  close(): void {
    // Nothing is held.
  }
}

/** In a PDF a picture's colours and its turn are the document's matter: profile and EXIF of the JPEG do not count, only what tells its colour space does (JFIF, Adobe). */
function withoutProfiles(jpeg: Uint8Array): Buffer {
  const kept = [jpeg.subarray(0, 2)];
  let at = 2;
  for (let marker = jpeg[at + 1] ?? 0; jpeg[at] === 0xff && ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe); marker = jpeg[at + 1] ?? 0) {
    const end = at + 2 + (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0);
    if (marker === 0xe0 || marker === 0xee) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, jpeg.subarray(at)]);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** The message with the picture's pixels in the picture's place, as pdf.js passes what it unpacked itself. */
function withPixels(message: unknown, picture: Pixels): unknown {
  if (!isRecord(message) || !Array.isArray(message['data'])) return message;
  const { data } = picture;
  return { ...message, data: message['data'].map((part: unknown) => (isRecord(part) && part['bitmap'] === picture ? { ...part, bitmap: null, kind: ImageKind.RGBA_32BPP, data } : part)) };
}

/** What joins the two halves of pdf.js within one thread. */
interface PdfPort {
  postMessage: (message: unknown, transfer?: readonly unknown[]) => void;
}

/** The reading half of pdf.js hands pictures to the drawing half by copying messages: pixels can be copied, a canvas cannot. */
function sendPixels(port: PdfPort): void {
  const post = port.postMessage.bind(port);
  port.postMessage = (message, transfer) => {
    const picture = transfer?.find((part) => part instanceof Pixels);
    if (picture === undefined) post(message, transfer);
    else post(withPixels(message, picture), transfer?.map((part) => (part === picture ? picture.data.buffer : part)));
  };
}

/** What begins the reading half of pdf.js, which the package declares no types for. */
function loadReadingHalf(): (handler: unknown, port: PdfPort) => void {
  const half: unknown = createRequire(import.meta.url)('pdfjs-dist/legacy/build/pdf.worker.mjs');
  const owner = isRecord(half) ? half['WorkerMessageHandler'] : undefined;
  const setup: unknown = typeof owner === 'function' ? Reflect.get(owner, 'setup') : undefined;
  if (typeof setup !== 'function') throw new Error('pdf.js has no reading half of the expected shape');
  return (handler, port) => void Reflect.apply(setup, owner, [handler, port]);
}

let taught = false;

/** Makes pdf.js unpack JPEGs by the canvas, once for the process, before the first document is opened with `isImageDecoderSupported`. */
export function teachPdfPictures(): void {
  if (taught) return;
  taught = true;
  // pdf.js looks for it once, while it is loaded.
  Reflect.set(globalThis, 'ImageDecoder', JpegDecoder);
  const begin = loadReadingHalf();
  const setup = (handler: unknown, port: PdfPort): void => {
    sendPixels(port);
    begin(handler, port);
  };
  // Where pdf.js looks for its reading half when there is no thread for it.
  Reflect.set(globalThis, 'pdfjsWorker', { WorkerMessageHandler: { setup } });
}
