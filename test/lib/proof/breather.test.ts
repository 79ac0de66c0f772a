import { createBreather, TooMuchWork } from '../../../lib/proof/breather';

/** A clock that goes on only when it is told to. */
function stoppedClock() {
	const clock = { ms: 1_000, breaks: 0, now: () => clock.ms, sleep: async () => void clock.breaks++ };
	return clock;
}

it('others have their turn before a piece of work once 10 ms went by, whichever badge of a run it is for', async () => {
	const clock = stoppedClock();
	const newWork = createBreather(clock);
	const [one, other] = [newWork(), newWork()];
	await one.piece();
	expect(clock.breaks).toBe(1);
	clock.ms += 9;
	await other.piece();
	expect(clock.breaks).toBe(1);
	clock.ms += 1;
	await other.piece();
	await one.piece();
	expect(clock.breaks).toBe(2);
});

it('a badge that takes more than 20,000 pieces is given up, however fast the machine is', async () => {
	const work = createBreather(stoppedClock())();
	for (let count = 0; count < 20_000; count++) await work.piece();
	await expect(work.piece()).rejects.toThrow(TooMuchWork);
	expect(work.isTooMuch()).toBe(true);
});
