/**
 * `npm start`: the main job in a real n8n, which then stays open to look at. `npm run demo` (`--once`): the same, and a second time to see
 * that nothing is issued twice; then it ends, with a status that says whether all came out right.
 */
import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { badgeFormFile } from '../n8n/demo/examples';
import { faultsIn, mainJobFile, resultFileOf, runMainJob, type MainJobResult } from '../n8n/demo/mainJob';
import { issueSampleBadge, type SampleBadge } from '../n8n/demo/sampleBadge';
import { startDemo, type Demo } from '../n8n/demo/startDemo';
import { table } from '../n8n/demo/table';
import { installN8n } from '../n8n/install/installN8n';
import { onSignal } from '../n8n/processes/children';
import { portFromEnv, portOr } from '../n8n/processes/ports';
import { temporaryFolder } from '../n8n/processes/temporaryFolder';
import { packPackage } from './pack';
import { runScript } from './runScript';

const say = (line: string) => console.log(line);

async function main(): Promise<void> {
	if (process.argv.includes('--once')) process.exitCode = (await runOnce()) ? 0 : 1;
	else await runAndStay();
}

async function runOnce(): Promise<boolean> {
	const folder = await temporaryFolder('demo');
	const demo = await prepare(folder, {}).catch(async (error: unknown) => {
		await rmdir(folder).catch(() => {}); // stays if n8n left a log in it
		throw error;
	});
	const { logFile } = demo.n8n;
	try {
		const right = (await runAndShow(demo)) && (await runAgain(demo));
		if (!right) say(`\nn8n's log: ${logFile}`);
		else await demo.stop().then(() => rm(folder, { recursive: true, force: true }));
		return right;
	} finally {
		await demo.stop();
	}
}

async function runAndStay(): Promise<void> {
	const ports = { n8nPort: portFromEnv('N8N_PORT', 5678), sandboxPort: portFromEnv('SANDBOX_PORT', 4010) };
	const demo = await prepare(join(__dirname, '..', '.demo', 'start'), ports);
	onSignal(async () => {
		await demo.sandbox.stop();
		say('\nn8n and the sandbox have ended.');
	});
	await runAndShow(demo);
	showAround(demo, await issueSampleBadge(demo.sandbox));
}

async function prepare(folder: string, ports: { n8nPort?: number; sandboxPort?: number }): Promise<Demo> {
	// A busy port is better said before minutes of installing than after.
	await portOr(ports.n8nPort, 'N8N_PORT');
	await portOr(ports.sandboxPort, 'SANDBOX_PORT');
	await installN8n({ report: say });
	say('Building and packing the nodes …');
	const tarball = await packPackage();
	try {
		say('Starting the sandbox and n8n …');
		return await startDemo({ folder, tarball, ...ports, report: say });
	} finally {
		await rm(dirname(tarball), { recursive: true, force: true });
	}
}

async function runAndShow(demo: Demo): Promise<boolean> {
	say('Issuing to every learner in workflows/learners.csv …\n');
	const result = await runMainJob(demo);
	say(asTable(result));
	const onChain = result.rows.filter(({ outcome }) => outcome === 'onChain').length;
	const toFix = result.rows.filter(({ whatToFix }) => whatToFix !== '').length;
	say(`\n${onChain} on-chain, ${toFix} to fix, in ${(result.durationMs / 1000).toFixed(1)} s.`);
	return isRight(result, demo);
}

async function runAgain(demo: Demo): Promise<boolean> {
	const before = demo.sandbox.moca.issued().length;
	const result = await runMainJob(demo);
	const added = demo.sandbox.moca.issued().length - before;
	say(`The same list once more: ${added === 0 ? 'nothing' : added} new issued, in ${(result.durationMs / 1000).toFixed(1)} s.`);
	return added === 0 && (await isRight(result, demo));
}

async function isRight(result: MainJobResult, demo: Demo): Promise<boolean> {
	const faults = await faultsIn(result, demo);
	if (faults.length > 0) say(`\nThis didn't come out right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
	return faults.length === 0;
}

function asTable({ rows }: MainJobResult): string {
	const short = (hash: string) => (hash.length > 14 ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : hash);
	const cells = rows.map((row) => [row.name, row.email, row.outcome, short(row.coreClaimHash), row.whatToFix]);
	return table(['name', 'email', 'outcome', 'claim hash', 'what to fix'], cells, process.stdout.columns ?? 140);
}

function showAround(demo: Demo, badge: SampleBadge): void {
	const { n8n, sandbox, workflowIds, jwksUrl } = demo;
	const workflow = `${n8n.url}/workflow/${workflowIds[mainJobFile]}`;
	say(`
n8n            ${n8n.url}
  sign in      ${n8n.owner.email}  /  ${n8n.owner.password}
  the workflow ${workflow}
  what it did  ${workflow}/executions  (open the finished execution, then Moca Issue)
The sandbox    ${sandbox.url}  (what was issued, to whom, and the last requests)
The public key ${jwksUrl}  (served by n8n; the sandbox checks every token against it)
The result     ${resultFileOf(demo)}
A badge        ${badge.genuine}  (a file to check)
  altered      ${badge.altered}  (the same with a letter changed)
  RPC URL      ${sandbox.chain.rpcUrls['base-sepolia']}  (the chain that it is anchored in)

To try: choose Issue beside the Execute button, execute again, and see in the sandbox that nobody gets a second credential.
        Correct the two rows in ${join(n8n.filesFolder, 'learners.csv')}, and execute again.
        Download the badge, open ${n8n.url}/workflow/${workflowIds[badgeFormFile]}, execute it, and hand the file in; then the altered one.
Ctrl-C ends everything.`);
}

runScript(main);
