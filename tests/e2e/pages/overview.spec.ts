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

test('the whole log is a click away: filtered by words, under the name that was said once', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('person-name').fill('王敏');
  await page.getByTestId('person-keep').click();
  await expect(page.getByTestId('person-line')).toHaveCount(0);
  await page.getByTestId('all-events').click();
  const rows = page.getByTestId('event-row');
  await expect(rows.first()).toBeVisible();
  await page.getByTestId('events-words').fill('识别著录 污水');
  await expect(rows.filter({ hasNotText: '识别著录' })).toHaveCount(0);
  await expect(rows.first()).toContainText('自动识别');
  await page.getByTestId('events-words').fill('没有这样的词');
  await expect(page.getByText('没有这样的操作记录。')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-input').fill('操作记录');
  await expect(page.getByTestId('palette-row').first()).toContainText('操作记录');
  await page.keyboard.press('Escape');
});

test('the last page is shown again after a restart of the page', async ({ open }) => {
  const { page } = open;
  await page.getByTestId('nav-binding').click();
  await expect(page.getByTestId('binding-page')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('binding-page')).toBeVisible();
});
