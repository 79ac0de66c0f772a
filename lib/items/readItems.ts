import type { Clock } from '../http/types';
import { toReadable, type ReadableFailure } from './failures';

/** What reading one item came to. */
export type ReadItem<Request> = { request: Request } | { failure: ReadableFailure };

/** Reading thousands of items takes n8n seconds for their expressions; longer than this, in ms, nothing else of n8n may have to wait. */
const longestWithoutBreakMs = 50;

/** Reads all items, in order, whatever is wrong with some. Never rejects. */
export async function readItems<Request>(
	read: (index: number) => Promise<Request>,
	count: number,
	clock: Clock,
): Promise<Array<ReadItem<Request>>> {
	const items: Array<ReadItem<Request>> = [];
	let lastBreak = clock.now();
	for (let index = 0; index < count; index++) {
		if (clock.now() - lastBreak > longestWithoutBreakMs) {
			await clock.sleep(1);
			lastBreak = clock.now();
		}
		items.push(
			await read(index).then(
				(request) => ({ request }),
				(error: unknown) => ({ failure: toReadable(error) }),
			),
		);
	}
	return items;
}
