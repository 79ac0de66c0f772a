import { createSender } from '../../../../lib/http/send';
import type { ClockFinding, HttpRequest, Transport } from '../../../../lib/http/types';
import { createServiceTime, signingTimeMs } from '../../../../lib/moca/partner/serviceTime';
import { answer, fakeClock } from '../../../support/fakes';

const minute = 60_000;
const day = 24 * 60 * minute;
const startMs = 1_800_000_000_000;
const issuing: HttpRequest = {
	method: 'POST',
	url: 'http://127.0.0.1/x',
	repeat: 'unprocessed',
	signFor: { recipientEmail: 'ada@example.com' },
};

interface Service {
	/** How far the clock that judges tokens is ahead of this machine's, ms. */
	aheadMs?: number;
	/** How far that of `Date` is; without it, it is the same clock. */
	dateAheadMs?: number;
	headers?: Record<string, string>;
	/** Refuses every token, such as for its key. */
	isWrongKey?: boolean;
}

/** A service that takes tokens of the last and the next minute, and which it was sent: how far each was ahead of this machine's clock. */
function serviceOf({ aheadMs = 0, dateAheadMs = aheadMs, headers, isWrongKey = false }: Service = {}) {
	const live = { aheadMs, dateAheadMs };
	const signed: number[] = [];
	const told: ClockFinding[] = [];
	const clock = fakeClock(startMs);
	const time = createServiceTime(clock, (finding) => told.push(finding));
	const transport: Transport = async ({ signFor = {} }) => {
		const tokenMs = signingTimeMs(signFor, clock.now());
		signed.push(tokenMs - clock.now());
		const isTaken = !isWrongKey && Math.abs(tokenMs - clock.now() - live.aheadMs) <= minute;
		return answer(isTaken ? 200 : 401, {}, headers ?? { date: new Date(clock.now() + live.dateAheadMs).toUTCString() });
	};
	const once = time.through(transport);
	const send = createSender({ concurrency: 5, requestsPerSecond: 0, maxRetries: 0, clock, random: () => 0.5 }).through(once);
	return { once, send, signed, told, clock, live };
}

describe('a clock that is off', () => {
	it.each([10 * minute, -10 * minute, 14 * 60 * minute])(
		'by %d ms: the refused request is signed by the service’s time and sent once more, also one that may not be repeated otherwise',
		async (aheadMs) => {
			const { send, signed } = serviceOf({ aheadMs });
			expect(await send(issuing)).toMatchObject({ status: 200, attempts: 2, mayHaveBeenDone: false });
			expect(signed).toEqual([0, aheadMs]);
		},
	);

	it('costs one request a run: the next ones are right at once', async () => {
		const { send, signed } = serviceOf({ aheadMs: 10 * minute });
		await send(issuing);
		expect(await send(issuing)).toMatchObject({ status: 200, attempts: 1 });
		expect(signed).toHaveLength(3);
	});

	it('each of those that were on the wire together is sent once more', async () => {
		const { send, signed } = serviceOf({ aheadMs: 10 * minute });
		const answers = await Promise.all([1, 2, 3].map(() => send(issuing)));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(signed).toHaveLength(6);
	});

	it('is learned from answers that went well, too', async () => {
		const { send, signed } = serviceOf({ aheadMs: minute });
		await send(issuing);
		await send(issuing);
		expect(signed).toEqual([0, minute]);
	});

	it('is told once', async () => {
		const { send, told } = serviceOf({ aheadMs: -10 * minute });
		await send(issuing);
		await send(issuing);
		expect(told).toEqual([{ aheadMs: expect.closeTo(10 * minute, -4) as number, isMadeUpFor: false }]);
	});

	it('is not made up for any more once somebody has set it', async () => {
		const { send, signed, live } = serviceOf({ aheadMs: 10 * minute });
		await send(issuing);
		Object.assign(live, { aheadMs: 0, dateAheadMs: 0 });
		expect(await send(issuing)).toMatchObject({ status: 200 });
		expect(signed.at(-1)).toBe(0);
	});
});

