import type { Pace } from './pace';
import type { Clock } from './types';

/** Where requests of one run wait for a place among those in flight, and for their turn in the run's pace. */
export interface Line {
	/** Resolves when the request may start; from then on it has a place until `leave`. */
	enter(givesWay: boolean): Promise<void>;
	leave(): void;
}

/**
 * A place is given when there is one and the pace allows a start, and only then is it decided to whom: to the first in line that doesn't give
 * way, or else to the first of those that do.
 *
 * @param places requests in flight at the same time
 * @param stop once aborted, nobody waits any more: all may enter, one place after another
 */
export function createLine(places: number, pace: Pace, clock: Clock, stop?: AbortSignal): Line {
	const [first, later] = [createQueue<() => void>(), createQueue<() => void>()];
	let free = places;
	/** Places that are taken, for a request that is not chosen yet. */
	let waitingForTurn = 0;
	/** Until nobody did: what is left then are those that give way. */
	let mayCome = true;
	const turnOfTheLoop = spreadOverTurns(clock, stop);

	async function giveOne(): Promise<void> {
		await pace.turn(stop);
		await turnOfTheLoop();
		// Whoever has just left may be about to come with the next item's request, and that goes first.
		if (first.size() === 0 && mayCome) {
			await clock.sleep(1, stop);
			mayCome = first.size() > 0;
		}
		waitingForTurn--;
		(first.take() ?? later.take())?.();
	}

	function give(): void {
		while (free > 0 && waitingForTurn < first.size() + later.size()) {
			free--;
			waitingForTurn++;
			void giveOne();
		}
	}

	return {
		enter: (givesWay) =>
			new Promise((start) => {
				(givesWay ? later : first).add(start);
				if (!givesWay) mayCome = true;
				give();
			}),
		leave() {
			free++;
			give();
		},
	};
}

/** Making a request ready and taking in its answer takes n8n about a millisecond each, and everything else in n8n waits that long. */
const startsInATurn = 4;

/** Where many answers are there at once, as many requests would start at once: more than a few wait for the event loop's next turn. */
function spreadOverTurns(clock: Clock, stop: AbortSignal | undefined): () => Promise<void> {
	let starts = 0;
	let nextTurn = Promise.resolve();
	return async () => {
		while (starts === startsInATurn && !stop?.aborted) await nextTurn;
		if (++starts === startsInATurn) nextTurn = clock.sleep(1, stop).then(() => void (starts = 0));
	};
}

/** First in, first out. An array would move all that are left each time. */
function createQueue<T>() {
	const entries = new Map<number, T>();
	let next = 0;
	let oldest = 0;
	return {
		size: () => entries.size,
		add: (entry: T) => void entries.set(next++, entry),
		take: (): T | undefined => {
			const entry = entries.get(oldest);
			if (entries.delete(oldest)) oldest++;
			return entry;
		},
	};
}
