import { createSender } from '../../../lib/http/send';
import { ConnectionFailure, SendingStopped, type HttpRequest, type Transport } from '../../../lib/http/types';
import { answer, fakeClock, transportOf } from '../../support/fakes';

const get: HttpRequest = { method: 'GET', url: 'http://127.0.0.1/x', repeat: 'anything' };
const limits = { concurrency: 3, requestsPerSecond: 0, maxRetries: 4 };
const sender = (setup: Partial<Parameters<typeof createSender>[0]> = {}) =>
	createSender({ ...limits, clock: fakeClock(), random: () => 0.5, ...setup });

it('answers with the number of attempts it took', async () => {
	const transport = transportOf(answer(503), answer(500), answer(200, { ok: true }));
	await expect(sender().through(transport)(get)).resolves.toMatchObject({ status: 200, attempts: 3 });
});

it('ends with the last answer when the retries are used up', async () => {
	const transport = transportOf(answer(503));
	await expect(sender({ maxRetries: 2 }).through(transport)(get)).resolves.toMatchObject({ status: 503, attempts: 3 });
	expect(transport.attempts()).toBe(3);
});

it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
	'tries again where the service was surely not reached (%s), whatever the request does',
	async (code) => {
		const transport = transportOf(new ConnectionFailure(code), answer(200));
		await expect(sender().through(transport)({ ...get, repeat: 'unprocessed' })).resolves.toMatchObject({ status: 200, attempts: 2 });
	},
);

it('tries again after a lost connection, and says how often it tried', async () => {
	const transport = transportOf(new ConnectionFailure('ECONNRESET'));
	await expect(sender({ maxRetries: 1 }).through(transport)(get)).rejects.toMatchObject({ code: 'ECONNRESET', attempts: 2 });
});

it('sends a request that must not arrive twice once only, when nobody knows whether it arrived', async () => {
	const transport = transportOf(new ConnectionFailure('ECONNRESET'), answer(200));
	await expect(sender().through(transport)({ ...get, repeat: 'unprocessed' })).rejects.toBeInstanceOf(ConnectionFailure);
	expect(transport.attempts()).toBe(1);
});

describe('a refused signature that would be another one now', () => {
	const stale = { ...answer(401), signAgain: true };

	it.each(['anything', 'unprocessed'] as const)('is sent again at once, without being one of the retries (%s)', async (repeat) => {
		const clock = fakeClock();
		const transport = transportOf(stale, answer(200));
		await expect(sender({ maxRetries: 0, clock }).through(transport)({ ...get, repeat })).resolves.toMatchObject({
			status: 200,
			attempts: 2,
		});
		expect(clock.slept).toEqual([]);
	});

	it('is sent again once, not more often', async () => {
		const transport = transportOf(stale);
		await expect(sender().through(transport)(get)).resolves.toMatchObject({ status: 401, attempts: 2 });
	});

	it('leaves as many retries as there were', async () => {
		const transport = transportOf(stale, answer(503));
		await expect(sender({ maxRetries: 2 }).through(transport)(get)).resolves.toMatchObject({ status: 503, attempts: 4 });
	});

	it('waits for its turn like any other attempt', async () => {
		const clock = fakeClock();
		const transport = transportOf(stale, answer(200));
		await sender({ clock, requestsPerSecond: 2 }).through(transport)(get);
		expect(clock.slept).toEqual([500]);
	});
});

it('does not wait for a service that wants more than five minutes', async () => {
	const transport = transportOf(answer(429, {}, { 'retry-after': '3600' }));
	await expect(sender().through(transport)(get)).resolves.toMatchObject({ status: 429, attempts: 1 });
});

it('passes on what is not about the connection, such as a key that cannot sign', async () => {
	const broken: Transport = () => Promise.reject(new TypeError('no key'));
	await expect(sender().through(broken)(get)).rejects.toThrow(TypeError);
});

it('never has more requests in flight than the concurrency, whatever is retried', async () => {
	let inFlight = 0;
	let most = 0;
	let calls = 0;
	const transport: Transport = async () => {
		most = Math.max(most, ++inFlight);
		await new Promise((resolve) => setTimeout(resolve, 1));
		inFlight--;
		return answer(++calls % 4 === 0 ? 503 : 200);
	};
	const send = sender().through(transport);
	await Promise.all(Array.from({ length: 60 }, () => send(get)));
	expect(most).toBe(3);
});

