/** What a timer can hold; longer ones would fire at once. */
const longestMs = 2 ** 31 - 1;

/** Everything that happens later: the way of a batch and the retries of deliveries. Ends as a whole, so that nothing outlives the sandbox. */
export class Timers {
	private readonly pending = new Set<NodeJS.Timeout>();
	private stopped = false;

	/** Calls `work` after `ms`; never, when that is longer than 24 days or the sandbox has stopped. Returns how to call it off. */
	after(ms: number, work: () => void): () => void {
		if (this.stopped || !(ms <= longestMs)) return () => {};
		const timer = setTimeout(() => {
			this.pending.delete(timer);
			work();
		}, ms);
		this.pending.add(timer);
		return () => {
			clearTimeout(timer);
			this.pending.delete(timer);
		};
	}

	clear(): void {
		for (const timer of this.pending) clearTimeout(timer);
		this.pending.clear();
	}

	stop(): void {
		this.stopped = true;
		this.clear();
	}
}
