import { n8nClock } from '../../../lib/n8n/clock';

it('sleeps as long as it is told', async () => {
	const before = Date.now();
	await n8nClock.sleep(60);
	expect(Date.now() - before).toBeGreaterThanOrEqual(59);
});

it('wakes at once when the run is stopped, all sleepers together', async () => {
	const stop = new AbortController();
	const before = Date.now();
	const sleepers = Promise.all(Array.from({ length: 100 }, () => n8nClock.sleep(60_000, stop.signal)));
	stop.abort();
	await sleepers;
	expect(Date.now() - before).toBeLessThan(1000);
});

it('does not sleep at all once stopped', async () => {
	await n8nClock.sleep(60_000, AbortSignal.abort());
});

it('puts one listener on the signal, however many sleep: Node warns of a leak from the eleventh on', async () => {
	const stop = new AbortController();
	const add = jest.spyOn(stop.signal, 'addEventListener');
	const sleepers = Promise.all(Array.from({ length: 50 }, () => n8nClock.sleep(20, stop.signal)));
	await sleepers;
	expect(add).toHaveBeenCalledTimes(1);
});
