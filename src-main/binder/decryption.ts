import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { BindFailure } from './bind-error.ts';
import { isArray, nameOf, PdfDict, PdfString, type PdfValue } from './pdf-objects.ts';
import { applyRc4 } from './rc4.ts';

const PASSWORD_PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

type Method = 'none' | 'rc4' | 'aes128' | 'aes256';

/** Opens the strings and streams of one encrypted file. */
export interface Decryption {
  readonly decryptString: (bytes: Buffer, num: number, gen: number) => Buffer;
  readonly decryptStream: (bytes: Buffer, num: number, gen: number, dict: PdfDict) => Buffer;
}

interface Secrets {
  readonly revision: number;
  readonly owner: Buffer;
  readonly user: Buffer;
  readonly permissions: number;
  readonly id: Buffer;
  readonly keyLength: number;
  readonly encryptMetadata: boolean;
}

/**
 * The standard security handler, revisions 2–6 (ISO 32000-1 7.6.3, ISO 32000-2 7.6.4). Tries the given password as user's and
 * owner's, else the empty one. Throws BindFailure `password-needed`, `password-wrong` or `encryption-unsupported`.
 */
export function openEncryption(encrypt: PdfDict, idValue: PdfValue, password: string | undefined, resolve: (value: PdfValue) => PdfValue): Decryption {
  const get = (key: string): PdfValue => resolve(encrypt.get(key));
  if (nameOf(get('Filter')) !== 'Standard') throw new BindFailure('encryption-unsupported', `security handler ${nameOf(get('Filter')) ?? 'unknown'}`);
  const version = numberOf(get('V'), 0);
  const revision = numberOf(get('R'), 0);
  if (![1, 2, 4, 5].includes(version) || revision < 2 || revision > 6) throw new BindFailure('encryption-unsupported', `V ${version}, R ${revision}`);
  const id = isArray(idValue) ? resolve(idValue[0] ?? null) : null;
  const length = version === 1 ? 40 : numberOf(get('Length'), version === 4 ? 128 : 40);
  const bits = length < 40 ? length * 8 : length;
  const secrets: Secrets = {
    revision,
    owner: bytesOf(get('O')),
    user: bytesOf(get('U')),
    permissions: numberOf(get('P'), 0) | 0,
    id: bytesOf(id),
    keyLength: version === 4 ? 16 : Math.min(16, Math.max(5, bits >> 3)),
    encryptMetadata: get('EncryptMetadata') !== false,
  };
  const methods = readMethods(get, version, resolve);
  // Only what is attached is encrypted: the pages can be read by everyone.
  const openKey = (): Buffer => (revision >= 5 ? openModern(secrets, bytesOf(get('OE')), bytesOf(get('UE')), password) : openClassic(secrets, password));
  if (methods.strings === 'none' && methods.streams === 'none') {
    const decryptStream = (bytes: Buffer, num: number, gen: number, dict: PdfDict): Buffer => {
      const method = cryptFilterOf(dict, methods, resolve);
      return method === 'none' ? bytes : applyMethod(method, openKey(), bytes, num, gen);
    };
    return { decryptString: (bytes) => bytes, decryptStream };
  }
  const key = openKey();
  return {
    decryptString: (bytes, num, gen) => applyMethod(methods.strings, key, bytes, num, gen),
    decryptStream: (bytes, num, gen, dict) => {
      const type = nameOf(dict.get('Type'));
      if (type === 'XRef' || (type === 'Metadata' && !secrets.encryptMetadata)) return bytes;
      return applyMethod(cryptFilterOf(dict, methods, resolve), key, bytes, num, gen);
    },
  };
}

interface Methods {
  readonly strings: Method;
  readonly streams: Method;
  readonly byName: (name: string) => Method;
}

