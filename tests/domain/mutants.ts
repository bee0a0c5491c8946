import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { verdictCases } from './case-table.ts';

// Run by Node itself: for each comparison in the verdict code a copy of the code with that one comparison changed, and the case table
// asked of it. Prints the mutants that no case notices, one a line, then how many were tried.

const domain = resolve(import.meta.dirname, '../../src-main/domain');
const changes: Readonly<Record<string, readonly string[]>> = { '>=': ['>', '<'], '<=': ['<', '>'], '>': ['>=', '<'], '<': ['<=', '>'], '===': ['!=='], '!==': ['==='] };

/** Places of comparisons: operators between spaces, outside strings and comments. */
const comparisonsIn = (source: string): readonly { readonly at: number; readonly operator: string }[] => {
  const masked = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|^import .*$|^(?:export )?(?:type|interface) .*$/gmu, (text) => ' '.repeat(text.length));
  return [...masked.matchAll(/(?<= )(?:>=|<=|===|!==|>|<)(?= )/gu)].map((found) => ({ at: found.index, operator: found[0] }));
};

const folder = mkdtempSync(join(tmpdir(), 'verdict-mutants-'));
let tried = 0;
try {
  for (const file of ['quantity.ts', 'judge.ts']) {
    const source = readFileSync(join(domain, file), 'utf8');
    for (const { at, operator } of comparisonsIn(source)) {
      for (const change of changes[operator] ?? []) {
        tried += 1;
        const copy = join(folder, String(tried));
        for (const needed of ['judge.ts', 'quantity.ts', 'photo.ts', 'requirement-slots.ts', 'unit-names.ts', 'target.ts', 'ids.ts']) cpSync(join(domain, needed), join(copy, needed));
        writeFileSync(join(copy, file), `${source.slice(0, at)}${change}${source.slice(at + operator.length)}`);
        const { judge }: Pick<typeof import('../../src-main/domain/judge.ts'), 'judge'> = await import(pathToFileURL(join(copy, 'judge.ts')).href);
        const noticed = verdictCases.some((item) => {
          try {
            return item.ask(judge) !== item.expect;
          } catch {
            return true;
          }
        });
        const line = source.slice(0, at).split('\n').length;
        if (!noticed) console.log(`${file}:${line} ${operator} → ${change}: ${(source.split('\n')[line - 1] ?? '').trim().slice(0, 140)}`);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`tried ${tried}`);
