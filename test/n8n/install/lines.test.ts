import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FixableError } from '../../../n8n/errors';
import { lineNames, n8nLine } from '../../../n8n/install/lines';

const folder = join(__dirname, '..', '..', '..', 'n8n', 'lines');
const wanted = process.env.N8N_LINE;
afterEach(() => {
	if (wanted === undefined) delete process.env.N8N_LINE;
	else process.env.N8N_LINE = wanted;
});

it('every folder of lines can be chosen, and has the n8n of its name', () => {
	expect([...lineNames].sort()).toEqual(readdirSync(folder).sort());
	for (const name of lineNames) expect(n8nLine(name).version).toMatch(new RegExp(`^${name.replace('.', '\\.')}\\.\\d+$`));
});

it('the newest is meant where nobody chooses', () => {
	delete process.env.N8N_LINE;
	const newest = [...lineNames].sort((a, b) => b.localeCompare(a, undefined, { numeric: true }))[0];
	expect(n8nLine().name).toBe(newest);
	process.env.N8N_LINE = '';
	expect(n8nLine().name).toBe(newest);
});

it('the environment chooses one', () => {
	process.env.N8N_LINE = '1.123';
	expect(n8nLine().version).toMatch(/^1\.123\./);
});

it('a line that isn’t there is refused with those that are', () => {
	expect(() => n8nLine('1.7')).toThrow(FixableError);
	expect(() => n8nLine('1.7')).toThrow('There is no n8n line “1.7” here, only: 2.40, 1.123');
});

describe.each(lineNames)('%s', (name) => {
	const read = (file: string) => readFileSync(join(folder, name, file), 'utf8');

	it('names each version exactly, and brings a Node of its own', () => {
		const { dependencies, overrides } = JSON.parse(read('package.json')) as Record<'dependencies' | 'overrides', Record<string, string>>;
		for (const version of Object.values({ ...dependencies, ...overrides })) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
		expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(['n8n', 'node']));
	});

	it('has a lock file of these versions that says what is installed, and not where from', () => {
		const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Record<string, unknown>> };
		expect(packages['node_modules/n8n']?.version).toBe(n8nLine(name).version);
		for (const [place, entry] of Object.entries(packages).slice(1)) {
			expect([place, entry.resolved]).toEqual([place, undefined]);
			expect([place, entry.integrity]).toEqual([place, expect.stringMatching(/^sha512-/)]);
		}
	});
});
