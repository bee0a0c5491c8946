import { buildBundles } from '../build/build.mjs';
import { provideElectron } from './electron-runtime.mjs';
import { ensureFonts } from './fonts.mjs';
import { findTestNeeds, findWindowNeeds, provideNeeds } from './system-libraries.mjs';

/**
 * Everything after the packages: Electron, system libraries, fonts, and (unless left to the caller) bundles. Runs in the Node that
 * came with the packages.
 * @param {{ forTests: boolean, virtualDisplay: boolean, build?: boolean }} wish `virtualDisplay`: the window must be able to open without a screen
 */
export const provideAll = async (wish) => {
  const began = performance.now();
  const electron = await provideElectron();
  await provideNeeds(findWindowNeeds(electron.program, wish), { required: true, what: 'The window' });
  if (wish.forTests) await provideNeeds(findTestNeeds(), { required: false, what: 'Checks by independent readers' });
  await ensureFonts(process.execPath);
  if (wish.build !== false) await buildBundles();
  return { electron, seconds: (performance.now() - began) / 1000 };
};