function readMethods(get: (key: string) => PdfValue, version: number, resolve: (value: PdfValue) => PdfValue): Methods {
  if (version < 4) return { strings: 'rc4', streams: 'rc4', byName: () => 'rc4' };
  const filters = get('CF');
  const byName = (name: string): Method => {
    if (name === 'Identity') return 'none';
    const filter = filters instanceof PdfDict ? resolve(filters.get(name)) : null;
    const method = filter instanceof PdfDict ? nameOf(resolve(filter.get('CFM'))) : null;
    return method === 'AESV3' ? 'aes256' : method === 'AESV2' ? 'aes128' : method === 'V2' ? 'rc4' : 'none';
  };
  return { strings: byName(nameOf(get('StrF')) ?? 'Identity'), streams: byName(nameOf(get('StmF')) ?? 'Identity'), byName };
}

function cryptFilterOf(dict: PdfDict, methods: Methods, resolve: (value: PdfValue) => PdfValue): Method {
  const filter = resolve(dict.get('Filter'));
  const first = isArray(filter) ? resolve(filter[0] ?? null) : filter;
  if (nameOf(first) !== 'Crypt') return methods.streams;
  const given = resolve(dict.get('DecodeParms'));
  const parameters = isArray(given) ? resolve(given[0] ?? null) : given;
  return methods.byName(parameters instanceof PdfDict ? (nameOf(resolve(parameters.get('Name'))) ?? 'Identity') : 'Identity');
}

function applyMethod(method: Method, key: Buffer, bytes: Buffer, num: number, gen: number): Buffer {
  if (method === 'none') return bytes;
  if (method === 'aes256') return decryptAes('aes-256-cbc', key, bytes);
  const salt = Buffer.from([num & 255, (num >> 8) & 255, (num >> 16) & 255, gen & 255, (gen >> 8) & 255]);
  const hash = createHash('md5').update(key).update(salt);
  if (method === 'aes128') hash.update('sAlT', 'latin1');
  const objectKey = hash.digest().subarray(0, Math.min(16, key.length + 5));
  return method === 'rc4' ? applyRc4(objectKey, bytes) : decryptAes('aes-128-cbc', objectKey, bytes);
}

/** CBC with the vector in front; padding is dropped where it makes sense, a ragged end is cut. */
function decryptAes(cipher: 'aes-128-cbc' | 'aes-256-cbc', key: Buffer, bytes: Buffer): Buffer {
  const usable = bytes.length - (bytes.length % 16);
  if (usable < 32) return Buffer.alloc(0);
  const decipher = createDecipheriv(cipher, key, bytes.subarray(0, 16));
  decipher.setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(bytes.subarray(16, usable)), decipher.final()]);
  const padding = plain[plain.length - 1] ?? 0;
  return padding >= 1 && padding <= 16 ? plain.subarray(0, plain.length - padding) : plain;
}

function openClassic(secrets: Secrets, password: string | undefined): Buffer {
  const tries = password === undefined ? [''] : [password, ''];
  // Some files leave the key's length out or state a wrong one.
  for (const keyLength of new Set([secrets.keyLength, 16, 5])) {
    for (const candidate of tries) {
      const key = tryClassic({ ...secrets, keyLength }, candidate);
      if (key !== null) return key;
    }
  }
  throw wrongPassword(password);
}

function tryClassic(secrets: Secrets, password: string): Buffer | null {
  const padded = padPassword(password);
  for (const user of [padded, userPasswordFromOwner(secrets, padded)]) {
    const key = classicKey(secrets, user);
    if (matchesUser(secrets, key)) return key;
  }
  return null;
}

const wrongPassword = (password: string | undefined): BindFailure =>
  password === undefined ? new BindFailure('password-needed', 'the file opens only with a password') : new BindFailure('password-wrong', 'the password does not open the file');

/** PDFDocEncoding is Latin-1 for what a keyboard types; other characters cannot occur in such a password. */
function padPassword(password: string): Buffer {
  return Buffer.concat([Buffer.from(password, 'latin1').subarray(0, 32), PASSWORD_PADDING]).subarray(0, 32);
}

