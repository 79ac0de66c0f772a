import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { tableFor, usual, usualDays, usualWait } from '../../scripts/scale/tableFor';

const page = readFile(join(__dirname, '../../docs/scale.md'), 'utf8');

it.each([
	['npm run scale', usualDays, usual],
	['--per-call=1', usualDays, { ...usual, learnersPerCall: 1 }],
	['--intakes=4', [1_000_000], { ...usual, learnersPerCall: 1, intakes: 4 }],
	['--latency=1000', usualDays, { ...usual, latencyMs: 1_000, concurrency: 5 }],
])('the page on scale shows what %s says', async (_command, days, setup) => {
	expect(await page).toContain(tableFor(days, setup, usualWait));
});
