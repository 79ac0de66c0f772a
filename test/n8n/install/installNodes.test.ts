import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installCommand } from '../../../n8n/install/installNodes';

const repository = join(__dirname, '..', '..', '..');
const read = (file: string) => readFileSync(join(repository, file), 'utf8');

it('the end-to-end tests install the package by README’s own command', () => {
	expect(installCommand(read('README.md'), '/tmp/package.tgz')).toBe("npm install --prefix ~/.n8n/nodes '/tmp/package.tgz'");
});

it('whatever options README gives npm, they go along', () => {
	expect(installCommand('Then:\n\nnpm install --no-bin-links n8n-nodes-moca-learncoin\n', 'x.tgz')).toBe(
		"npm install --no-bin-links 'x.tgz'",
	);
});

it.each(['', 'npm install something-else\n', 'Type npm install n8n-nodes-moca-learncoin\n'])(
	'a README without such a line is refused: %j',
	(readme) => {
		expect(() => installCommand(readme, 'x.tgz')).toThrow('README has no line');
	},
);

it('the other pages name the same command', () => {
	const command = installCommand(read('README.md'), '').replace(" ''", ' n8n-nodes-moca-learncoin');
	for (const page of ['docs/troubleshooting.md', 'docs/getting-started.md'])
		if (read(page).includes('npm install')) expect(read(page)).toContain(command);
});