it('starts nothing more once stopped: what queued was never sent, what waited for a retry says how often it was', async () => {
	const stop = new AbortController();
	const transport: Transport = async () => {
		stop.abort();
		return answer(503);
	};
	const send = sender({ stop: stop.signal, concurrency: 1 }).through(transport);
	const [first, second] = await Promise.allSettled([send(get), send(get)]);
	expect(first).toMatchObject({ status: 'rejected', reason: new SendingStopped(1) });
	expect(first).toMatchObject({ reason: { attempts: 1 } });
	expect(second).toMatchObject({ status: 'rejected', reason: { attempts: 0 } });
});

describe('whether an attempt may have done the work', () => {
	const lost = new ConnectionFailure('ECONNRESET');
	const refused = new ConnectionFailure('ECONNREFUSED');

	it.each([
		['yes: an earlier one got no answer', true, [lost, answer(401)]],
		['yes: an earlier one got no answer, and then all were put off', true, [lost, answer(429, {}, { 'retry-after': '600' })]],
		['yes: the service failed on the way', true, [answer(500, {}, { 'retry-after': '600' })]],
		['yes: the service failed before it answered', true, [answer(503), answer(400)]],
		['yes: the service gave up waiting', true, [answer(408), answer(404)]],
		['no: it was refused', false, [answer(400)]],
		['no: it was put off, then refused', false, [answer(429), answer(403)]],
		['no: an earlier one never reached the service', false, [refused, answer(401)]],
	])('%s', async (_, mayHaveBeenDone, outcomes) => {
		expect(await sender().through(transportOf(...outcomes))(get)).toMatchObject({ mayHaveBeenDone });
	});

	it.each([
		['got no answer', true, [lost]],
		['got no answer, and the last one never reached the service', true, [lost, refused]],
		['never reached the service', false, [refused]],
	])('where the last attempt failed, too: %s', async (_, mayHaveBeenDone, outcomes) => {
		await expect(sender({ maxRetries: 1 }).through(transportOf(...outcomes))(get)).rejects.toMatchObject({ mayHaveBeenDone });
	});
});

describe('pace', () => {
	const startsOf = async (count: number, setup: Partial<Parameters<typeof createSender>[0]>, outcomes = transportOf(answer(200))) => {
		const clock = fakeClock();
		const begin = clock.now();
		const starts: number[] = [];
		const transport: Transport = (request) => {
			starts.push(clock.now() - begin);
			return outcomes(request);
		};
		const send = sender({ clock, concurrency: 1, ...setup }).through(transport);
		await Promise.all(Array.from({ length: count }, () => send(get)));
		return starts;
	};

	it('spaces the starts evenly at the given rate', async () => {
		expect(await startsOf(4, { requestsPerSecond: 4 })).toEqual([0, 250, 500, 750]);
	});

	it('holds all requests of the run back after a 429, and spaces them afterwards', async () => {
		const starts = await startsOf(3, { concurrency: 1 }, transportOf(answer(429, {}, { 'retry-after': '2' }), answer(200)));
		expect(starts[0]).toBe(0);
		expect(Math.min(...starts.slice(1))).toBeGreaterThanOrEqual(2000);
		expect(new Set(starts).size).toBe(starts.length);
	});

	/** The time between one request and the next, for answers that come one after another. */
	const gapsOf = async (...statuses: number[]) => {
		const answers = transportOf(...statuses.map((status) => answer(status)));
		const starts = await startsOf(statuses.length, { maxRetries: 0, random: () => 0 }, answers);
		return starts.slice(1).map((start, index) => start - starts[index]!);
	};

	it('a 429 puts the requests after it further apart, another one still further', async () => {
		expect(await gapsOf(200, 200, 429, 429, 429, 503)).toEqual([0, 0, 0, 20, 40]);
	});

	it.each([400, 404, 500, 502, 503, 504])('%i is not “went through”: requests stay as far apart as they are', async (status) => {
		expect(await gapsOf(429, status, status, status, status)).toEqual([0, 20, 20, 20]);
	});

	it('200 is, and lets them come closer again', async () => {
		const [, ...gaps] = await gapsOf(429, 200, 200, 200, 200, 200);
		expect(gaps).toEqual([...gaps].sort((one, other) => other - one));
		expect(gaps.at(-1)).toBeLessThan(gaps[0]!);
	});

	it.each([200, 404, 503])('%i alone changes nothing', async (status) => {
		expect(await gapsOf(status, status, 200)).toEqual([0, 0]);
	});
});
