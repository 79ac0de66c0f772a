import { createHmac } from 'node:crypto';

import { verifySignature, type SignedDelivery } from '../../../../lib/learncoin/webhooks/signature';
import { linearCpuMs, cpuMsOf } from '../../../support/timing';

// The vectors of docs/api/learncoin.md 6.3.
const signingKey = ['whsec', 'AbCdEf1234567890AbCdEf1234567890AbCdEf12'].join('_');
const timestamp = 1713873658;
const body = Buffer.from(
	'{"id":"evt_01HXYZABCDEF1234567890ABCD","type":"webhook.test","created_at":"2026-04-23T12:00:58.101Z","tenant_id":"tnt_01HXYZABCDEF1234567890ABCD","data":{}}',
);
const withPrefix = '6be743d96289fc8c21e9dae7133b0147643e336ec2b8a8370609ad034f6e5dac';
const withoutPrefix = 'ba26e33f7f2ff76afac2194b364003d9f29828957a68e22cfb862c90cb042b69';

const check = (change: Partial<SignedDelivery> = {}) => {
	const result = verifySignature({
		rawBody: body,
		header: `t=${timestamp},v1=${withPrefix}`,
		secret: signingKey,
		toleranceSeconds: () => 300,
		nowMs: timestamp * 1000,
		...change,
	});
	return result.valid ? 'valid' : result.reason;
};

const sign = (t: number | string, key = signingKey, bytes = body) => createHmac('sha256', key).update(`${t}.`).update(bytes).digest('hex');

describe('the vectors of docs/api/learncoin.md 6.3', () => {
	it('the body has 156 bytes', () => expect(body).toHaveLength(156));
	it('the whole secret as key', () => expect(check()).toBe('valid'));
	it('the part after whsec_ as key', () => expect(check({ header: `t=${timestamp},v1=${withoutPrefix}` })).toBe('valid'));
	it('a secret that was stored without its beginning', () => {
		expect(check({ secret: signingKey.slice('whsec_'.length) })).toBe('valid');
		expect(check({ secret: signingKey.slice('whsec_'.length), header: `t=${timestamp},v1=${withoutPrefix}` })).toBe('valid');
	});
});

describe('the signature', () => {
	it('of another secret does not fit', () => expect(check({ secret: `${signingKey}x` })).toBe('mismatch'));

	it('does not fit a body with one changed byte, nor one that was parsed and written again', () => {
		const changed = Buffer.from(body);
		changed[20] = changed[20]! ^ 1;
		expect(check({ rawBody: changed })).toBe('mismatch');
		expect(check({ rawBody: Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)) })).toBe('mismatch');
	});

	it('is made over bytes: what isn’t text, or isn’t JSON, is signed like everything else', () => {
		for (const rawBody of [Buffer.from([0xff, 0xfe, 0x00, 0x80]), Buffer.from('not JSON'), Buffer.alloc(0)]) {
			expect(check({ rawBody, header: `t=${timestamp},v1=${sign(timestamp, signingKey, rawBody)}` })).toBe('valid');
		}
	});

	it('binds the time: another t with the same v1 does not fit', () =>
		expect(check({ header: `t=${timestamp + 1},v1=${withPrefix}` })).toBe('mismatch'));

	it.each([
		['cut short', withPrefix.slice(0, 62)],
		['empty', ''],
		['no hex', 'z'.repeat(64)],
		['of another length', `${withPrefix}00`],
		['followed by something else', `${withPrefix}zz`],
		['base64', Buffer.from(withPrefix, 'hex').toString('base64')],
	])('that is %s does not fit', (_what, v1) => expect(check({ header: `t=${timestamp},v1=${v1}` })).toBe('mismatch'));

	it('stands beside parts of other forms, which are passed over', () => {
		expect(check({ header: `tx,t=${timestamp},v1,v0=1,=,v1=${withPrefix}` })).toBe('valid');
	});

	it('may be in capitals', () => expect(check({ header: `t=${timestamp},v1=${withPrefix.toUpperCase()}` })).toBe('valid'));

	it('may be one of several, as during a change of secrets', () => {
		expect(check({ header: `t=${timestamp},v1=${'0'.repeat(64)},v1=${withPrefix}` })).toBe('valid');
		expect(check({ header: `t=${timestamp},v1=${withPrefix},v1=short` })).toBe('valid');
		expect(check({ header: `t=${timestamp},v1=${'0'.repeat(64)},v1=${'1'.repeat(64)}` })).toBe('mismatch');
	});

	it('of another scheme is passed over', () => {
		expect(check({ header: `t=${timestamp},v0=x,v1=${withPrefix},v2=y` })).toBe('valid');
		expect(check({ header: `t=${timestamp},v2=${withPrefix}` })).toBe('garbled');
	});

	it('can’t be checked without a secret', () => {
		expect(check({ secret: '' })).toBe('noSecret');
		expect(check({ secret: 'whsec_', header: `t=${timestamp},v1=${sign(timestamp, 'whsec_')}` })).toBe('noSecret');
	});
});

