/** What the first part of a unit's work came to: finished, or something left to wait for, which takes up no slot meanwhile. */
export type Step<Result> = { done: Result } | { waiting: () => Promise<Result> };

export type Settled<Result> =
	| { state: 'done'; result: Result }
	| { state: 'failed'; error: unknown }
	/** The run was stopped before this unit's turn: nothing was done for it. */
	| { state: 'notStarted' };

export interface UnitsSetup<Unit, Result> {
	/** In the order of their turns. As many as have slots are asked for ahead, so that they can be made, and prepared, meanwhile. */
	units: Iterable<Unit> | AsyncIterable<Unit>;
	/** Units whose first part runs at the same time. */
	concurrency: number;
	/** Resolves when the event loop has done what is there to be done now; if not given, at once. */
	nextTurn?: () => Promise<void>;
	/** Called some time before a unit begins. */
	prepare?: (unit: Unit) => void;
	/** The first part of a unit's work. A rejection fails that unit alone. */
	begin: (unit: Unit) => Promise<Step<Result>>;
	/** Units with the same key run their first part one after another, in order. */
	keyOf?: ((unit: Unit) => string | undefined) | undefined;
	/** Once aborted, no further unit starts. */
	stop?: AbortSignal;
	/** Called for each unit that failed, as it happens. */
	onFailed?: (unit: Unit, error: unknown) => void;
	/** Called once it is known what became of a unit. */
	onFinished: (unit: Unit, settled: Settled<Result>) => void;
}

/** Runs many units, at most `concurrency` at a time, each with an outcome of its own. Rejects only if the source of units does. */
export async function runUnits<Unit, Result>(setup: UnitsSetup<Unit, Result>): Promise<void> {
	const nextUnit = readAhead(setup);
	const inOrder = createQueues();
	const waits: Array<Promise<void>> = [];

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

	// Each slot takes the next unit when it is free; settled before that, so that a failure stops the run in time.
	const workOff = async (): Promise<void> => {
		for (let next = await nextUnit(); next.done !== true; next = await nextUnit()) {
			const unit = next.value;
			const first = await inOrder(setup.keyOf?.(unit), () => begin(unit));
			if (first.state !== 'done') setup.onFinished(unit, first);
			else if ('done' in first.result) setup.onFinished(unit, { state: 'done', result: first.result.done });
			else waits.push(settle(unit, first.result.waiting).then((end) => setup.onFinished(unit, end)));
		}
	};

	await Promise.all(Array.from({ length: setup.concurrency }, workOff));
	await Promise.all(waits);
}

type Ahead<Unit> = Pick<UnitsSetup<Unit, unknown>, 'units' | 'concurrency' | 'prepare' | 'nextTurn'>;

/**
 * Where many answers are there at once, their places go to units that are ready, before others are made ready.
 *
 * @returns the next unit, in order; as many more as have slots are asked for and prepared meanwhile
 */
function readAhead<Unit>({ units, concurrency, prepare, nextTurn = () => Promise.resolve() }: Ahead<Unit>) {
	const source = Symbol.asyncIterator in units ? units[Symbol.asyncIterator]() : units[Symbol.iterator]();
	const ahead: Array<Promise<IteratorResult<Unit, unknown>>> = [];
	const ask = async () => {
		const next = await source.next();
		if (next.done !== true) prepare?.(next.value);
		return next;
	};
	const fill = () => {
		while (ahead.length < concurrency) ahead.push(ask());
	};
	let isToBeFilled = false;
	return async (): Promise<IteratorResult<Unit, unknown>> => {
		if (ahead.length === 0) fill();
		const next = ahead.shift()!;
		if (!isToBeFilled) {
			isToBeFilled = true;
			void nextTurn().then(() => {
				isToBeFilled = false;
				fill();
			});
		}
		return await next;
	};
}

/** Work with the same key, one after another in the order of the calls. Slots are given in that order too, so this can't wait for itself. */
function createQueues() {
	const last = new Map<string, Promise<unknown>>();
	return async <T>(key: string | undefined, work: () => Promise<T>): Promise<T> => {
		if (key === undefined) return await work();
		const before = last.get(key);
		const current = before ? before.then(work, work) : work();
		last.set(key, current);
		try {
			return await current;
		} finally {
			if (last.get(key) === current) last.delete(key);
		}
	};
}
