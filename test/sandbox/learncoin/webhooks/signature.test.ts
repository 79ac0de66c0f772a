import { signatureHeader } from '../../../../sandbox/learncoin/webhooks/signature';

const secret = 'whsec_AbCdEf1234567890AbCdEf1234567890AbCdEf12';
const body =
	'{"id":"evt_01HXYZABCDEF1234567890ABCD","type":"webhook.test","created_at":"2026-04-23T12:00:58.101Z","tenant_id":"tnt_01HXYZABCDEF1234567890ABCD","data":{}}';

it.each([
	['with prefix', '6be743d96289fc8c21e9dae7133b0147643e336ec2b8a8370609ad034f6e5dac'],
	['without prefix', 'ba26e33f7f2ff76afac2194b364003d9f29828957a68e22cfb862c90cb042b69'],
] as const)('meets the vector of docs/api/learncoin.md 6.3, key %s', (secretEncoding, hex) => {
	expect(signatureHeader(secret, body, 1713873658, { secretEncoding })).toBe(`t=1713873658,v1=${hex}`);
});
