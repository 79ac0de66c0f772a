import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { newCompletions, sendInCalls, startQueueDemo, type QueueDemo } from '../../../../n8n/demo/queue/startQueueDemo';
import { sharesOf, type Share } from '../../../../n8n/demo/queue/whoDidWhat';
import { askUntil } from '../../../../n8n/processes/askUntil';
import { temporaryFolder } from '../../../../n8n/processes/temporaryFolder';
import { workedMs } from '../../../../n8n/processes/workedMs';
import { packPackage } from '../../../pack';

/**
 * So that waiting decides, and not the cores that all processes share: a call's learners are issued to one after another, and a worker does as few
 * calls at a time as n8n takes without a warning.
 */
export const setup = { learners: 1_000, perCall: 25, latencyMs: 200, concurrency: 1, jobs: 5 };

export interface WorkersRun {
	/** From the first call until no call is open. */
	ms: number;
	/** What all of n8n's processes worked, ms of a processor. */
	workedMs: number;
	/** What each worker did. */
	shares: Share[];
}

export interface WorkersResult {
	one: WorkersRun;
	two: WorkersRun;
}

const turns = 2;
const patienceMs = 5 * 60_000;

/** The same calls to one worker and to two of the same n8n, in turns; the quickest turn counts. */
export async function measureWorkers(say: (line: string) => void): Promise<WorkersResult> {
	const folder = await temporaryFolder('bench-queue');
	const tarball = await packPackage();
	try {
		const demo = await startQueueDemo({ folder, tarball, workers: 2, jobs: setup.jobs, concurrency: setup.concurrency });
		try {
			demo.sandbox.setLatency(setup.latencyMs);
			await issue(demo, 'warm', 4 * setup.jobs * setup.perCall);
			const runs: Record<keyof WorkersResult, WorkersRun[]> = { one: [], two: [] };
			for (let turn = 1; turn <= turns; turn++) {
				runs.two.push(await issue(demo, `two-${turn}`));
				await demo.queue.workers[1]!.stop();
				runs.one.push(await issue(demo, `one-${turn}`));
				if (turn < turns) await demo.queue.workers[1]!.restart();
			}
			for (const [name, all] of Object.entries(runs))
				say(`workers: ${name}: ${all.map(({ ms }) => `${(ms / 1000).toFixed(1)} s`).join(', ')}`);
			return { one: quickest(runs.one), two: quickest(runs.two) };
		} finally {
			await demo.stop();
		}
	} finally {
		await rm(dirname(tarball), { recursive: true, force: true });
		await rm(folder, { recursive: true, force: true });
	}
}

async function issue(demo: QueueDemo, tag: string, count = setup.learners): Promise<WorkersRun> {
	const processes = [...demo.queue.workers, demo.queue.webhookProcess, demo.queue.main].filter((one) => one?.isRunning());
	const worked = async () => (await Promise.all(processes.map((one) => workedMs(one!.pid)))).reduce((all, one) => all + one, 0);
	const before = await worked();
	const startedAt = performance.now();
	await sendInCalls(demo, newCompletions(count, tag), setup.perCall, 4 * setup.jobs);
	const open = await askUntil(demo.openCalls, (calls) => calls.length === 0, { everyMs: 200, timeoutMs: patienceMs });
	const ms = performance.now() - startedAt;
	const holders = demo.sandbox.moca.issued().filter(({ recipientEmail }) => recipientEmail.startsWith(`${tag}-`));
	if (open.length > 0 || holders.length !== count) throw new Error(`${holders.length} of ${count} learners have a credential.`);
	const rows = (await demo.credentials()).filter(({ email }) => String(email).startsWith(`${tag}-`));
	return { ms, workedMs: (await worked()) - before, shares: await sharesOf(demo.queue.workers, rows) };
}

const quickest = (runs: WorkersRun[]): WorkersRun => runs.reduce((best, next) => (next.ms < best.ms ? next : best));
