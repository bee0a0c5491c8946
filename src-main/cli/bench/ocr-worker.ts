import { recognisePage } from '../../intake/ocr/recognise-page.ts';

/** Reads pictures in a process of its own: `node ocr-worker.ts FILE…`; a line of JSON for each. The first one bears the loading of the models. */
async function main(files: readonly string[]): Promise<void> {
  for (const path of files) {
    const started = performance.now();
    const page = await recognisePage({ path, fileKind: 'jpeg', page: 1, turn: 0 });
    if (!page.ok) throw new Error(page.error.message);
    process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - started) / 1000, text: page.value.text })}\n`);
  }
}

await main(process.argv.slice(2));
