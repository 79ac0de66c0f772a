import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { essential, readOptions } from '../../../scripts/e2e/options';

const line = process.env.N8N_LINE;
beforeEach(() => delete process.env.N8N_LINE);
afterAll(() => {
	if (line !== undefined) process.env.N8N_LINE = line;
});

it('what isn’t ours goes to Jest as it is, and the newest line is taken', () => {
	const given = ['moca-forms', '-t', 'by its name', '--verbose'];
	expect(readOptions(given)).toEqual({ line: '2.40', jest: given });
});

it.each([[['--n8n', '1.123', 'moca-forms']], [['--n8n=1.123', 'moca-forms']], [['moca-forms', '--n8n', '1.123']]])(
	'%j runs one file in n8n 1.123',
	(given) => {
		expect(readOptions(given)).toEqual({ line: '1.123', jest: ['moca-forms'] });
	},
);

it('the environment chooses the line where no option does', () => {
	process.env.N8N_LINE = '1.123';
	expect(readOptions([]).line).toBe('1.123');
	expect(readOptions(['--n8n', '2.40']).line).toBe('2.40');
});

it.each([[['--n8n', '1.7']], [['--n8n']]])('%j is refused with the lines that there are', (given) => {
	expect(() => readOptions(given)).toThrow('only: 2.40, 1.123');
});

it('the essential part is of files that exist, one each', () => {
	const files = readdirSync(join(__dirname, '..', '..', 'e2e'));
	expect(readOptions(['--essential']).jest).toEqual(essential);
	for (const part of essential) expect([part, files.filter((file) => file.includes(part)).length]).toEqual([part, 1]);
});
