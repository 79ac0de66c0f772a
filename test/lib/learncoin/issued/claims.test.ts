import { keepEntered, type Claims } from '../../../../lib/learncoin/issued/claims';
import { fakeClock } from '../../../support/fakes';

/** A store from which somebody else takes marks out, before each of the first looks. */
function store(lossesBeforeLooks: string[][]) {
	const marks = new Set(['a', 'b']);
	let looks = 0;
	const claims: Claims = {
		claim: async (wanted) => {
			for (const lost of lossesBeforeLooks[looks] ?? []) marks.delete(lost);
			looks += 1;
			const before = new Set(wanted.filter((mark) => marks.has(mark)));
			for (const mark of wanted) marks.add(mark);
			return before;
		},
		release: async () => {},
		accepted: async () => {},
		dropTold: async () => {},
	};
	return { claims, marks, looks: () => looks };
}

const keep = async (claims: Claims, isTold = () => false) => {
	const clock = fakeClock();
	await keepEntered(claims, ['a', 'b'], { clock, withinMs: 3_000, isTold });
	return clock.slept;
};

it('looks once where nobody overwrites the marks, well before others trust them', async () => {
	const { claims, looks } = store([]);
	expect([await keep(claims), looks()]).toEqual([[750], 1]);
});

it('enters again what another process overwrote, until it stays', async () => {
	const { claims, marks, looks } = store([['b'], ['a', 'b'], []]);
	await keep(claims);
	expect([[...marks].sort(), looks()]).toEqual([['a', 'b'], 3]);
});

it('ends where it never stays', async () => {
	const { claims, looks } = store(Array.from({ length: 100 }, () => ['a']));
	await keep(claims);
	expect(looks()).toBe(12);
});

it('leaves alone what LearnCoin tells by itself', async () => {
	const { claims, looks } = store([['a']]);
	await keep(claims, () => true);
	expect(looks()).toBe(0);
});
