import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const repository = join(__dirname, '../..');
const arrowRules = ['import-x/no-restricted-paths', '@typescript-eslint/no-restricted-imports', 'no-restricted-syntax'];

/** The packages that the cases import from. */
const imported = ['fastify', 'jose', 'n8n-core', 'n8n-workflow'];

/** What the cases import: one file in each part of the house. */
const targets = [
	'credentials',
	'nodes/form',
	'nodes/Moca/Issue',
	'nodes/Moca/Status',
	'nodes/Moca/shared',
	'nodes/LearnCoin/shared',
	'lib/http',
	'lib/items',
	'lib/moca',
	'lib/learncoin',
	'lib/n8n',
	'lib/values',
	'lib/newIssuer',
	'sandbox',
	'n8n',
	'scripts',
	'test',
];

const forbidden: Record<string, string> = {
	'nodes/Moca/Issue/sandbox.ts': "import { value } from '../../../sandbox/target';",
	'nodes/Moca/Issue/n8n.ts': "import { value } from '../../../n8n/target';",
	'nodes/Moca/Issue/scripts.ts': "import { value } from '../../../scripts/target';",
	'nodes/Moca/Issue/test.ts': "import { value } from '../../../test/target';",
	'nodes/Moca/Issue/credentials.ts': "import { value } from '../../../credentials/target';",
	'nodes/Moca/Issue/core.ts': "import { value } from 'n8n-core';",
	'nodes/Moca/Issue/otherNode.ts': "import { value } from '../Status/target';",
	'nodes/Moca/Issue/otherService.ts': "import { value } from '../../LearnCoin/shared/target';",
	'nodes/Moca/Issue/otherApi.ts': "import { value } from '../../../lib/learncoin/target';",
	'nodes/Moca/shared/node.ts': "import { value } from '../Issue/target';",
	'nodes/form/service.ts': "import { value } from '../Moca/shared/target';",
	'nodes/form/api.ts': "import { value } from '../../lib/moca/target';",
	'credentials/sandbox.ts': "import { value } from '../sandbox/target';",
	'credentials/nodes.ts': "import { value } from '../nodes/form/target';",
	'lib/http/moca.ts': "import { value } from '../moca/target';",
	'lib/http/items.ts': "import type { Type } from '../items/target';",
	'lib/http/n8nValue.ts': "import { sleep as value } from 'n8n-workflow';",
	'lib/http/n8nLater.ts': "export const value = import('n8n-workflow');",
	'lib/http/n8nType.ts': "import type { IHttpRequestOptions } from 'n8n-workflow';",
	'lib/values/http.ts': "import { value } from '../http/target';",
	'lib/n8n/items.ts': "import { value } from '../items/target';",
	'lib/n8n/core.ts': "import { value } from 'n8n-core';",
	'lib/items/moca.ts': "import type { Type } from '../moca/target';",
	'lib/items/learncoin.ts': "export { value } from '../learncoin/target';",
	'lib/moca/learncoin.ts': "import { value } from '../learncoin/target';",
	'lib/moca/learncoinType.ts': "import type { Type } from '../learncoin/target';",
	'lib/moca/items.ts': "import { value } from '../items/target';",
	'lib/moca/nodes.ts': "import { value } from '../../nodes/form/target';",
	'lib/moca/sandbox.ts': "import { value } from '../../sandbox/target';",
	'lib/moca/n8n.ts': "import type { INode } from 'n8n-workflow';",
	'lib/moca/core.ts': "import { value } from 'n8n-core';",
	'lib/learncoin/moca.ts': "import { value } from '../moca/target';",
	'lib/learncoin/n8n.ts': "import { value } from 'n8n-workflow';",
	'lib/newIssuer/sandbox.ts': "import { value } from '../../sandbox/target';",
	'lib/newIssuer/http.ts': "import { value } from '../http/target';",
	'lib/newIssuer/n8n.ts': "import { value } from 'n8n-workflow';",
	'sandbox/moca/libValue.ts': "import { value } from '../../lib/moca/target';",
	'sandbox/moca/libLater.ts': "export const value = import('../../lib/moca/target');",
	'sandbox/moca/nodes.ts': "import type { Type } from '../../nodes/form/target';",
};

const allowed: Record<string, string> = {
	'nodes/Moca/Issue/ownFile.ts': "import { value } from './target';",
	'nodes/Moca/Issue/shared.ts': "import { value } from '../shared/target';",
	'nodes/Moca/Issue/form.ts': "import { value } from '../../form/target';",
	'nodes/Moca/Issue/api.ts': "import { value } from '../../../lib/moca/target';",
	'nodes/Moca/Issue/items.ts': "import { value } from '../../../lib/items/target';",
	'nodes/Moca/Issue/n8nWorkflow.ts': "import { sleep as value } from 'n8n-workflow';",
	'credentials/moca.ts': "import { value } from '../lib/moca/target';",
	'lib/http/ownFile.ts': "import { value } from './target';",
	'lib/http/values.ts': "import { value } from '../values/target';",
	'lib/items/http.ts': "import { value } from '../http/target';",
	'lib/n8n/n8nWorkflow.ts': "import { sleep as value } from 'n8n-workflow';",
	'lib/items/n8nWorkflow.ts': "import { NodeOperationError as value } from 'n8n-workflow';",
	'lib/moca/http.ts': "import { value } from '../http/target';",
	'lib/moca/jose.ts': "import { SignJWT as value } from 'jose';",
	'lib/learncoin/http.ts': "import type { Type } from '../http/target';",
	'sandbox/moca/libType.ts': "import type { Type } from '../../lib/moca/target';",
	'sandbox/moca/ownFile.ts': "import { value } from '../target';",
	'sandbox/moca/fastify.ts': "import { fastify as value } from 'fastify';",
	'scripts/sandbox.ts': "import { value } from '../sandbox/target';",
	'test/lib.ts': "import { value } from '../lib/moca/target';",
	'n8n/lib.ts': "import { value } from '../lib/moca/target';",
};

