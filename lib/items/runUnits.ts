import pLimit from 'p-limit';

/** What the first part of a unit's work came to: finished, or something left to wait for, which takes up no slot meanwhile. */
export type Step<Result> = { done: Result } | { waiting: () => Promise<Result> };

export type Settled<Result> =
	| { state: 'done'; result: Result }
	| { state: 'failed'; error: unknown }
	/** The run was stopped before this unit's turn: nothing was done for it. */
	| { state: 'notStarted' };

export interface UnitsSetup<Unit, Result> {
	units: readonly Unit[];
	/** Units whose first part runs at the same time. */
	concurrency: number;
	/** The first part of a unit's work. A rejection fails that unit alone. */
	begin: (unit: Unit) => Promise<Step<Result>>;
	/** Units with the same key run their first part one after another, in order. */
	keyOf?: ((unit: Unit) => string | undefined) | undefined;
	/** Once aborted, no further unit starts. */
	stop?: AbortSignal;
	/** Called for each unit that failed, as it happens. */
	onFailed?: (unit: Unit, error: unknown) => void;
	/** Called once it is known what became of a unit. */
	onFinished?: (unit: Unit) => void;
}

/** Runs many units, at most `concurrency` at a time, and gives each its own outcome, in their order. Never rejects. */
export async function runUnits<Unit, Result>(setup: UnitsSetup<Unit, Result>): Promise<Array<Settled<Result>>> {
	const slots = pLimit(setup.concurrency);
	const inOrder = createQueues();

	const settle = async <T>(unit: Unit, work: () => Promise<T>): Promise<Settled<T>> => {
		try {
			return { state: 'done', result: await work() };
		} catch (error) {
			setup.onFailed?.(unit, error);
			return { state: 'failed', error };
		}
	};

	const begin = async (unit: Unit): Promise<Settled<Step<Result>>> =>
		setup.stop?.aborted ? { state: 'notStarted' } : await settle(unit, () => setup.begin(unit));

	const runUnit = async (unit: Unit): Promise<Settled<Result>> => {
		// Settled before its slot goes to the next unit, so that a failure stops the run in time.
		const first = await slots(() => inOrder(setup.keyOf?.(unit), () => begin(unit)));
		if (first.state !== 'done') return first;
		const step = first.result;
		return 'done' in step ? { state: 'done', result: step.done } : await settle(unit, step.waiting);
	};

	return await Promise.all(
		setup.units.map(async (unit) => {
			const settled = await runUnit(unit);
			setup.onFinished?.(unit);
			return settled;
		}),
	);
}

/** Work with the same key, one after another in the order of the calls. Slots are given in that order too, so this can't wait for itself. */
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
