import { ExplainedFailure } from '../../../lib/http/explained';
import { done, notStarted } from '../../../lib/items/outcome';
import { readOneByOne, readToEnd, type ItemsToRead, type ReadItems } from '../../../lib/items/readItems';
import { fakeClock } from '../../support/fakes';

const recallNothing = () => undefined;

async function readAll<Request>(items: Omit<ItemsToRead<Request>, 'recall' | 'clock'> & Partial<ItemsToRead<Request>>) {
	const read: ReadItems<Request> = { requests: new Map(), outcomes: [] };
	await readToEnd(readOneByOne({ recall: recallNothing, clock: fakeClock(), ...items }, read));
	return read;
}

it('reads all items in order, whatever is wrong with some', async () => {
	const read = async (index: number) => (index === 1 ? Promise.reject(new ExplainedFailure('No email', { hint: 'Fill it' })) : { index });
	const { requests, outcomes } = await readAll({ read, count: 3 });
	expect([...requests]).toEqual([
		[{ index: 0 }, 0],
		[{ index: 2 }, 2],
	]);
	expect(outcomes).toMatchObject([notStarted, { state: 'failed', failure: { message: 'No email' } }, notStarted]);
});

it('does not read what is done already, and gives its outcome', async () => {
	const earlier = done({ outcome: 'issued' });
	const indexes: number[] = [];
	const read = async (index: number) => ({ index: indexes.push(index) });
	const { requests, outcomes } = await readAll({ read, recall: (index) => (index === 0 ? earlier : undefined), count: 2 });
	expect(indexes).toEqual([1]);
	expect([...requests.values()]).toEqual([1]);
	expect(outcomes).toEqual([earlier, notStarted]);
});

it('reads an item only when it is asked for, in order also when many ask at once', async () => {
	const indexes: number[] = [];
	const read = async (index: number) => {
		indexes.push(index);
		return { index };
	};
	const reading = readOneByOne({ read, recall: recallNothing, count: 10, clock: fakeClock() }, { requests: new Map(), outcomes: [] });
	const first = await Promise.all([reading.next(), reading.next(), reading.next()]);
	expect(first.map(({ value }) => value?.index)).toEqual([0, 1, 2]);
	expect(indexes).toEqual([0, 1, 2]);
});

it('reads none that is left once the run is stopped: their turn never came', async () => {
	const stop = new AbortController();
	const indexes: number[] = [];
	const read = async (index: number) => {
		indexes.push(index);
		if (index === 1) stop.abort();
		return { index };
	};
	const { requests, outcomes } = await readAll({ read, count: 4, stop: stop.signal });
	expect(indexes).toEqual([0, 1]);
	expect(requests.size).toBe(2);
	expect(outcomes).toEqual([notStarted, notStarted, notStarted, notStarted]);
});

it('gives the rest of n8n a turn each time it has read for more than 5 ms', async () => {
	let now = 0;
	const breaks: number[] = [];
	const clock = { now: () => now, sleep: async () => void breaks.push(now) };
	const read = async (index: number) => {
		now += 3;
		return { index };
	};
	await readAll({ read, count: 6, clock });
	expect(breaks).toEqual([6, 12]);
});