const otherFindings: Record<string, [text: string, rule: string]> = {
	'nodes/Moca/Issue/timer.ts': ['setTimeout(() => undefined, 1);', '@n8n/community-nodes/no-restricted-globals'],
	'lib/moca/print.ts': ["console.log('sent');", 'no-console'],
	'sandbox/floating.ts': ['const later = async () => 1;\nlater();', '@typescript-eslint/no-floating-promises'],
	'test/any.ts': ['export const value: any = 1;', '@typescript-eslint/no-explicit-any'],
	'gulpfile.js': ['undefinedName();', 'no-undef'],
};

const unfounded: Record<string, string> = {
	'scripts/timer.ts': 'setTimeout(() => console.log(process.pid), 1);',
	'jest.config.js': "module.exports = { root: __dirname, path: require('node:path') };",
};

type Finding = { ruleId: string | null; message: string };
let findings: Map<string, Finding[]>;
let house: string;

/** The whole house with this repository's configuration, in one run: starting ESLint is what costs time. */
beforeAll(() => {
	house = realpathSync(mkdtempSync(join(tmpdir(), 'lint-test-')));
	linkPackages(join(house, 'node_modules'));
	for (const name of ['eslint.config.mjs', 'tsconfig.json']) copyFileSync(join(repository, name), join(house, name));

	const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as object;
	writeFileSync(join(house, 'package.json'), JSON.stringify({ ...manifest, overrides: {} }));

	const others = Object.fromEntries(Object.entries(otherFindings).map(([file, [text]]) => [file, text]));
	const targetTexts = Object.fromEntries(targets.map((part) => [`${part}/target.ts`, 'export const value = 1;\nexport type Type = 1;']));
	for (const [file, text] of Object.entries({ ...targetTexts, ...forbidden, ...allowed, ...others, ...unfounded })) {
		mkdirSync(dirname(join(house, file)), { recursive: true });
		writeFileSync(join(house, file), `${text}\n`);
	}
	findings = lint(house);
}, 60_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

/**
 * The repository's packages, but what the cases import from them is empty: the rules go by the packages' names, and reading the types of
 * n8n's engine would take more than half of the time.
 */
function linkPackages(folder: string) {
	mkdirSync(folder);
	for (const name of readdirSync(join(repository, 'node_modules'))) {
		if (!imported.includes(name)) symlinkSync(join(repository, 'node_modules', name), join(folder, name));
	}
	for (const name of imported) {
		mkdirSync(join(folder, name));
		writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ name, types: 'index.d.ts' }));
		writeFileSync(join(folder, name, 'index.d.ts'), 'export {};\n');
	}
}

/** A process of its own, because Jest can't load a configuration that is an ES module. ESLint exits with 1 when it has findings. */
function lint(folder: string) {
	const eslint = join(dirname(require.resolve('eslint/package.json')), 'bin/eslint.js');
	// With Jest's NODE_ENV=test, one of n8n's plugins takes every file for the fixture of its own tests.
	const env = { ...process.env, NODE_ENV: '' };
	const { stdout, stderr } = spawnSync(process.execPath, [eslint, '--format', 'json', '.'], { cwd: folder, encoding: 'utf8', env });
	if (!stdout) throw new Error(`ESLint didn't run: ${stderr}`);
	const results = JSON.parse(stdout) as Array<{ filePath: string; messages: Finding[] }>;
	return new Map(results.map(({ filePath, messages }) => [filePath.slice(folder.length + 1), messages]));
}

function rulesThatSpoke(file: string) {
	const spoken = findings.get(file);
	if (!spoken) throw new Error(`${file} wasn't linted at all`);
	return spoken.map(({ ruleId }) => ruleId);
}

const arrowsReported = (file: string) => rulesThatSpoke(file).filter((rule) => arrowRules.includes(rule ?? ''));

describe('the import arrows of the house', () => {
	it.each(Object.entries(forbidden))('%s must not: %s', (file) => expect(arrowsReported(file)).not.toHaveLength(0));
	it.each(Object.entries(allowed))('%s may: %s', (file) => expect(arrowsReported(file)).toEqual([]));
});

describe('the other rules reach the files they are for', () => {
	it.each(Object.entries(otherFindings))('%s is reported', (file, [, rule]) => expect(rulesThatSpoke(file)).toContain(rule));
	it.each(Object.keys(unfounded))('%s is left alone', (file) => expect(rulesThatSpoke(file)).toEqual([]));
});

it("lints package.json by n8n's rules", () => expect(rulesThatSpoke('package.json')).toContain('@n8n/community-nodes/no-overrides-field'));
