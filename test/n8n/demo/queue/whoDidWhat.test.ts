import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sharesOf } from '../../../../n8n/demo/queue/whoDidWhat';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'moca-learncoin-logs-'));
});

afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function workerWith(log: string) {
	const logFile = join(folder, `${Math.random()}.log`);
	await writeFile(logFile, log);
	return { logFile } as Parameters<typeof sharesOf>[0][number];
}

it('a worker did the calls whose executions its log says it started, and a learner counts once', async () => {
	const workers = [
		await workerWith(
			'n8n ready\nWorker started execution 1 (job 1)\nWorker finished execution 1 (job 1)\nWorker started execution 12 (job 9)\n',
		),
		await workerWith('Worker started execution 2 (job 2)\n'),
		await workerWith(''),
	];
	const rows = [
		{ execution: '1', email: 'a@example.com' },
		{ execution: '12', email: 'b@example.com' },
		{ execution: '12', email: 'b@example.com' },
		{ execution: '2', email: 'c@example.com' },
	];
	expect(await sharesOf(workers, rows)).toEqual([
		{ calls: 2, learners: 2 },
		{ calls: 1, learners: 1 },
		{ calls: 0, learners: 0 },
	]);
});
