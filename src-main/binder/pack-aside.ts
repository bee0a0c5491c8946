import { promisify } from 'node:util';
import { deflate, inflate, type ZlibOptions } from 'node:zlib';

/** The other thread is woken for each piece of this size. */
const PIECE_BYTES = 1024 * 1024;
const deflateData = promisify<Buffer, ZlibOptions, Buffer>(deflate);
const inflateData = promisify<Buffer, ZlibOptions, Buffer>(inflate);

/** Packs beside this thread: for a large picture that takes longer than anything else may wait. */
export const packAside = (data: Buffer): Promise<Buffer> => deflateData(data, { chunkSize: PIECE_BYTES });

/** Unpacks beside this thread what should come to `expected` bytes. Rejects where the data are damaged or unpack to more than `limit` bytes. */
export const unpackAside = (data: Buffer, expected: number, limit: number): Promise<Buffer> =>
  // In one piece: joining pieces of a large picture would hold this thread after all.
  inflateData(data, { maxOutputLength: limit, chunkSize: Math.max(PIECE_BYTES, expected + 1) });
