import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

/** What a screen of 1366 × 768 leaves at 150 %, without title and menu. */
const SMALL = { width: 911, height: 462 };

test('on a small screen at 150 % every page is reached and no button of its head is cut off', async ({ open }) => {
  const { page, app } = open;
  await openSample(open, 'small-screen');
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setMinimumSize(400, 300);
    window?.setContentSize(width, height);
  }, SMALL);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([SMALL.width, SMALL.height]);
  const cut: Record<string, readonly string[]> = {};
  for (const name of ['overview', 'inbox', 'indicators', 'check', 'reviews', 'binding', 'papers', 'exchange', 'search', 'catalog', 'settings']) {
    await expect(page.getByTestId(`nav-${name}`)).toBeInViewport({ ratio: 1 });
    await page.getByTestId(`nav-${name}`).click();
    await expect(page.getByTestId(`${name}-page`)).toBeVisible();
    await expect(page.locator('.read-wait')).toHaveCount(0);
    cut[name] = await page.evaluate(() => {
      const beyond = [...document.querySelectorAll<HTMLElement>('.page-head button, .page-head label, .sheet-head button')].filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (left < 0 || right > innerWidth);
      });
      const wide = document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the window'] : [];
      return [...beyond.map((element) => element.textContent), ...wide];
    });
  }
  expect(Object.fromEntries(Object.entries(cut).filter(([, found]) => found.length > 0))).toEqual({});
  // The print box has its buttons in sight.
  await page.getByTestId('nav-binding').click();
  await page.getByTestId('print-index').click();
  await expect(page.getByTestId('sheet-preview')).toBeVisible();
  await expect(page.getByTestId('print-go')).toBeInViewport({ ratio: 1 });
  expect(open.pageErrors).toEqual([]);
});
