import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { n8nLine } from '../../n8n/install/lines';
import { countsOf, pageOf, type Findings } from './matrix/page';

const checkout = join(__dirname, '..', '..');
const template = join(__dirname, 'template.md');
const page = join(checkout, 'docs', 'faults.md');

/** Writes docs/faults.md out of its template and what a run found, and gives its path. */
export async function writePage(findings: Findings): Promise<string> {
	const { green, red, grey } = countsOf(findings);
	const facts: Record<string, string> = {
		n8n: n8nLine().version,
		date: new Date().toISOString().slice(0, 10),
		green: String(green),
		red: String(red),
		grey: String(grey),
		findings: pageOf(findings),
	};
	const text = (await readFile(template, 'utf8')).replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => facts[name] ?? '');
	await writeFile(page, await format(text, { ...(await resolveConfig(page)), parser: 'markdown' }));
	return page;
}
