import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { askUntil } from '../../n8n/processes/askUntil';
import { endChild, isRunning, startChild } from '../../n8n/processes/children';
import { freePort, portOr } from '../../n8n/processes/ports';
import { n8nRest, type N8nRest } from '../../n8n/rest/n8nRest';

const minute = 60_000;
const repository = join(__dirname, '..', '..');
const parts = ['credentials', 'lib', 'n8n', 'nodes', 'sandbox', 'scripts', 'workflows'];
const files = ['gulpfile.d.ts', 'gulpfile.js', 'package.json', 'tsconfig.build.json', 'tsconfig.json'];

const operationFile = join('nodes', 'Moca', 'Issue', 'issue.operation.ts');
const issueNode = 'n8n-nodes-moca-learncoin.mocaIssue';

/** A copy of the checkout: its sources may be changed. */
let checkout: string;
let dev: ReturnType<typeof startChild>;
let said = '';
let ports: { N8N_PORT: string; SANDBOX_PORT: string };
let rest: N8nRest;

beforeAll(async () => {
	checkout = await realpath(await mkdtemp(join(tmpdir(), 'moca-learncoin-dev-')));
	for (const part of [...parts, ...files]) await cp(join(repository, part), join(checkout, part), { recursive: true });
	await symlink(join(repository, 'node_modules'), join(checkout, 'node_modules'));
	ports = { N8N_PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
	dev = start(ports);
	dev.stdout?.on('data', (text: Buffer) => (said += text.toString()));
	await untilSaid(/Ctrl-C ends everything/, 20 * minute);
	rest = n8nRest(`http://127.0.0.1:${ports.N8N_PORT}`);
	const [, email = '', password = ''] = /sign in +(\S+) +\/ +(\S+)/.exec(said) ?? [];
	await rest.signInAs({ email, password });
}, 21 * minute);

afterAll(async () => {
	if (dev) await endChild(dev);
	if (checkout) await rm(checkout, { recursive: true, force: true });
}, minute);

const start = (settings: Record<string, string>) =>
	startChild(process.execPath, ['--import', 'tsx', join('scripts', 'dev.ts')], {
		cwd: checkout,
		env: { ...process.env, ...settings, NODE_ENV: undefined, NODE_OPTIONS: undefined },
		stdio: ['ignore', 'pipe', 'pipe'],
	});

async function untilSaid(words: RegExp, timeoutMs = 30_000): Promise<void> {
	const isOver = (text: string) => words.test(text) || !isRunning(dev);
	expect(await askUntil(async () => said, isOver, { everyMs: 100, timeoutMs })).toMatch(words);
}

/** Changes a source file, and gives a function that takes the change back. */
async function change(file: string, from: string, to: string): Promise<() => Promise<void>> {
	const path = join(checkout, file);
	const text = await readFile(path, 'utf8');
	expect(text).toContain(from);
	said = '';
	await writeFile(path, text.replace(from, to));
	return () => writeFile(path, text);
}

const recipientHint = async () =>
	(await rest.nodeType(issueNode))?.properties.find(({ name }) => name === 'recipientEmail')?.description ?? '';

/** n8n may reload twice for one change; what is said first may be about the one before. */
const untilHint = (wanted: string) => askUntil(recipientHint, (hint) => hint === wanted, { everyMs: 200, timeoutMs: 5_000 });

/** What is said of a change once n8n has it. An n8n that has much else to do may take no notice in time, and is started again then. */
const inN8n = /MocaIssue, (reloaded|n8n started again) after/;

/** How a change of the file got into n8n. */
async function wayOf(change: () => Promise<unknown>): Promise<string | undefined> {
	said = '';
	await change();
	await untilSaid(inN8n, minute);
	return /reloaded|started again/.exec(said)?.[0];
}

test(
	'a changed text is in the editor’s form, with n8n still running',
	async () => {
		const hint = await recipientHint();
		const ways: Array<string | undefined> = [];
		// So that one busy moment doesn't decide.
		for (let tries = 0; tries < 3 && !ways.includes('reloaded'); tries++) {
			let takeBack: () => Promise<void> = async () => {};
			ways.push(await wayOf(async () => (takeBack = await change(operationFile, hint, 'Whom it is for.'))));
			expect(await untilHint('Whom it is for.')).toBe('Whom it is for.');
			ways.push(await wayOf(takeBack));
			expect(await untilHint(hint)).toBe(hint);
		}
		expect(ways).toContain('reloaded');
	},
	5 * minute,
);

test(
	'a type error is told, and the change is in n8n all the same',
	async () => {
		const takeBack = await change(operationFile, 'const properties:', "export const wrong: number = 'text';\nconst properties:");
		await untilSaid(inN8n, minute);
		await untilSaid(/The types don't hold \(1 error\):\n.*issue\.operation\.ts/);
		said = '';
		await takeBack();
		await untilSaid(/The types hold again/);
	},
	2 * minute,
);

test(
	'what n8n can’t load is told with its place in the sources',
	async () => {
		const takeBack = await change(operationFile, 'const properties:', "throw new Error('not today');\nconst properties:");
		await untilSaid(/n8n could not load this.*not today.*issue\.operation\.ts:\d+/s);
		said = '';
		await takeBack();
		await untilSaid(inN8n, minute);
	},
	2 * minute,
);

test(
	'a second one is refused',
	async () => {
		const second = start(ports);
		let output = '';
		second.stderr?.on('data', (text: Buffer) => (output += text.toString()));
		await new Promise((resolve) => second.once('close', resolve));
		expect(second.exitCode).toBe(1);
		expect(output).toContain(`npm run dev is running here already: process ${dev.pid}.`);
	},
	minute,
);

test(
	'Ctrl-C ends n8n and the sandbox',
	async () => {
		dev.kill('SIGINT');
		await askUntil(
			async () => isRunning(dev),
			(running) => !running,
			{ everyMs: 100, timeoutMs: 20_000 },
		);
		expect(dev.exitCode).toBe(130);
		for (const port of Object.values(ports)) expect(await portOr(Number(port), 'PORT')).toBe(Number(port));
	},
	minute,
);
