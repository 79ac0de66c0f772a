import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import type { DeliveryResults } from './measure';
import { profileTable, settingNames } from './section';

const page = join(__dirname, '..', '..', '..', '..', 'docs', 'profiles', 'deliveries.md');

/** Writes where n8n works for a delivery, and gives the page's path. */
export async function writeProfilePage(results: DeliveryResults): Promise<string> {
	const sections = (['usual', 'lazy'] as const).map((setting) => `## n8n ${settingNames[setting]}\n\n${profileTable(results[setting])}`);
	const text = `# Where n8n works for one delivery

Written by \`npm run bench -- report\` beside [the benchmarks](../benchmarks.md). Ms of a processor for one delivery, recorded in the run that the page's figures are of; recording slows n8n down, so the sums are
higher than in the page. By whose code n8n's main thread was in; what native code does is its caller's. _Other threads_ make isolates for expressions, read and write SQLite's file, and help to collect garbage.

${sections.join('\n\n')}
`;
	await writeFile(page, await format(text, { ...(await resolveConfig(page)), parser: 'markdown' }));
	return page;
}
