import { expect, test } from '../harness.ts';
import { openSample } from '../sample-archive.ts';

test.describe.configure({ mode: 'serial' });

test('the map shows every indicator by its state and leads to it', async ({ open }) => {
  const { page } = open;
  await openSample(open, 'overview');
  await expect(page.getByTestId('completion-map').getByRole('button')).toHaveCount(36);
  await expect(page.getByTestId('tile-1')).toHaveClass(/tile-done/);
  await expect(page.getByTestId('tile-9')).toHaveClass(/tile-lacking/);
  await page.getByTestId('tile-9').click();
  await expect(page.getByTestId('indicator-panel').getByRole('heading', { level: 1 })).toContainText('外来物种入侵防控');
  await expect(page.getByTestId('block-findings').getByTestId('finding-row')).toHaveCount(1);
});

test('a deadline that is past says so, and events are listed', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('nav-overview').click();
  await expect(page.getByTestId('countdown')).toContainText(/2024-04-30 已过 \d+ 天/);
  await expect(page.getByTestId('recent-events').getByRole('listitem').first()).toBeVisible();
});

test('the last page is shown again after a restart of the page', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('nav-binding').click();
  await expect(page.getByTestId('binding-page')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('binding-page')).toBeVisible();
});
