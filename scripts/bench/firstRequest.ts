import axios from 'axios';

import type { RecordedRequest } from '../../sandbox';
import { continueOnFail, issue, learners } from '../../test/support/moca';
import type { Measure } from './measure';
import { startSandboxProcess } from './sandboxProcess';

const few = 100;
const many = 5_000;

/** How long it takes until the first request arrives, with On Error = Continue: the number of items must not matter. */
export async function firstRequest(): Promise<Measure[]> {
	const sandbox = await startSandboxProcess({ latencyMs: 0 });
	try {
		await measured(sandbox as never, few);
		const [small, large] = [await measured(sandbox as never, few), await measured(sandbox as never, many)];
		const from = `${few} items: ${small} ms; ${many}: ${large} ms; both with n8n's own start of the execution`;
		return [{ what: `time to the first request with ${many} items, to ${few}`, ratio: large / small, from }];
	} finally {
		await sandbox.stop();
	}
}

async function measured(sandbox: Parameters<typeof issue>[0], count: number): Promise<number> {
	await axios.post(`${sandbox.url}/_sandbox/reset`);
	const input = learners(count);
	const started = Date.now();
	await issue(sandbox, input, { options: { concurrency: 50 } }, continueOnFail);
	const { data } = await axios.get<{ requests: RecordedRequest[] }>(`${sandbox.url}/_sandbox/state`, { params: { requests: count } });
	return Math.min(...data.requests.map(({ at }) => at)) - started;
}
