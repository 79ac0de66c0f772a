/**
 * `npm run dev`: n8n and the sandbox, side by side, for whoever changes a node. Each change is built and is in the running n8n a moment later.
 * The n8n is kept from one time to the next, with the workflows and n8n credentials made in it.
 *
 * Usage: npm run dev [-- --inspect[=PORT]]
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { parts } from '../gulpfile';
import { importExamples } from '../n8n/demo/examples';
import { saveN8nCredentials } from '../n8n/demo/n8nCredentials';
import { FixableError } from '../n8n/errors';
import { installN8n } from '../n8n/install/installN8n';
import { onSignal } from '../n8n/processes/children';
import { tryLock } from '../n8n/processes/lock';
import { portFromEnv, portOr } from '../n8n/processes/ports';
import { startN8n, type RunningN8n } from '../n8n/server/startN8n';
import { startSandbox, type Sandbox } from '../sandbox';
import { applyChanges } from './dev/applyChanges';
import { DevPackage } from './dev/devPackage';
import { gatherChanges } from './dev/gatherChanges';
import { watchTypes } from './dev/watchTypes';
import { runScript } from './runScript';

const checkout = join(__dirname, '..');
const folder = join(checkout, '.demo', 'dev');
const command = 'npm run dev';

const say = (line: string) => console.log(line);
const sayWithTime = (line: string) => say(`${new Date().toLocaleTimeString('en-GB')}  ${line}`);

async function main(): Promise<void> {
	const inspect = inspectOption(process.argv.slice(2));
	await mkdir(folder, { recursive: true });
	await beTheOnlyOne();
	const n8nPort = await portOr(portFromEnv('N8N_PORT', 5678), 'N8N_PORT', command);
	const sandboxPort = await portOr(portFromEnv('SANDBOX_PORT', 4010), 'SANDBOX_PORT', command);
	const installed = await installN8n({ report: say });

	say('Building the nodes, and starting the sandbox and n8n …');
	const devPackage = new DevPackage(checkout, folder);
	await devPackage.buildAll();
	const sandbox = await startSandbox({ port: sandboxPort });
	onSignal(async () => {
		await sandbox.stop();
		say('\nn8n and the sandbox have ended.');
	});
	const isNew = !existsSync(join(folder, '.n8n', 'database.sqlite'));
	const nodeOptions = ['--import', join(__dirname, 'dev', 'freshSourceMaps.ts'), ...inspect];
	const n8n = await startN8n({ folder, port: n8nPort, env: { N8N_DEV_RELOAD: 'true' }, nodeOptions, report: say });
	const credentialIds = await saveN8nCredentials(n8n.rest, sandbox);
	if (isNew) await importExamples(n8n, sandbox, credentialIds);

	showAround(n8n, sandbox, inspect);
	watchTypes(checkout, sayWithTime);
	parts.watchSources(gatherChanges((files) => applyChanges(files, { devPackage, n8n, installed, say: sayWithTime })));
}

/** Node's own option for a debugger, on loopback. */
function inspectOption(given: string[]): string[] {
	if (given.length === 0) return [];
	const match = /^--inspect(?:=(\d+))?$/.exec(given.join(' '));
	if (!match) throw new FixableError(`Usage: ${command} [-- --inspect[=PORT]]`);
	return [`--inspect=127.0.0.1:${match[1] ?? 9229}`];
}

async function beTheOnlyOne(): Promise<void> {
	const file = join(folder, 'running');
	const lock = await tryLock(file);
	if ('release' in lock) onSignal(() => lock.release());
	else throw new FixableError(`${command} is running here already: process ${lock.owner}. If that is something else, remove ${file}`);
}

function showAround(n8n: RunningN8n, sandbox: Sandbox, inspect: string[]): void {
	say(`
n8n          ${n8n.url}
  sign in    ${n8n.owner.email}  /  ${n8n.owner.password}
  its log    ${relative(process.cwd(), n8n.logFile)}${inspect.length > 0 ? `\n  debugger   ${inspect[0]?.split('=')[1]}` : ''}
The sandbox  ${sandbox.url}  (what was issued, to whom, and the last requests)

Both n8n credentials are there, for this sandbox. What you make in n8n stays in ${relative(process.cwd(), folder)}; remove that to start anew.
A change in nodes, credentials or lib is built and reloaded by itself. Ctrl-C ends everything.
`);
}

runScript(main);
