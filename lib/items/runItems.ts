import pLimit from 'p-limit';

/** What the first part of an item's work came to: finished, or something left to wait for, which occupies no place meanwhile. */
export type Step<Result> = { done: Result } | { waiting: () => Promise<Result> };

export type Settled<Result> =
	| { state: 'done'; result: Result }
	| { state: 'failed'; error: unknown }
	/** The run was stopped before this item's turn: nothing was done for it. */
	| { state: 'notStarted' };

export interface RunSetup<Result> {
	count: number;
	/** Items whose first part runs at the same time. */
	concurrency: number;
	/** The first part of an item's work. A rejection fails that item alone. */
	begin: (index: number) => Promise<Step<Result>>;
	/** Items with the same key run their first part one after another, in input order. */
	keyOf?: (index: number) => string | undefined;
	/** Once aborted, no further item starts. */
	stop?: AbortSignal;
	/** Called for each item that failed, as it happens. */
	onFailed?: (index: number, error: unknown) => void;
}

/**
 * Runs many items, at most `concurrency` at a time, and gives each its own outcome, in input order. Never rejects.
 */
export async function runItems<Result>(setup: RunSetup<Result>): Promise<Array<Settled<Result>>> {
	const places = pLimit(setup.concurrency);
	const inOrder = createQueues();
	const settle = async (index: number): Promise<Settled<Result>> => {
		try {
			const step = await places(async () => (setup.stop?.aborted ? undefined : await inOrder(setup.keyOf?.(index), () => setup.begin(index))));
			if (!step) return { state: 'notStarted' };
			return { state: 'done', result: 'done' in step ? step.done : await step.waiting() };
		} catch (error) {
			setup.onFailed?.(index, error);
			return { state: 'failed', error };
		}
	};
	return await Promise.all(Array.from({ length: setup.count }, (_, index) => settle(index)));
}

/** Work with the same key, one after another in the order of the calls. Places are given in that order too, so this can't wait for itself. */
function createQueues() {
	const last = new Map<string, Promise<unknown>>();
	return async <T>(key: string | undefined, work: () => Promise<T>): Promise<T> => {
		if (key === undefined) return await work();
		const before = last.get(key) ?? Promise.resolve();
		const current = before.then(work, work);
		last.set(key, current);
		try {
			return await current;
		} finally {
			if (last.get(key) === current) last.delete(key);
		}
	};
}
