import type * as Files from 'node:fs';
import type * as PromisedFiles from 'node:fs/promises';

/**
 * A file layer that fails on purpose, put under `node:fs` and `node:fs/promises` by a test's `vi.mock`. What SQLite writes does not pass
 * here: drives of their own do that (`drives.test.ts`).
 *
 * - `full`: from the nth write on the disk takes half of that write and nothing more; renaming and deleting still work
 * - `byte`: the disk takes n bytes and nothing more
 * - `short`: the nth write takes half and says so, which is no error
 * - `eio`: the nth write fails once
 * - `rename`, `sync`: the nth of these fails once
 * - `power`: at the nth operation of any kind half of a write is on the disk, and nothing is done any more
 */
export type FaultKind = 'full' | 'byte' | 'short' | 'eio' | 'rename' | 'sync' | 'power';
export const faultKinds: readonly FaultKind[] = ['full', 'byte', 'short', 'eio', 'rename', 'sync', 'power'];

type Operation = 'write' | 'rename' | 'sync' | 'other';

interface Plan {
  readonly kind: FaultKind;
  readonly at: number;
}

let plan: Plan | null = null;
let count = 0;
let struck = false;

/** From now on the plan's fault happens. */
export const arm = (next: Plan): void => {
  plan = next;
  count = 0;
  struck = false;
};

/** All is well again. Answers whether the fault happened, and how many operations or bytes of its kind there were. */
export const disarm = (): { readonly struck: boolean; readonly count: number } => {
  plan = null;
  return { struck, count };
};

const errorOf = (code: 'ENOSPC' | 'EIO' | 'EACCES'): NodeJS.ErrnoException => Object.assign(new Error(`${code}: injected`), { code });

const counts = (kind: FaultKind, operation: Operation): boolean => (kind === 'power' ? true : kind === 'rename' || kind === 'sync' ? operation === kind : operation === 'write');

/** What becomes of an operation over `bytes`: how many of them still reach the disk, and the error that follows. */
const judge = (operation: Operation, bytes: number): { readonly bytes: number; readonly error: NodeJS.ErrnoException | null } => {
  const whole = { bytes, error: null };
  if (plan === null || !counts(plan.kind, operation)) return whole;
  if (plan.kind === 'byte') {
    const room = Math.max(0, plan.at - count);
    count += bytes;
    if (bytes <= room) return whole;
    struck = true;
    return { bytes: room, error: errorOf('ENOSPC') };
  }
  count += 1;
  const lasting = plan.kind === 'full' || plan.kind === 'power';
  if (lasting ? count < plan.at : count !== plan.at) return whole;
  struck = true;
  // Half at the moment itself, nothing afterwards.
  const half = count === plan.at ? bytes >> 1 : 0;
  if (plan.kind === 'short') return { bytes: Math.max(1, half), error: null };
  if (plan.kind === 'full') return { bytes: half, error: errorOf('ENOSPC') };
  return { bytes: plan.kind === 'power' ? half : 0, error: errorOf(plan.kind === 'rename' ? 'EACCES' : 'EIO') };
};

const orThrow = (operation: Operation): void => {
  const { error } = judge(operation, 0);
  if (error !== null) throw error;
};

const wrapHandle = (handle: PromisedFiles.FileHandle): PromisedFiles.FileHandle => {
  const real = { write: handle.write.bind(handle), sync: handle.sync.bind(handle), datasync: handle.datasync.bind(handle), chmod: handle.chmod.bind(handle) };
  const write = async (buffer: Uint8Array, offset = 0, length = buffer.byteLength - offset, position: number | null = null) => {
    const { bytes, error } = judge('write', length);
    const done = await real.write(buffer, offset, bytes, position);
    if (error !== null) throw error;
    return done;
  };
  const sync = (flush: () => Promise<void>) => async (): Promise<void> => {
    orThrow('sync');
    await flush();
  };
  return Object.assign(handle, {
    write,
    sync: sync(real.sync),
    datasync: sync(real.datasync),
    chmod: async (mode: number): Promise<void> => {
      orThrow('other');
      await real.chmod(mode);
    },
  });
};

/** The faulty `node:fs/promises`. */
export const wrapPromises = (real: typeof PromisedFiles) => ({
  ...real,
  open: async (...args: Parameters<typeof PromisedFiles.open>) => {
    if (typeof args[1] === 'string' && args[1] !== 'r') orThrow('other');
    return wrapHandle(await real.open(...args));
  },
  rename: async (...args: Parameters<typeof PromisedFiles.rename>) => {
    orThrow('rename');
    await real.rename(...args);
  },
  rm: async (...args: Parameters<typeof PromisedFiles.rm>) => {
    orThrow('other');
    await real.rm(...args);
  },
  mkdir: async (...args: Parameters<typeof PromisedFiles.mkdir>) => {
    orThrow('other');
    return real.mkdir(...args);
  },
  copyFile: async (from: string, to: string) => {
    const content = await real.readFile(from);
    const { bytes, error } = judge('write', content.byteLength);
    await real.writeFile(to, content.subarray(0, bytes));
    if (error !== null) throw error;
    // The kernel's own loop goes on after a short write.
    if (bytes < content.byteLength) await real.writeFile(to, content);
  },
  writeFile: async (path: string, content: string | Uint8Array, options?: Parameters<typeof PromisedFiles.writeFile>[2]) => {
    const whole = typeof content === 'string' ? Buffer.from(content) : content;
    const { bytes, error } = judge('write', whole.byteLength);
    await real.writeFile(path, error === null ? whole : whole.subarray(0, bytes), options);
    if (error !== null) throw error;
    orThrow('sync');
  },
});

/** The faulty `node:fs`: of it only what the binder writes with. */
export const wrapFiles = (real: typeof Files) => ({
  ...real,
  writev: (fd: number, parts: readonly Buffer[], position: number, done: (error: NodeJS.ErrnoException | null, written: number) => void) => {
    const whole = Buffer.concat(parts);
    const { bytes, error } = judge('write', whole.byteLength);
    const written = bytes === 0 ? 0 : real.writeSync(fd, whole, 0, bytes, position);
    queueMicrotask(() => done(error, written));
  },
});
