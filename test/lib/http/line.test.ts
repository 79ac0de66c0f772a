import { createLine } from '../../../lib/http/line';
import { createPace } from '../../../lib/http/pace';
import { fakeClock } from '../../support/fakes';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Each enters by its name, in lower case if it gives way; those that have a place, in the order in which they got it. */
function lineOf(places: number, requestsPerSecond = 0, stop?: AbortSignal) {
	const clock = fakeClock(0);
	const line = createLine(places, createPace(requestsPerSecond, clock), clock, stop);
	const inside: string[] = [];
	const entered: Array<[string, number]> = [];
	const enter = (...names: string[]) =>
		names.map(async (name) => {
			await line.enter(name === name.toLowerCase());
			inside.push(name);
			void entered.push([name, clock.now()]);
		});
	const leave = async () => {
		line.leave();
		for (let turns = 0; turns < 3; turns++) await settled();
	};
	return { enter, leave, line, inside, entered, clock };
}

it('gives no more places than there are, in the order of asking', async () => {
	const { enter, leave, inside } = lineOf(2);
	void enter('A', 'B', 'C', 'D');
	await settled();
	expect(inside).toEqual(['A', 'B']);
	await leave();
	expect(inside).toEqual(['A', 'B', 'C']);
});

it('those that give way get a place when no other waits, also if they asked before', async () => {
	const { enter, leave, inside } = lineOf(1);
	void enter('A');
	await settled();
	void enter('x', 'y', 'B', 'C');
	for (let count = 0; count < 4; count++) await leave();
	expect(inside).toEqual(['A', 'B', 'C', 'x', 'y']);
});

it('who goes next is decided when the pace allows it: who comes meanwhile and doesn’t give way goes first', async () => {
	const { enter, entered } = lineOf(5, 1);
	await Promise.all(enter('A'));
	const later = enter('x', 'y');
	const meanwhile = enter('B');
	await Promise.all([...later, ...meanwhile]);
	expect(entered).toEqual([
		['A', 0],
		['B', 1_000],
		['x', 2_001],
		['y', 3_000],
	]);
});

it('who leaves and comes again at once goes before those that give way', async () => {
	const { enter, leave, line, inside } = lineOf(1);
	void enter('A');
	await settled();
	void enter('x');
	line.leave();
	for (let steps = 0; steps < 50; steps++) await Promise.resolve();
	void enter('B');
	for (let turns = 0; turns < 3; turns++) await settled();
	expect(inside).toEqual(['A', 'B']);
	await leave();
	expect(inside).toEqual(['A', 'B', 'x']);
});

it('where nobody came who goes first, those that give way start without waiting for them, until somebody comes again', async () => {
	const { enter, leave, line, entered, clock } = lineOf(1);
	await Promise.all(enter('x'));
	for (const name of ['y', 'z']) {
		void enter(name);
		await leave();
	}
	line.leave();
	expect(entered).toEqual(['x', 'y', 'z'].map((name) => [name, 1]));
	const asked = clock.now();
	await Promise.all(enter('A'));
	void enter('v');
	await leave();
	expect(entered.at(-1)).toEqual(['v', clock.now()]);
	expect(clock.now()).toBeGreaterThan(asked);
});

it('only a few start in one turn of the event loop, so that it is not held for long; the others in the next', async () => {
	const { enter, entered } = lineOf(20);
	await Promise.all(enter(...'ABCDEFGHIJKLMNOPQRST'));
	const starts = entered.map(([, at]) => at);
	expect(starts.map((at) => starts.filter((other) => other === at).length)).toEqual([...Array(20).fill(4)]);
});

it('a stopped line holds nobody back: each gets a place as soon as one is free, and finds out', async () => {
	const stop = new AbortController();
	const { enter, leave, inside } = lineOf(2, 0.01, stop.signal);
	void enter('A', 'B', 'C', 'd');
	await settled();
	stop.abort();
	for (let count = 0; count < 4; count++) await leave();
	expect(inside).toEqual(['A', 'B', 'C', 'd']);
});
