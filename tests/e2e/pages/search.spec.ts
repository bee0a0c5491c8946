import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test('Ctrl+K looks through everything, two characters included, and opens the page', async ({ open }) => {
  const { page } = open;
  await openSample(open, 'search');
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('search-input')).toBeFocused();
  await page.keyboard.type('污水');
  await expect(page.getByTestId('search-hit').first()).toBeVisible();
  await expect(page.getByTestId('search-hits').locator('mark').first()).toHaveText('污水');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('search-hit').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('preview')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByTestId('search-input')).toHaveValue('污水');
});

test('nothing found says what to try', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('search-input').fill('绝无此词组合');
  await expect(page.getByTestId('search-page')).toContainText('没有找到“绝无此词组合”');
  expect(open.pageErrors).toEqual([]);
});
