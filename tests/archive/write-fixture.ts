import { migrations } from '../../src-main/archive/migrations/index.ts';
import { writeFixture } from './version-fixture.ts';

/** `npm run fixture`: keeps a database of each published version, for the tests of migration; what is there stays. */
for (const { version } of migrations) console.log(await writeFixture(version));
