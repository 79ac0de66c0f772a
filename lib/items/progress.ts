import type { Clock } from '../http/types';

/** Time between two lines, in ms; longer while nothing changes. */
const everyMs = 5_000;
const whileNothingChangesMs = 60_000;

/** How far a run is. */
export interface Progress {
	/** Items of which it is known what became of them. */
	finished: number;
	items: number;
	/** Requests sent, repeats included. */
	requests: number;
}

/**
 * Tells every few seconds how far a run is, for whoever watches n8n's log and can't see into a node that works for minutes.
 *
 * @param tell writes a line
 * @returns ends it
 */
export function tellProgress(name: string, look: () => Progress, tell: (line: string) => void, clock: Clock): () => void {
	const over = new AbortController();
	void (async () => {
		let told = '';
		let toldAt = clock.now();
		for (;;) {
			await clock.sleep(everyMs, over.signal);
			if (over.signal.aborted) return;
			const line = `${name}: ${inWords(look())}`;
			if (line === told && clock.now() - toldAt < whileNothingChangesMs) continue;
			told = line;
			toldAt = clock.now();
			tell(line);
		}
	})();
	return () => over.abort();
}

const inWords = ({ finished, items, requests }: Progress): string =>
	`${count(finished)} of ${count(items)} ${items === 1 ? 'item' : 'items'} finished, ${count(requests)} ${requests === 1 ? 'request' : 'requests'} sent so far`;

const count = (number: number): string => number.toLocaleString('en-US');
