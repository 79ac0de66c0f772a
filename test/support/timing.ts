/**
 * What tells a linear way of reading from a quadratic one at these lengths: the first takes a few ms of this process's own time, the other many
 * seconds. How fast the machine is, or what else runs on it, makes no difference to that. The real limit, 50 ms of n8n's event loop, is far below.
 */
export const linearCpuMs = 3_000;

/** Milliseconds of processor time that this process takes for it, whatever comes of it. */
export function cpuMsOf(work: () => unknown): number {
	const before = process.cpuUsage();
	try {
		work();
	} catch {
		// What it throws is for other tests.
	}
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** The same for work that others may have their turn in. It throws what the work throws. */
export async function cpuMsUntil(work: () => Promise<unknown>): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
