import type { Clock } from '../http/types';
import { toReadable } from './failures';
import { notStarted, type ItemOutcome } from './outcome';

/** What reading has come to so far: the requests to be done, with their items; and an outcome for each item, which for a request is that nothing was done yet. */
export interface ReadItems<Request> {
	requests: Map<Request, number>;
	outcomes: ItemOutcome[];
}

/** Reading thousands of items takes n8n seconds for their expressions; longer than this, in ms, nothing else of n8n may have to wait. */
const longestWithoutBreakMs = 5;

export interface ItemsToRead<Request> {
	read: (index: number) => Promise<Request>;
	/** The outcome of an item that is done already, and is not read. */
	recall: (index: number) => ItemOutcome | undefined;
	count: number;
	clock: Clock;
	/** Once aborted, no further item is read: as if its turn never came. */
	stop?: AbortSignal;
}

/**
 * Reads items in order, whatever is wrong with some, each when it is asked for. Never rejects.
 *
 * @param into what has been read; each request stands there when it comes out
 */
export async function* readOneByOne<Request>(
	{ read, recall, count, clock, stop }: ItemsToRead<Request>,
	into: ReadItems<Request>,
): AsyncGenerator<Request, void> {
	let lastBreak = clock.now();
	for (let index = 0; index < count; index++) {
		if (stop?.aborted) {
			into.outcomes.push(notStarted);
			continue;
		}
		if (clock.now() - lastBreak > longestWithoutBreakMs) {
			await clock.sleep(1);
			lastBreak = clock.now();
		}
		const recalled = recall(index);
		if (recalled) {
			into.outcomes.push(recalled);
			continue;
		}
		try {
			const request = await read(index);
			into.outcomes.push(notStarted);
			into.requests.set(request, index);
			yield request;
		} catch (error) {
			into.outcomes.push({ state: 'failed', failure: toReadable(error) });
		}
	}
}

/** Reads what is left. */
export async function readToEnd(reading: AsyncGenerator<unknown, void>): Promise<void> {
	while ((await reading.next()).done !== true);
}
