import fs from 'node:fs';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { ROOT } from '../setup/places.mjs';
import { readOutput } from '../setup/run.mjs';

/**
 * What the packed program can never be talked into, whatever its command line or environment says. Cookies stay unencrypted because the
 * program has none, and encryption would ask the desktop's key ring at every start.
 */
export const FUSES = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

/**
 * Turns what electron-builder laid out into the finished folder: fuses set, Electron's own start app away, the Node that runs the
 * service put in, launchers in place, licences beside the program.
 * @param {{ folder: string, platform: string, node: string }} work `node`: the Node program to go along
 */
export const finishFolder = async ({ folder, platform, node }) => {
  const windows = platform === 'win32';
  const program = path.join(folder, windows ? 'chuangdang.exe' : 'chuangdang');
  await flipFuses(program, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: false,
    ...FUSES,
    // Electron checks the archive's hash on Windows and macOS; on Linux the fuse has no effect.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: windows,
  });
  fs.rmSync(path.join(folder, 'resources', 'default_app.asar'), { force: true });
  const place = path.join(folder, 'resources', 'node', windows ? 'node.exe' : 'node');
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.copyFileSync(node, place);
  // 18 MB of symbols that nobody reads.
  if (!windows) readOutput('strip', ['-s', place]);
  if (!windows) fs.chmodSync(place, 0o755);
  fs.copyFileSync(path.join(ROOT, 'LICENSE'), path.join(folder, 'LICENSE.txt'));
  fs.copyFileSync(path.join(ROOT, 'dist', 'notices', 'third-party.txt'), path.join(folder, 'THIRD-PARTY-NOTICES.txt'));
  if (platform !== 'linux') return;
  fs.renameSync(program, path.join(folder, 'chuangdang-bin'));
  for (const [source, name] of [['launcher.sh', 'chuangdang'], ['command-line.sh', 'chuangdang-cli']]) {
    fs.copyFileSync(path.join(ROOT, 'packaging', 'linux', source ?? ''), path.join(folder, name ?? ''));
    fs.chmodSync(path.join(folder, name ?? ''), 0o755);
  }
};
