import { promisify } from 'node:util';
import { deflate, inflate, type ZlibOptions } from 'node:zlib';

/** The other thread is woken for each piece of this size. */
const PIECE_BYTES = 1024 * 1024;
const deflateData = promisify<Buffer, ZlibOptions, Buffer>(deflate);
const inflateData = promisify<Buffer, ZlibOptions, Buffer>(inflate);

/** Packs beside this thread: for a large picture that takes longer than anything else may wait. */
export const packAside = (data: Buffer): Promise<Buffer> => deflateData(data, { chunkSize: PIECE_BYTES });

/** Unpacks beside this thread. Rejects where the data are damaged or unpack to more than `limit` bytes. */
export const unpackAside = (data: Buffer, limit: number): Promise<Buffer> => inflateData(data, { maxOutputLength: limit, chunkSize: PIECE_BYTES });
