import type { Page } from '@playwright/test';

/** Drops files of this machine on an element, as a file manager does: they carry their real paths. */
export async function dropFiles(page: Page, testId: string, paths: readonly string[]): Promise<void> {
  // Only a file input gives a script File objects that have a path.
  const input = await page.evaluateHandle(() => {
    const made = document.createElement('input');
    made.type = 'file';
    made.multiple = true;
    document.body.append(made);
    return made;
  });
  await input.setInputFiles([...paths]);
  await page.getByTestId(testId).evaluate((target, source) => {
    const data = new DataTransfer();
    for (const file of source.files ?? []) data.items.add(file);
    for (const kind of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    source.remove();
  }, input);
}
