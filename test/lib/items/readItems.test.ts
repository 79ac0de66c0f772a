import { ExplainedFailure } from '../../../lib/http/explained';
import { done, notStarted } from '../../../lib/items/outcome';
import { readItems } from '../../../lib/items/readItems';
import { fakeClock } from '../../support/fakes';

const recallNothing = () => undefined;

it('reads all items in order, whatever is wrong with some', async () => {
	const read = async (index: number) => (index === 1 ? Promise.reject(new ExplainedFailure('No email', { hint: 'Fill it' })) : { index });
	const { requests, outcomes } = await readItems(read, recallNothing, 3, fakeClock());
	expect([...requests]).toEqual([
		[{ index: 0 }, 0],
		[{ index: 2 }, 2],
	]);
	expect(outcomes).toMatchObject([notStarted, { state: 'failed', failure: { message: 'No email' } }, notStarted]);
});

it('does not read what is done already, and gives its outcome', async () => {
	const earlier = done({ outcome: 'issued' });
	const read: number[] = [];
	const reading = async (index: number) => ({ index: read.push(index) });
	const { requests, outcomes } = await readItems(reading, (index) => (index === 0 ? earlier : undefined), 2, fakeClock());
	expect(read).toEqual([1]);
	expect([...requests.values()]).toEqual([1]);
	expect(outcomes).toEqual([earlier, notStarted]);
});

it('gives the rest of n8n a turn each time it has read for more than 50 ms', async () => {
	let now = 0;
	const breaks: number[] = [];
	const clock = { now: () => now, sleep: async () => void breaks.push(now) };
	const read = async (index: number) => {
		now += 30;
		return { index };
	};
	await readItems(read, recallNothing, 6, clock);
	expect(breaks).toEqual([60, 120]);
});
