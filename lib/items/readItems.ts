import type { Clock } from '../http/types';
import { toReadable } from './failures';
import { notStarted, type ItemOutcome } from './outcome';

/** What reading came to: the requests to be done, with their items; and an outcome for each item, which for a request is that nothing was done yet. */
export interface ReadItems<Request> {
	requests: Map<Request, number>;
	outcomes: ItemOutcome[];
}

/** Reading thousands of items takes n8n seconds for their expressions; longer than this, in ms, nothing else of n8n may have to wait. */
const longestWithoutBreakMs = 50;

/**
 * Reads all items, in order, whatever is wrong with some. Never rejects.
 *
 * @param recall the outcome of an item that is done already, and is not read
 */
export async function readItems<Request>(
	read: (index: number) => Promise<Request>,
	recall: (index: number) => ItemOutcome | undefined,
	count: number,
	clock: Clock,
): Promise<ReadItems<Request>> {
	const requests = new Map<Request, number>();
	const outcomes: ItemOutcome[] = [];
	let lastBreak = clock.now();
	for (let index = 0; index < count; index++) {
		if (clock.now() - lastBreak > longestWithoutBreakMs) {
			await clock.sleep(1);
			lastBreak = clock.now();
		}
		const recalled = recall(index);
		outcomes.push(
			recalled ??
				(await read(index).then(
					(request) => {
						requests.set(request, index);
						return notStarted;
					},
					(error: unknown): ItemOutcome => ({ state: 'failed', failure: toReadable(error) }),
				)),
		);
	}
	return { requests, outcomes };
}
