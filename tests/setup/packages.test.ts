import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../scripts/setup/packages.mjs';

const lock = (packages: object): string => JSON.stringify({ packages });
const wanted = lock({
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b': { version: '2.0.0', integrity: 'sha512-b', optional: true },
});

describe('isInstalled', () => {
  it('accepts what npm installed, optional packages of other systems left out', () => {
    expect(isInstalled(wanted, lock({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } }))).toBe(true);
  });

  it.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
    ['other bytes', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }],
    ['an outdated optional package', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' }, 'node_modules/b': { version: '1.0.0', integrity: 'sha512-b' } }],
  ])('asks for an install after %s', (_what, packages) => {
    expect(isInstalled(wanted, lock(packages))).toBe(false);
  });
});
