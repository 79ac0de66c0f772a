/**
 * Loaded into n8n's process before n8n itself. Tells at a port of its own (BENCH_PROBE_PORT) how late the event loop was, what the process
 * worked, and the memory that it held, since it was asked before; `/profile/start` and `/profile/stop` record where time and memory went.
 */
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';

/** Ms between two looks: shorter delays of the event loop aren't seen. */
const everyMs = 5;

let late: Array<[at: number, ms: number]> = [];
/** Resident bytes, and ms of a processor so far. */
let held: Array<[at: number, bytes: number, cpuMs: number]> = [];
let expected = performance.now() + everyMs;

function look(): [number, number, number] {
	const { user, system } = process.cpuUsage();
	return [Date.now(), process.memoryUsage.rss(), (user + system) / 1000];
}

setInterval(() => {
	const now = performance.now();
	late.push([Date.now(), Math.max(0, now - expected)]);
	expected = now + everyMs;
	if (late.length % 20 === 0) held.push(look());
}, everyMs).unref();

/** Μs between two looks at the stack, and bytes between two allocations that are looked at: finer ones slow down what they measure. */
const everyUs = 1_000;
const everyBytes = 128 * 1024;
const session = new Session();

async function record(): Promise<void> {
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: everyUs });
	const alsoCollected = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
	await session.post('HeapProfiler.startSampling', { samplingInterval: everyBytes, ...alsoCollected });
	await session.post('Profiler.start');
}

async function recorded() {
	const { profile: cpu } = await session.post('Profiler.stop');
	const { profile: heap } = await session.post('HeapProfiler.stopSampling');
	session.disconnect();
	return { cpu, heap };
}

createServer((request, response) => {
	if (request.url?.startsWith('/profile/')) {
		const asked = request.url.endsWith('start') ? record() : recorded();
		asked.then(
			(recorded) => response.end(JSON.stringify(recorded ?? {})),
			(error: unknown) => response.writeHead(500).end(String(error)),
		);
		return;
	}
	const told = { late, held: [...held, look()] };
	late = [];
	globalThis.gc?.();
	held = [look()];
	response.end(JSON.stringify(told));
})
	.listen(Number(process.env.BENCH_PROBE_PORT), '127.0.0.1')
	.unref();
