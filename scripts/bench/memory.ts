import { issue, learners } from '../../test/support/moca';
import type { Measure } from './measure';
import { startSandboxProcess } from './sandboxProcess';

const small = 1_000;
const large = 10_000;

/** What 10,000 learners in one run take, to 1,000: time for each, and memory kept afterwards for each. */
export async function memory(): Promise<Measure[]> {
	const sandbox = await startSandboxProcess({ latencyMs: 0 });
	try {
		await measured(sandbox as never, 100);
		const one = await measured(sandbox as never, small);
		const ten = await measured(sandbox as never, large);
		const figures = ({ ms, peakBytes, keptBytes }: typeof one) =>
			`${(ms / 1000).toFixed(1)} s, peak +${mb(peakBytes)} MB, kept ${mb(keptBytes)} MB`;
		const from = `${small}: ${figures(one)}; ${large}: ${figures(ten)}`;
		return [
			{ what: 'time for each learner with 10,000 in one run, to 1,000', ratio: ten.ms / large / (one.ms / small), from },
			{ what: 'heap kept for each learner with 10,000 in one run, to 1,000', ratio: ten.keptBytes / large / (one.keptBytes / small), from },
		];
	} finally {
		await sandbox.stop();
	}
}

const mb = (bytes: number) => Math.round(bytes / 1e6);

async function measured(sandbox: Parameters<typeof issue>[0], count: number) {
	const input = learners(count).map((item) => ({ ...item, email: `run${count}.${String(item.email)}` }));
	globalThis.gc?.();
	const before = process.memoryUsage().heapUsed;
	let peak = before;
	const ticker = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), 50);
	const started = performance.now();
	const run = await issue(sandbox, input, { options: { concurrency: 50 } });
	const ms = performance.now() - started;
	clearInterval(ticker);
	if (run.items.length !== count) throw run.error ?? new Error(`${run.items.length} of ${count} came out`);
	globalThis.gc?.();
	return { ms, peakBytes: peak - before, keptBytes: process.memoryUsage().heapUsed - before, run };
}
