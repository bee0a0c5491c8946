import fs from 'node:fs';
import path from 'node:path';
import { say, SetupError, timedStep } from '../setup/log.mjs';
import { runProgram } from '../setup/run.mjs';
import { sizeOf } from './stage.mjs';

/** The user that the program runs as there: an ordinary one, as at an office. */
const USER = 'clerk';

/**
 * Runs a step that must succeed.
 * @param {string} what
 * @param {string} program
 * @param {readonly string[]} args
 */
const must = async (what, program, args) => {
  const done = await runProgram(program, args, { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' } });
  if (done.code !== 0) throw new SetupError(`${what} failed (${done.code}).`, 'This needs root, debootstrap (apt-get install debootstrap) and a Debian mirror that apt reaches.', done.output.trim().split('\n').slice(-12).join('\n'));
  return done.output;
};

/**
 * Makes a Debian root with nothing but the base system (kept for the next time), installs the package there with apt, which brings
 * what the package says it depends on, and answers how to run a command inside as an ordinary user.
 * @param {string} root an absolute folder
 * @param {string} deb
 * @returns {Promise<{ enter: string[], leave(): Promise<void> }>}
 */
export const installInCleanRoot = async (root, deb) => {
  if (!fs.existsSync(path.join(root, 'usr', 'bin', 'apt-get'))) {
    fs.mkdirSync(root, { recursive: true });
    await timedStep('Making a clean root', () => must('debootstrap', 'debootstrap', ['--variant=minbase', 'bookworm', root]));
  }
  for (const place of ['etc/apt/sources.list.d', 'etc/apt/apt.conf.d', 'usr/share/keyrings']) {
    if (fs.existsSync(`/${place}`)) fs.cpSync(`/${place}`, path.join(root, place), { recursive: true, force: true });
  }
  const mounts = ['proc', 'dev', 'sys'].map((name) => path.join(root, name));
  for (const place of mounts) await must('mount', 'mount', ['--rbind', `/${path.basename(place)}`, place]);
  const leave = async () => {
    for (const place of mounts) {
      await runProgram('mount', ['--make-rslave', place], { quiet: true });
      await runProgram('umount', ['-R', '-l', place], { quiet: true });
    }
  };
  try {
    const chroot = (/** @type {string[]} */ ...args) => must(args.slice(0, 3).join(' '), 'chroot', [root, ...args]);
    fs.copyFileSync(deb, path.join(root, 'tmp', 'chuangdang.deb'));
    await runProgram('chroot', [root, 'useradd', '-m', USER], { quiet: true });
    await runProgram('chroot', [root, 'apt-get', 'purge', '-y', '-q', 'chuangdang'], { quiet: true });
    await chroot('apt-get', 'update', '-q');
    await timedStep('apt-get install ./chuangdang.deb', () => chroot('apt-get', 'install', '-y', '-q', '--no-install-recommends', '/tmp/chuangdang.deb'));
    const packages = (await chroot('dpkg-query', '-f', '.', '-W')).length;
    const installed = path.join(root, 'opt', 'chuangdang');
    say(`  installed in a root of ${packages} packages; the program takes ${(sizeOf(installed) / 1_000_000).toFixed(1)} MB`);
    for (const link of ['chuangdang', 'chuangdang-cli']) if (fs.readlinkSync(path.join(root, 'usr', 'bin', link)) !== `/opt/chuangdang/${link}`) throw new Error(`/usr/bin/${link} was not made`);
    return { enter: ['chroot', `--userspec=${USER}:${USER}`, root], leave };
  } catch (error) {
    await leave();
    throw error;
  }
};
