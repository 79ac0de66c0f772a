import { claimOf, isTrue } from '../../../scripts/faults/judge/answers';
import { untrueIn, verdictOf, type Held, type Record } from '../../../scripts/faults/judge/judge';
import { colourOf } from '../../../scripts/faults/matrix/colour';
import type { Run } from '../../../scripts/faults/published';

interface Row {
	name: string;
}

const [ada, bob] = [{ name: 'Ada' }, { name: 'Bob' }];

const recordOf = (counts: { [name: string]: number }): Record<Row> => ({
	held: () => Promise.resolve(({ name }): Held => ({ count: counts[name] ?? 0, ids: [`crd_${name}`] })),
	claimOf,
	whatElseIsUntrue: ({ id }, { ids }) => (ids.includes(String(id)) ? undefined : 'not theirs'),
});

const run = (rows: Row[], ...answers: Array<{ [field: string]: unknown }>): Run<Row> => ({
	rows,
	answers: answers.map((json, row) => ({ json, row })),
});

describe('what an answer claims', () => {
	it.each([
		[{ outcome: 'alreadyIssued' }, 'has'],
		[{ id: 'whk_1', url: 'https://example.com' }, 'has'],
		[{ outcome: 'failed', error: 'Issuing did not work: no whole answer came from LearnCoin' }, 'open'],
		[{ outcome: 'unknown' }, 'open'],
		[{ outcome: 'failed', error: 'Issuing did not work: LearnCoin refused the data' }, 'hasNot'],
		[{ outcome: 'failed', note: 'The batch was given up.' }, 'hasNot'],
	])('%j: %s', (answer, claim) => expect(claimOf(answer)).toBe(claim));

	it('is true when it agrees with the service, or leaves it open', () => {
		expect([isTrue('has', true), isTrue('hasNot', false), isTrue('open', true), isTrue('open', false)]).toEqual([true, true, true, true]);
		expect([isTrue('has', false), isTrue('hasNot', true)]).toEqual([false, false]);
	});
});

describe('untrue is', () => {
	const record = recordOf({ Ada: 1 });

	it('nothing, where each row has one true answer', async () => {
		const runs = [run([ada!, bob!], { outcome: 'issued', id: 'crd_Ada' }, { outcome: 'failed', error: 'refused' })];
		expect(await untrueIn(record, runs)).toEqual([]);
	});

	it('a row without an answer, and one with two', async () => {
		const twice: Run<Row> = { rows: [ada!, bob!], answers: [1, 2].map(() => ({ json: { outcome: 'issued', id: 'crd_Ada' }, row: 0 })) };
		expect(await untrueIn(record, [twice])).toEqual(['Ada has 2 answers', 'Bob has 0 answers']);
	});

	it('a success that the service does not have, a failure that it has, and somebody else’s credential', async () => {
		expect(await untrueIn(record, [run([bob!], { outcome: 'issued', id: 'crd_Bob' })])).toHaveLength(1);
		expect(await untrueIn(record, [run([ada!], { outcome: 'failed', error: 'refused' })])).toHaveLength(1);
		expect(await untrueIn(record, [run([ada!], { outcome: 'issued', id: 'crd_Bob' })])).toEqual(['Ada: not theirs']);
	});

	it('no failure of a request that another execution may have made good', async () => {
		expect(await untrueIn(record, [run([ada!], { outcome: 'failed', error: 'refused' })], true)).toEqual([]);
	});
});

it('the verdict counts learners with two and learners with none, the latter only if they could have one', async () => {
	const record = recordOf({ Ada: 2 });
	expect(await verdictOf(record, [ada!, bob!], ['x'], true)).toMatchObject({ asked: 2, twice: 1, without: 1, untrue: 1 });
	expect(await verdictOf(record, [ada!, bob!], [], false)).toMatchObject({ asked: 2, twice: 1, without: 0, untrue: 0 });
});

describe('a cell is', () => {
	const right = { asked: 1, twice: 0, without: 0, untrue: 0, examples: [] };

	it('green where a promise was kept, red where it was broken', () => {
		expect(colourOf({ verdict: right })).toBe('green');
		for (const wrong of [{ twice: 1 }, { without: 1 }, { untrue: 1 }]) expect(colourOf({ verdict: { ...right, ...wrong } })).toBe('red');
	});

	it('grey where nothing is promised, and red all the same when an answer is untrue', () => {
		expect(colourOf({ verdict: { ...right, twice: 1 }, notPromised: 'why' })).toBe('grey');
		expect(colourOf({ verdict: { ...right, untrue: 1 }, notPromised: 'why' })).toBe('red');
	});
});
