import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { measureDeliveries } from './deliveries/measure';
import { deliveryTexts, profileTable } from './deliveries/section';
import { measureAll } from './measureAll';
import { writePage } from './page';
import { measureWorkers } from './workers/measure';
import { workersSection } from './workers/section';

const say = (line: string) => console.log(line);

/** What can be measured alone, and is then only told: the page's figures are all of one run. */
const parts: Record<string, () => Promise<string>> = {
	deliveries: async () => {
		const results = await measureDeliveries(say);
		return [...Object.values(await deliveryTexts(results)), profileTable(results.usual), profileTable(results.lazy)].join('\n\n');
	},
	workers: async () => await workersSection(await measureWorkers(say)),
};

/**
 * Measures everything in a real n8n, and writes docs/benchmarks.md.
 *
 * @param wanted `quick` for the most telling cases, or the names of parts
 */
export async function report(wanted: readonly string[]): Promise<void> {
	const chosen = wanted.flatMap((name) => parts[name] ?? []);
	for (const measure of chosen) say(`\n${await measure()}`);
	if (chosen.length > 0) return;
	const results = await measureAll(say, wanted.includes('quick'));
	await writeFile(join(tmpdir(), 'moca-learncoin-benchmarks.json'), JSON.stringify(results, undefined, '\t'));
	say(`Written: ${await writePage(results)}`);
}
