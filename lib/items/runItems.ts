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

	const settle = async <T>(index: number, work: () => Promise<T>): Promise<Settled<T>> => {
		try {
			return { state: 'done', result: await work() };
		} catch (error) {
			setup.onFailed?.(index, error);
			return { state: 'failed', error };
		}
	};

	const begin = async (index: number): Promise<Settled<Step<Result>>> =>
		setup.stop?.aborted ? { state: 'notStarted' } : await settle(index, () => setup.begin(index));

	const runItem = async (index: number): Promise<Settled<Result>> => {
		// Settled before its place goes to the next item, so that a failure stops the run in time.
		const first = await places(() => inOrder(setup.keyOf?.(index), () => begin(index)));
		if (first.state !== 'done') return first;
		const step = first.result;
		return 'done' in step ? { state: 'done', result: step.done } : await settle(index, step.waiting);
	};

	return await Promise.all(Array.from({ length: setup.count }, (_, index) => runItem(index)));
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
