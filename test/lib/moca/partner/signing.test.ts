import type { HttpRequest } from '../../../../lib/http/types';
import { checkRecipientEmail } from '../../../../lib/moca/issuing/checks';
import type { Partner } from '../../../../lib/moca/partner/partnerJwt';
import { createServiceTime } from '../../../../lib/moca/partner/serviceTime';
import { createSigning, tokenMember } from '../../../../lib/moca/partner/signing';
import { answer, fakeClock } from '../../../support/fakes';

const minute = 60_000;
const partner = { partnerId: 'p', privateKey: 'k', keyId: '', algorithm: 'auto', scope: 's' } as Partner;
const look = (recipientEmail: string): HttpRequest => ({
	method: 'GET',
	url: 'http://127.0.0.1/status',
	repeat: 'anything',
	signFor: { recipientEmail },
});

/** Signs with numbers; and what was signed, for whom, for which time. */
function setUp(whom: Partner = partner) {
	const clock = fakeClock(1_800_000_000_000);
	const time = createServiceTime(clock);
	const signed: Array<[string, string, number]> = [];
	const sign = async ({ scope }: Partner, email: string, atMs: number) => `${signed.push([scope, email, atMs - clock.now()])} for ${email}`;
	const signing = createSigning(whom, time, clock, sign);
	const tokenFor = async (email: string) => (await signing.prepare(look(email))).signFor?.[tokenMember];
	const send = async (email: string, status: number, headers = {}) =>
		await signing.through(async () => answer(status, {}, headers))(await signing.prepare(look(email)));
	return { clock, signed, signing, tokenFor, send };
}

it('one token serves all that is asked about its recipient, until a minute before it ends', async () => {
	const { clock, tokenFor } = setUp();
	expect(await tokenFor('ada@example.com')).toBe('1 for ada@example.com');
	await clock.sleep(4 * minute - 1);
	expect(await tokenFor('ada@example.com')).toBe('1 for ada@example.com');
	await clock.sleep(1);
	expect(await tokenFor('ada@example.com')).toBe('2 for ada@example.com');
});

it('each recipient has a token of their own: by it Moca tells whose credential it is', async () => {
	const { tokenFor } = setUp();
	expect(await Promise.all(['ada@example.com', 'bob@example.com', 'Ada@example.com'].map(tokenFor))).toEqual([
		'1 for ada@example.com',
		'2 for bob@example.com',
		'3 for Ada@example.com',
	]);
});

it('what is needed at the same time, or was signed ahead, is signed once', async () => {
	const { signing, signed, tokenFor } = setUp();
	signing.ahead(checkRecipientEmail('ada@example.com'));
	await Promise.all([tokenFor('ada@example.com'), tokenFor('ada@example.com')]);
	expect(signed).toHaveLength(1);
});

it('another partner, key or scope shares no token', async () => {
	const [one, other] = [setUp(), setUp({ ...partner, scope: 'other' })];
	await one.tokenFor('ada@example.com');
	await other.tokenFor('ada@example.com');
	expect([...one.signed, ...other.signed].map(([scope]) => scope)).toEqual(['s', 'other']);
});

it('a token that was refused is not used again; the next one is', async () => {
	const { send, tokenFor } = setUp();
	await send('ada@example.com', 200);
	await send('ada@example.com', 403);
	expect(await tokenFor('ada@example.com')).toBe('1 for ada@example.com');
	await send('ada@example.com', 401);
	expect(await tokenFor('ada@example.com')).toBe('2 for ada@example.com');
	expect(await tokenFor('ada@example.com')).toBe('2 for ada@example.com');
});

it('a late refusal of an older token does not take the new one away', async () => {
	const { signing, tokenFor, clock } = setUp();
	const old = await signing.prepare(look('ada@example.com'));
	await clock.sleep(5 * minute);
	await tokenFor('ada@example.com');
	await signing.through(async () => answer(401))(old);
	expect(await tokenFor('ada@example.com')).toBe('2 for ada@example.com');
});

it('what was signed by a wrong clock is signed again by the service’s', async () => {
	const { send, signed, tokenFor, clock } = setUp();
	await tokenFor('bob@example.com');
	const date = new Date(clock.now() + 10 * minute).toUTCString();
	expect(await send('ada@example.com', 401, { date })).toMatchObject({ signAgain: true });
	await tokenFor('bob@example.com');
	expect(signed.map(([, email, aheadMs]) => [email, Math.round(aheadMs / minute)])).toEqual([
		['bob@example.com', 0],
		['ada@example.com', 0],
		['bob@example.com', 10],
	]);
});

it('a key that cannot sign is told to whoever needs it, each time, and to nobody else', async () => {
	const clock = fakeClock();
	let tries = 0;
	const broken = createSigning(partner, createServiceTime(clock), clock, async () => Promise.reject(new Error(`broken ${++tries}`)));
	broken.ahead(checkRecipientEmail('ada@example.com'));
	await new Promise((resolve) => setImmediate(resolve));
	await expect(broken.prepare(look('ada@example.com'))).rejects.toThrow('broken 2');
	await expect(broken.prepare(look('ada@example.com'))).rejects.toThrow('broken 3');
});

it('requests that nobody signs stay as they are', async () => {
	const { signing, signed } = setUp();
	const open: HttpRequest = { method: 'GET', url: 'http://127.0.0.1/', repeat: 'anything' };
	expect(await signing.prepare(open)).toBe(open);
	expect(signed).toEqual([]);
});

it('20,000 tokens are kept; then the one goes that was used longest ago', async () => {
	const { tokenFor, signed } = setUp();
	for (let number = 0; number < 20_000; number++) await tokenFor(`l${number}@example.com`);
	await tokenFor('l0@example.com');
	await tokenFor('new@example.com');
	expect(signed).toHaveLength(20_001);
	await tokenFor('l0@example.com');
	expect(signed).toHaveLength(20_001);
	await tokenFor('l1@example.com');
	expect(signed).toHaveLength(20_002);
});
