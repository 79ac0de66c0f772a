import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const scanner = join(__dirname, '../../scripts/scan.mjs');

/** A package as small as n8n's rules let it be. */
const cleanPackage: Record<string, string> = {
	'package.json': JSON.stringify({
		name: 'n8n-nodes-throwaway',
		version: '1.0.0',
		description: 'Echoes what it is given',
		keywords: ['n8n-community-node-package'],
		license: 'MIT',
		homepage: 'https://example.com',
		author: { name: 'Somebody', email: 'somebody@example.com' },
		repository: { type: 'git', url: 'git+https://example.com/throwaway.git' },
		files: ['dist'],
		n8n: { n8nNodesApiVersion: 1, credentials: ['dist/credentials/EchoApi.credentials.js'], nodes: ['dist/nodes/Echo/Echo.node.js'] },
		peerDependencies: { 'n8n-workflow': '*' },
	}),
	'credentials/echo.svg': '<svg/>',
	'credentials/EchoApi.credentials.ts': `import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
export class EchoApi implements ICredentialType {
	name = 'echoApi';
	displayName = 'Echo API';
	icon: Icon = 'file:echo.svg';
	documentationUrl = 'https://example.com';
	properties: INodeProperties[] = [
		{ displayName: 'Token', name: 'token', type: 'string', typeOptions: { password: true }, default: '' },
	];
	test: ICredentialTestRequest = { request: { url: 'https://example.com' } };
}
`,
	'nodes/Echo/echo.svg': '<svg/>',
	'nodes/Echo/Echo.node.ts': `import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
export class Echo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Echo',
		name: 'echo',
		icon: 'file:echo.svg',
		group: ['transform'],
		version: 1,
		subtitle: 'echo',
		description: 'Echoes what it is given',
		defaults: { name: 'Echo' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'echoApi', required: true }],
		properties: [],
	};
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	}
}
`,
	'dist/credentials/EchoApi.credentials.js': 'exports.EchoApi = class {};\n',
	'dist/nodes/Echo/Echo.node.js': 'exports.Echo = class {};\n',
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'scan-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Scans the clean package with some files changed, or removed where the text is `undefined`. */
function scan(changes: Record<string, string | undefined> = {}) {
	const temporary = join(folder, 'temporary');
	mkdirSync(temporary);
	for (const [name, text] of Object.entries({ ...cleanPackage, ...changes })) {
		if (text === undefined) continue;
		const file = join(folder, 'package', name);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	const env = { ...process.env, TMPDIR: temporary };
	const { status, stdout, stderr } = spawnSync(process.execPath, [scanner, join(folder, 'package')], { encoding: 'utf8', env });
	return { status, output: stdout + stderr, leftBehind: readdirSync(temporary) };
}

const timeout = 30_000;

it(
	'passes a clean package, and leaves no temporary files',
	() => {
		const { status, output, leftBehind } = scan();
		expect(output).toMatch(/packed: 3 files, 0 errors.*\n(.*\n)*sources: 3 files, 0 errors/);
		expect(status).toBe(0);
		expect(leftBehind).toEqual([]);
	},
	timeout,
);

it(
	'reports what only the sources show, and what only the packed files show, though a comment asks it not to',
	() => {
		const { status, output } = scan({
			'nodes/Echo/Echo.node.ts': cleanPackage['nodes/Echo/Echo.node.ts']?.replace("\t\tsubtitle: 'echo',\n", ''),
			'dist/nodes/Echo/Echo.node.js': '/* eslint-disable */\nexports.Echo = process.env.HOME;\n',
		});
		expect(output).toContain('error nodes/Echo/Echo.node.ts:4 ');
		expect(output).toContain('error dist/nodes/Echo/Echo.node.js:2 @n8n/community-nodes/no-restricted-globals ');
		expect(status).toBe(1);
	},
	timeout,
);

it(
	'fails when a registered file is not there to be scanned',
	() => {
		const { status, output } = scan({ 'dist/nodes/Echo/Echo.node.js': undefined });
		expect(output).toContain('dist/nodes/Echo/Echo.node.js:1 registered in package.json, but not among the files scanned');
		expect(status).toBe(1);
	},
	timeout,
);

it(
	'fails when nothing is registered at all',
	() => {
		const { status, output } = scan({ 'package.json': JSON.stringify({ name: 'n8n-nodes-throwaway', version: '1.0.0' }) });
		expect(output).toContain('nothing was scanned');
		expect(status).toBe(1);
	},
	timeout,
);

it(
	'says so when the build fails',
	() => {
		const manifest = JSON.parse(cleanPackage['package.json'] ?? '') as object;
		const { status, output } = scan({ 'package.json': JSON.stringify({ ...manifest, scripts: { build: 'exit 3' } }) });
		expect(output).toContain('npm run build failed, so there is nothing to scan');
		expect(status).toBe(1);
	},
	timeout,
);
