import axios from 'axios';

import type { RecordedRequest } from '../../sandbox';
import { issue, learners } from '../../test/support/moca';
import type { Measure } from './measure';
import { startSandboxProcess } from './sandboxProcess';

const count = 150;
const requestsPerSecond = 30;

/** The rate counted at the sandbox, to the one that was set. */
export async function pace(): Promise<Measure[]> {
	const sandbox = await startSandboxProcess({ latencyMs: 50 });
	try {
		await issue(sandbox as never, learners(count), { options: { requestsPerSecond } });
		const { data } = await axios.get<{ requests: RecordedRequest[] }>(`${sandbox.url}/_sandbox/state`, { params: { requests: count } });
		const arrivals = data.requests.map(({ at }) => at).sort((a, b) => a - b);
		const rate = ((arrivals.length - 1) * 1000) / (arrivals.at(-1)! - arrivals[0]!);
		const from = `${arrivals.length} requests at ${rate.toFixed(1)} per second, set to ${requestsPerSecond}`;
		return [
			{ what: 'requests per second, counted, to the setting', ratio: rate / requestsPerSecond, atMost: 1.1, from },
			{ what: 'the setting to requests per second, counted', ratio: requestsPerSecond / rate, atMost: 1.1, from },
		];
	} finally {
		await sandbox.stop();
	}
}