describe('a clock that is right', () => {
	it.each([0, 4_000, -4_000])('(%d ms are not worth a word) changes nothing', async (aheadMs) => {
		const { send, signed, told } = serviceOf({ aheadMs });
		await send(issuing);
		expect(await send(issuing)).toMatchObject({ clock: { aheadMs: 0, isMadeUpFor: false } });
		expect(signed).toEqual([0, 0]);
		expect(told).toEqual([]);
	});

	it('and a wrong key: nothing is sent again, and the answer says that it isn’t the clock', async () => {
		const { send, signed } = serviceOf({ isWrongKey: true });
		const refused = await send(issuing);
		expect(refused).toMatchObject({ status: 401, attempts: 1, clock: { aheadMs: 0 } });
		expect(signed).toHaveLength(1);
	});

	it('is not blamed for an answer that was long on its way', async () => {
		const clock = fakeClock(startMs);
		const date = new Date(startMs + 1000).toUTCString();
		const slow: Transport = async () => {
			await clock.sleep(20_000);
			return answer(401, {}, { date });
		};
		expect(await createServiceTime(clock).through(slow)(issuing)).toMatchObject({ clock: { aheadMs: 0 } });
	});
});

describe('a Date that can’t be gone by', () => {
	it.each([
		['none', {}],
		['garbage', { date: 'soon' }],
		['from a cache', { date: new Date(startMs - 10 * minute).toUTCString(), age: '600' }],
	] as Array<[string, Record<string, string>]>)('(%s) corrects nothing and claims nothing', async (_, headers) => {
		const { send, signed } = serviceOf({ isWrongKey: true, headers });
		const refused = await send(issuing);
		expect(refused.attempts).toBe(1);
		expect(refused.clock).toBeUndefined();
		expect(signed).toEqual([0]);
	});

	it.each([
		['the year 9999', Date.UTC(9999, 0) - startMs],
		['two days ahead', 2 * day],
		['1970', -startMs],
	])('(%s) is told, and no token is signed for it', async (_, dateAheadMs) => {
		const { send, signed } = serviceOf({ aheadMs: 10 * minute, dateAheadMs });
		const refused = await send(issuing);
		expect(refused).toMatchObject({ status: 401, attempts: 1, clock: { isMadeUpFor: false } });
		expect(Math.sign(refused.clock!.aheadMs)).toBe(-Math.sign(dateAheadMs));
		expect(signed).toEqual([0]);
	});

	it('(a gateway’s own clock) is not believed once the service refuses what it says and accepted what it doesn’t', async () => {
		const { send, signed } = serviceOf({ aheadMs: 0, dateAheadMs: 10 * minute });
		const answers = [await send(issuing), await send(issuing), await send(issuing)];
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(signed).toEqual([0, 10 * minute, 0, 0]);
		expect(answers[2]!.clock).toBeUndefined();
	});

	it('never makes more than one further attempt of a request', async () => {
		let calls = 0;
		const jumping: Transport = async () => answer(401, {}, { date: new Date(startMs + ++calls * 10 * minute).toUTCString() });
		const clock = fakeClock(startMs);
		const send = createSender({ concurrency: 1, requestsPerSecond: 0, maxRetries: 5, clock }).through(
			createServiceTime(clock).through(jumping),
		);
		expect(await send(issuing)).toMatchObject({ status: 401, attempts: 2 });
	});
});

it('the time of one service is not another’s', async () => {
	const wrong = serviceOf({ aheadMs: 10 * minute });
	const right = serviceOf();
	await wrong.send(issuing);
	await right.send(issuing);
	expect(right.signed).toEqual([0]);
});

it('a request that nobody signs passes as it is', async () => {
	const { once, signed } = serviceOf({ aheadMs: 10 * minute });
	const open: HttpRequest = { method: 'GET', url: issuing.url, repeat: 'anything' };
	expect(await once(open)).not.toHaveProperty('signAgain');
	expect(signed).toEqual([0]);
});

describe('the time to sign with', () => {
	it.each([
		[{}, 0],
		[{ serviceAheadMs: '600000' }, 600_000],
		[{ serviceAheadMs: '-600000' }, -600_000],
		[{ serviceAheadMs: 'soon' }, 0],
		[{ serviceAheadMs: '1e15' }, 0],
		[{ serviceAheadMs: 'Infinity' }, 0],
		[{ serviceAheadMs: {} }, 0],
	])('%j: %d ms from now', (data, differenceMs) => {
		expect(signingTimeMs(data, startMs) - startMs).toBe(differenceMs);
	});
});
