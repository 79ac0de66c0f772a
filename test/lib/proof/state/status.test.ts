import { gzipSync } from 'node:zlib';

import { checkStatus } from '../../../../lib/proof/state/status';
import type { JsonObject } from '../../../../lib/values/json';
import { bareBadge, coveredBadge, issuerDid, signed } from '../../../support/proof/synthetic';
import { lookupBy, sendIn, silence, verdictOf, verifyIn, worldWith } from '../../../support/proof/world';

const url = 'https://issuer.example/status/1';
const entry = (index: unknown = 10, more: JsonObject = {}): JsonObject => ({
	...{ id: `${url}#10`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
	...{ statusListIndex: String(index), statusListCredential: url, ...more },
});

/** The most significant bit of the first byte is that of the index 0. */
function packed(revoked: number[], bytes = 16): string {
	const bits = Buffer.alloc(bytes);
	for (const index of revoked) bits[index >> 3]! |= 128 >> (index & 7);
	return `u${gzipSync(bits).toString('base64url')}`;
}
const list = (encodedList: unknown, more: JsonObject = {}): JsonObject => ({
	'@context': ['https://www.w3.org/ns/credentials/v2'],
	id: url,
	type: ['VerifiableCredential', 'BitstringStatusListCredential'],
	issuer: issuerDid,
	credentialSubject: { id: `${url}#list`, type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList },
	...more,
});

const check = async (credentialStatus: unknown, web: unknown = list(packed([])), told?: Parameters<typeof checkStatus>[1]) => {
	const { send, requests } = sendIn({ ...worldWith(''), web: { [url]: web } });
	const document = { ...bareBadge(), ...(credentialStatus !== undefined && { credentialStatus }) };
	const finding = await checkStatus(document, told, lookupBy(send, false), async () => 'unknown');
	return { ...finding, asked: requests.length };
};

describe('a status list', () => {
	it.each([0, 7, 8, 10, 127])('says of each badge whether it was revoked: bit %i', async (index) => {
		const others = [0, 7, 8, 10, 127].filter((one) => one !== index);
		expect(await check(entry(index), list(packed([index])))).toMatchObject({ verdict: 'fails', means: 'revoked' });
		expect(await check(entry(index), list(packed(others)))).toMatchObject({ verdict: 'partly' });
	});

	it('is read in its former form, too, and without the letter of multibase', async () => {
		const former = entry(3, { type: 'StatusList2021Entry' });
		expect(await check(former, list(packed([3]).slice(1)))).toMatchObject({ means: 'revoked' });
	});

	it.each([
		['of another issuer', list(packed([]), { issuer: 'did:web:other.example' })],
		['for another purpose', list(packed([]), { credentialSubject: { statusPurpose: 'suspension', encodedList: packed([]) } })],
		[
			'for other purposes alone',
			list(packed([]), { credentialSubject: { statusPurpose: ['message', 'suspension'], encodedList: packed([]) } }),
		],
		['that is too short', list(packed([], 1))],
		['that is not packed', list('AAAA')],
		['without anything in it', list(undefined)],
		['that is no JSON', 'no'],
		['that is not there', null],
		['that gives no answer', silence()],
	])('%s leaves it open', async (_, web) => {
		expect(await check(entry(), web)).toMatchObject({ verdict: 'notProven' });
	});

	it('may be for several purposes, and for suspending', async () => {
		const both = list(packed([3]), { credentialSubject: { statusPurpose: ['suspension', 'revocation'], encodedList: packed([3]) } });
		expect(await check(entry(3), both)).toMatchObject({ means: 'revoked', reason: expect.stringContaining('revoked') as string });
		expect(await check(entry(3, { statusPurpose: 'suspension' }), both)).toMatchObject({
			...{ means: 'revoked', reason: expect.stringContaining('suspended') as string },
		});
	});

	it.each(['refresh', 'message', 'toString'])('for %s says nothing of revoking, whatever its bit', async (statusPurpose) => {
		const ofPurpose = list(packed([3]), { credentialSubject: { statusPurpose, encodedList: packed([3]) } });
		expect(await check(entry(3, { statusPurpose }), ofPurpose)).toMatchObject({ verdict: 'notProven', asked: 0 });
	});

	it('is not unpacked beyond what is needed, however much there is in it', async () => {
		const bomb = list(`u${gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')}`);
		expect(await check(entry(5), bomb)).toMatchObject({ verdict: 'partly' });
		expect(await check(entry(2 ** 40), bomb)).toMatchObject({ verdict: 'notProven', asked: 0 });
	});

	it('is not asked for where its address is not https, or the place in it is none', async () => {
		for (const one of [entry(1, { statusListCredential: 'http://10.0.0.1/status' }), entry(-1), entry('x'), { type: 'Other' }, 'text']) {
			expect(await check(one)).toMatchObject({ verdict: 'notProven', asked: 0 });
		}
	});

	it('beyond the fifth is not asked for, and leaves it open', async () => {
		const entries = (count: number) => Array.from({ length: count }, (_, index) => entry(index));
		expect(await check(entries(5))).toMatchObject({ verdict: 'partly', asked: 1 });
		expect(await check(entries(6))).toMatchObject({ verdict: 'notProven', asked: 1 });
	});

	it('has to be right where a badge names one: valid is only who is found on it', async () => {
		const badge = await signed({ ...coveredBadge(), credentialStatus: entry() });
		const withList = (web: unknown) => {
			const world = worldWith(badge.root);
			return { ...world, web: { ...world.web, [url]: web } };
		};
		const ended = list(packed([]), { validUntil: '2020-01-01T00:00:00Z' });
		const outcomes = [list(packed([])), list(packed([10])), silence(), ended].map(
			async (web) => (await verifyIn(withList(web), badge)).outcome,
		);
		expect(await Promise.all(outcomes)).toEqual(['genuine', 'revoked', 'unverifiable', 'unverifiable']);
	});

	it('with a proof of its own has to fit it', async () => {
		const badge = await signed({ ...coveredBadge(), credentialStatus: entry() });
		const own = await signed(list(packed([])));
		const verdict = async (web: unknown) => {
			const world = worldWith(badge.root);
			return verdictOf(await verifyIn({ ...world, web: { ...world.web, [url]: web } }, badge), 'status');
		};
		expect(await verdict(own)).toBe('holds');
		expect(await verdict({ ...own, credentialSubject: { ...(own.credentialSubject as JsonObject), encodedList: packed([1]) } })).toBe(
			'notProven',
		);
	});
});

describe('without a list', () => {
	it('what the service says counts', async () => {
		expect(await check(undefined, undefined, { known: true, revoked: false, erased: true })).toMatchObject({ verdict: 'holds' });
		expect(await check(undefined, undefined, { known: true, revoked: true, erased: false })).toMatchObject({ means: 'revoked' });
		expect(await check(undefined, undefined, { known: false, why: 'No.' })).toMatchObject({ verdict: 'notProven', reason: 'No.' });
	});

	it('and without asking, it was not checked', async () => {
		expect(await check(undefined)).toMatchObject({ verdict: 'notChecked' });
	});
});

it('whoever says revoked is believed, whatever the other says', async () => {
	expect(await check(entry(), list(packed([])), { known: true, revoked: true, erased: false })).toMatchObject({ means: 'revoked' });
	expect(await check(entry(), list(packed([10])), { known: true, revoked: false, erased: false })).toMatchObject({ means: 'revoked' });
});
