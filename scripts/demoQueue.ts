/**
 * `npm run demo:queue`: n8n in queue mode, as for many learners: a main process, one that takes the calls, and workers, over PostgreSQL and
 * Redis. 2,000 learners come in by 100 calls, and are issued to by whichever worker is free.
 *
 * Usage: npm run demo:queue [-- --workers=3 --learners=2000 --per-call=20 --latency=200 --concurrency=10 --jobs=5 --kill --stay]
 */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { newCompletions, sendInCalls, startQueueDemo, type QueueDemo } from '../n8n/demo/queue/startQueueDemo';
import { sharesOf } from '../n8n/demo/queue/whoDidWhat';
import { table } from '../n8n/demo/table';
import { FixableError } from '../n8n/errors';
import { installN8n } from '../n8n/install/installN8n';
import { askUntil } from '../n8n/processes/askUntil';
import { temporaryFolder } from '../n8n/processes/temporaryFolder';
import { workedMs } from '../n8n/processes/workedMs';
import { packPackage } from './pack';
import { runScript } from './runScript';

const say = (line: string) => console.log(line);

const minute = 60_000;

async function main(): Promise<void> {
	const wanted = options();
	const { workers, jobs, concurrency, latencyMs, stay } = wanted;
	await installN8n({ report: say });
	say('Building and packing the nodes …');
	const tarball = await packPackage();
	const folder = await temporaryFolder('queue');
	try {
		say(`Starting the sandbox and n8n: a main process, one for the calls, and ${workers} workers …`);
		const demo = await startQueueDemo({ folder, tarball, workers, jobs, concurrency, report: say });
		try {
			demo.sandbox.setLatency(latencyMs);
			process.exitCode = (await issue(demo, wanted)) ? 0 : 1;
			if (stay) await keepOpen(demo);
		} finally {
			await demo.stop();
		}
	} finally {
		await rm(dirname(tarball), { recursive: true, force: true });
		await rm(folder, { recursive: true, force: true });
	}
}

interface Options {
	workers: number;
	learners: number;
	perCall: number;
	/** How long the sandbox holds each answer back, ms. */
	latencyMs: number;
	/** Requests that one call has in flight. */
	concurrency: number;
	/** Calls that one worker does at the same time. */
	jobs: number;
	/** Whether to kill a worker in the middle, and take up what it was at. */
	kill: boolean;
	/** Whether to leave everything open to look at. */
	stay: boolean;
}

function options(): Options {
	const { values } = parseArgs({
		options: {
			workers: { type: 'string', default: '2' },
			learners: { type: 'string', default: '2000' },
			'per-call': { type: 'string', default: '20' },
			latency: { type: 'string', default: '0' },
			concurrency: { type: 'string', default: '10' },
			jobs: { type: 'string', default: '5' },
			kill: { type: 'boolean', default: false },
			stay: { type: 'boolean', default: false },
		},
	});
	const count = (name: Exclude<keyof typeof values, 'kill' | 'stay'>, least: number, most: number): number => {
		const number = Number(values[name]);
		if (Number.isInteger(number) && number >= least && number <= most) return number;
		throw new FixableError(`--${name} wants a whole number from ${least} to ${most}.`);
	};
	return {
		workers: count('workers', 1, 16),
		learners: count('learners', 1, 10_000),
		perCall: count('per-call', 1, 500),
		latencyMs: count('latency', 0, 5_000),
		concurrency: count('concurrency', 1, 50),
		jobs: count('jobs', 1, 100),
		kill: values.kill,
		stay: values.stay,
	};
}

/** @returns whether every learner has exactly one credential */
async function issue(demo: QueueDemo, { learners: count, perCall, kill }: Options): Promise<boolean> {
	say(`${count} learners, ${perCall} in each call, ten calls at a time …\n`);
	const before = await Promise.all(processesOf(demo).map(workedSoFar));
	const startedAt = Date.now();
	const sent = sendInCalls(demo, newCompletions(count), perCall);
	if (kill) await killInTheMiddle(demo, count);
	await sent;
	if (kill) await recover(demo);
	const open = await askUntil(demo.openCalls, (calls) => calls.length === 0, { everyMs: 500, timeoutMs: 10 * minute });
	const seconds = (Date.now() - startedAt) / 1000;
	const shares = await sharesOf(demo.queue.workers, await demo.credentials());
	const rows = [
		...shares.map(({ calls, learners }, index) => [`worker ${index + 1}`, String(calls), String(learners)]),
		['takes calls', '', ''],
		['main', '', ''],
	];
	const worked = await Promise.all(processesOf(demo).map((pid, index) => workedSince(pid, before[index])));
	say(
		table(
			['process', 'calls', 'learners', 'processor'],
			rows.map((row, index) => [...row, worked[index] ?? '']),
			80,
		),
	);
	if (open.length > 0) say(`${open.length} calls are not done.`);
	const holders = demo.sandbox.moca.issued().map(({ recipientEmail }) => recipientEmail);
	const once = new Set(holders).size;
	say(
		`\n${once} of ${count} learners have a credential, ${holders.length - once} have two${kill ? '' : `, in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} a second)`}.`,
	);
	return once === count && holders.length === count;
}

const processesOf = ({ queue: { workers, webhookProcess, main } }: QueueDemo): number[] =>
	[...workers, webhookProcess, main].map((process) => process?.pid ?? 0);

/** Nothing where this can't be looked up, as on macOS, or of a process that is gone. */
const workedSoFar = (pid: number): Promise<number | undefined> => workedMs(pid).catch(() => undefined);

async function workedSince(pid: number, beforeMs: number | undefined): Promise<string> {
	const nowMs = await workedSoFar(pid);
	return nowMs === undefined || beforeMs === undefined ? '' : `${((nowMs - beforeMs) / 1000).toFixed(1)} s`;
}

async function killInTheMiddle({ queue, sandbox }: QueueDemo, count: number): Promise<void> {
	const issued = () => Promise.resolve(sandbox.moca.issued().length);
	await askUntil(issued, (soFar) => soFar > count / 3, { everyMs: 20, timeoutMs: 5 * minute });
	await queue.workers[0]!.kill();
	say(`Worker 1 was killed after ${await issued()} learners, as by a power cut.`);
}

/** n8n needs about a minute and a half to mark what the dead worker was at. */
async function recover(demo: QueueDemo): Promise<void> {
	const { rest } = demo.queue.main;
	const running = async () => (await rest.executions(demo.intakeId)).filter(({ status }) => status === 'running');
	say('All calls are answered. Waiting until n8n marks as failed what the dead worker was at …');
	await askUntil(running, (left) => left.length === 0, { everyMs: 1_000, timeoutMs: 5 * minute });
	await sleep(minute); // the workflow leaves calls of the last minute alone
	const leftBehind = (await demo.openCalls()).length;
	await demo.recover();
	say(`It left ${leftBehind} calls behind, and recover-failed-runs.json has taken them up.\n`);
}

async function keepOpen({ queue, sandbox }: QueueDemo): Promise<void> {
	say(`
n8n          ${queue.main.url}   sign in: ${queue.main.owner.email} / ${queue.main.owner.password}
The sandbox  ${sandbox.url}
Ctrl-C ends everything.`);
	await new Promise(() => setInterval(() => {}, minute));
}

runScript(main);
