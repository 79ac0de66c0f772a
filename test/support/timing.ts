/** No value may hold n8n's event loop for longer than 50 ms; on a machine that others use at the same time, that takes up to this long. */
export const longestMs = 250;

/** How long it takes, in ms, whatever comes of it. */
export function msOf(work: () => unknown): number {
	const start = performance.now();
	try {
		work();
	} catch {
		// What it throws is for other tests.
	}
	return performance.now() - start;
}
