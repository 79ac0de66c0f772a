import type { Clock } from '../http/types';

/** The work on a document went on for longer than any badge needs. */
export class TooMuchWork extends Error {
	override name = 'TooMuchWork';
}

/** Counts the pieces of work on one document, and lets others have their turn between them. */
export interface Work {
	/** Before each piece. @throws TooMuchWork */
	piece(): Promise<void>;
	/** Whether it is too much, where nobody can wait. */
	isTooMuch(): boolean;
}

/** Counted, not timed: what is refused must not depend on how busy a machine is. A document of LearnCoin's form takes some thirty. */
const mostPieces = 20_000;

/** Everything else in n8n, other executions and its editor, waits while a piece of work is done. */
const longestWithoutBreakMs = 10;

/** One for all documents of a run, because they share the one thread. */
export function createBreather(clock: Clock): () => Work {
	let lastBreak = 0;
	return () => {
		let pieces = 0;
		const isTooMuch = () => ++pieces > mostPieces;
		return {
			isTooMuch,
			async piece() {
				if (isTooMuch()) throw new TooMuchWork();
				if (clock.now() - lastBreak < longestWithoutBreakMs) return;
				await clock.sleep(1);
				lastBreak = clock.now();
			},
		};
	};
}