describe('the header', () => {
	it.each([undefined, null, '', '  ', 42, ['t=1,v1=2']])('%p is missing', (header) => expect(check({ header })).toBe('missing'));

	it.each([
		`v1=${withPrefix}`,
		`t=,v1=${withPrefix}`,
		`t=soon,v1=${withPrefix}`,
		`t=-5,v1=${withPrefix}`,
		`t=1e9,v1=${withPrefix}`,
		`t=${timestamp}`,
		`t=${timestamp},t=${timestamp + 1},v1=${withPrefix}`,
		withPrefix,
		',,,=',
	])('“%s” is garbled', (header) => expect(check({ header })).toBe('garbled'));

	it('may have blanks and any order', () => expect(check({ header: ` v1=${withPrefix} , t=${timestamp} ` })).toBe('valid'));
});

describe('the time', () => {
	const at = (seconds: number) => check({ nowMs: (timestamp + seconds) * 1000 });

	it('is in seconds, and may be off by the tolerance both ways', () => {
		expect([at(-300), at(0), at(300)]).toEqual(['valid', 'valid', 'valid']);
		expect(at(301)).toBe('tooOld');
		expect(at(-301)).toBe('tooNew');
	});

	it('may be in milliseconds', () => {
		const ms = timestamp * 1000 + 123;
		const header = `t=${ms},v1=${sign(ms)}`;
		expect(check({ header, nowMs: ms + 299_000 })).toBe('valid');
		expect(check({ header, nowMs: ms + 301_000 })).toBe('tooOld');
	});

	it('is looked at only when the signature fits: a forged one is a forged one', () => {
		expect(check({ header: `t=1,v1=${'0'.repeat(64)}` })).toBe('mismatch');
	});

	it('must be exact with a tolerance of 0', () => {
		expect(check({ toleranceSeconds: () => 0 })).toBe('valid');
		expect(check({ toleranceSeconds: () => 0, nowMs: timestamp * 1000 + 1 })).toBe('tooOld');
	});
});

describe('a header that was made to take long', () => {
	it.each([' ', '=', 't=', ',v1', 'v1=a ', `v1=${'0'.repeat(64)},`])('of many “%s” is refused at once', (part) => {
		const header = `t=${timestamp},v1=${part.repeat(1_000_000 / part.length)}x`;
		expect(cpuMsOf(() => check({ header }))).toBeLessThan(linearCpuMs);
		expect(check({ header })).toMatch(/garbled|mismatch/);
	});
});

it('of a delivery that isn’t LearnCoin’s, not even the tolerance is asked for', () => {
	const toleranceSeconds = jest.fn(() => 300);
	const header = `t=1800000000,v1=${'ab'.repeat(32)}`;
	verifySignature({ rawBody: Buffer.from('{}'), header, secret: 'whsec_x', toleranceSeconds, nowMs: 1_800_000_000_000 });
	expect(toleranceSeconds).not.toHaveBeenCalled();
});