function classicKey(secrets: Secrets, padded: Buffer): Buffer {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(secrets.permissions);
  const hash = createHash('md5').update(padded).update(secrets.owner.subarray(0, 32)).update(permissions).update(secrets.id);
  if (secrets.revision >= 4 && !secrets.encryptMetadata) hash.update(Buffer.from([255, 255, 255, 255]));
  let key = hash.digest();
  const length = secrets.revision === 2 ? 5 : secrets.keyLength;
  if (secrets.revision >= 3) for (let i = 0; i < 50; i++) key = createHash('md5').update(key.subarray(0, length)).digest();
  return key.subarray(0, length);
}

function matchesUser(secrets: Secrets, key: Buffer): boolean {
  if (secrets.revision === 2) return applyRc4(key, PASSWORD_PADDING).equals(secrets.user.subarray(0, 32));
  let check: Buffer = createHash('md5').update(PASSWORD_PADDING).update(secrets.id).digest();
  for (let i = 0; i < 20; i++) check = applyRc4(key.map((byte) => byte ^ i), check);
  return check.equals(secrets.user.subarray(0, 16));
}

function userPasswordFromOwner(secrets: Secrets, padded: Buffer): Buffer {
  let key = createHash('md5').update(padded).digest();
  const length = secrets.revision === 2 ? 5 : secrets.keyLength;
  if (secrets.revision === 2) return applyRc4(key.subarray(0, length), secrets.owner.subarray(0, 32));
  for (let i = 0; i < 50; i++) key = createHash('md5').update(key.subarray(0, length)).digest();
  let plain = secrets.owner.subarray(0, 32);
  for (let i = 19; i >= 0; i--) plain = applyRc4(key.subarray(0, length).map((byte) => byte ^ i), plain);
  return plain;
}

function openModern(secrets: Secrets, ownerKey: Buffer, userKey: Buffer, password: string | undefined): Buffer {
  const tries = password === undefined ? [''] : [password.normalize('NFKC'), password, ''];
  const userSalts = secrets.user.subarray(32, 48);
  const ownerSalts = secrets.owner.subarray(32, 48);
  const none = Buffer.alloc(0);
  for (const candidate of tries) {
    const bytes = Buffer.from(candidate, 'utf8').subarray(0, 127);
    if (modernHash(secrets.revision, bytes, userSalts.subarray(0, 8), none).equals(secrets.user.subarray(0, 32))) {
      return unwrapKey(modernHash(secrets.revision, bytes, userSalts.subarray(8, 16), none), userKey);
    }
    const user = secrets.user.subarray(0, 48);
    if (modernHash(secrets.revision, bytes, ownerSalts.subarray(0, 8), user).equals(secrets.owner.subarray(0, 32))) {
      return unwrapKey(modernHash(secrets.revision, bytes, ownerSalts.subarray(8, 16), user), ownerKey);
    }
  }
  throw wrongPassword(password);
}

function unwrapKey(key: Buffer, wrapped: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16));
  decipher.setAutoPadding(false);
  return Buffer.concat([decipher.update(wrapped.subarray(0, 32)), decipher.final()]);
}

/** ISO 32000-2, algorithm 2.B; revision 5 is a single SHA-256. */
function modernHash(revision: number, password: Buffer, salt: Buffer, user: Buffer): Buffer {
  let key: Buffer = createHash('sha256').update(password).update(salt).update(user).digest();
  if (revision === 5) return key;
  for (let round = 0; ; round++) {
    const block = Buffer.concat([password, key, user]);
    const repeated = Buffer.concat(Array.from({ length: 64 }, () => block));
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
    cipher.setAutoPadding(false);
    const encrypted = Buffer.concat([cipher.update(repeated), cipher.final()]);
    let sum = 0;
    for (let i = 0; i < 16; i++) sum += encrypted[i] ?? 0;
    key = createHash(sum % 3 === 0 ? 'sha256' : sum % 3 === 1 ? 'sha384' : 'sha512').update(encrypted).digest();
    if (round >= 63 && (encrypted[encrypted.length - 1] ?? 0) <= round - 31) return key.subarray(0, 32);
  }
}

const numberOf = (value: PdfValue, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
const bytesOf = (value: PdfValue): Buffer => (value instanceof PdfString ? value.bytes : Buffer.alloc(0));
