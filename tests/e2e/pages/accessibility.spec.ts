import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { callFromPage } from '../bridge.ts';
import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical faults of the page as it stands, each with the elements concerned. */
async function findFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(await axeSource);
  const results = await page.evaluate((): Promise<AxeResults> => Reflect.get(globalThis, 'axe').run(document, { resultTypes: ['violations'] }));
  return results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

test('the start page has no serious fault', async ({ open }) => {
  const { page } = open;
  await callFromPage(page, 'archive.close', {});
  await page.reload();
  await expect(page.getByTestId('start-page')).toBeVisible();
  expect(await findFaults(page)).toEqual([]);
});

test('no page of the workbench has a serious fault', async ({ open }) => {
  const { page } = open;
  await openSample(open, 'accessibility');
  const [linked] = (await callFromPage(page, 'indicator.read', { code: '9' })).evidence;
  for (const link of linked?.links ?? []) await callFromPage(page, 'evidence.unlink', { id: linked?.id ?? '', indicator: link.indicator, year: link.year });
  const faults: Record<string, readonly string[]> = {};
  for (const name of ['overview', 'inbox', 'indicators', 'check', 'reviews', 'binding', 'papers', 'exchange', 'search', 'catalog', 'settings']) {
    await page.getByTestId(`nav-${name}`).click();
    await expect(page.getByTestId(`${name}-page`)).toBeVisible();
    await expect(page.locator('.read-wait')).toHaveCount(0);
    faults[name] = await findFaults(page);
  }
  await page.getByTestId('nav-indicators').click();
  for (const code of ['11', '23', 'N.8']) {
    await page.getByTestId(`indicator-row-${code}`).click();
    await expect(page.getByTestId('block-findings')).toBeVisible();
    faults[`indicator ${code}`] = await findFaults(page);
  }
  await page.getByTestId('indicator-row-1').click();
  await page.getByTestId('evidence-row').filter({ hasText: '数据表' }).first().getByTestId('evidence-open').click();
  await expect(page.locator('[data-testid="preview-page"][data-state="drawn"]').first()).toBeVisible();
  faults['preview'] = await findFaults(page);
  expect(Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0))).toEqual({});
});

test('nothing moves for a person who asked the system for that, from the moment it is asked', async ({ open }) => {
  const { page } = open;
  await page.evaluate(() => {
    const moved: string[] = [];
    Reflect.set(globalThis, 'moved', moved);
    document.addEventListener('animationstart', ({ animationName }) => moved.push(animationName));
  });
  /** What moved while a box was opened and closed; `moves`: a movement may take a moment to begin. */
  const openBox = async (moves: boolean): Promise<readonly string[]> => {
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog')).toBeVisible();
    if (moves) await page.waitForFunction(() => (Reflect.get(globalThis, 'moved') as string[]).length > 0, undefined, { timeout: 2000 }).catch(() => undefined);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    return page.evaluate(() => (Reflect.get(globalThis, 'moved') as string[]).splice(0));
  };
  expect(await openBox(false)).toEqual([]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(() => openBox(true)).not.toEqual([]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => openBox(false)).toEqual([]);
});
