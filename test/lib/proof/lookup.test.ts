import { SendingStopped } from '../../../lib/http/types';
import { answer, fakeSend } from '../../support/fakes';
import { lookupBy } from '../../support/proof/world';

const open = answer(200, { id: 1 });

it.each([
	...['http://issuer.example/', 'ftp://issuer.example/', 'file:///etc/passwd', 'https://user:secret@issuer.example/', 'https://127.0.0.1/'],
	...[
		'https://10.0.0.1/',
		'https://0x7f000001/',
		'https://169.254.169.254/latest/meta-data',
		'https://intranet/',
		'https://server.local./',
	],
	...['https://localhost:5678/rest', 'https://[::1]/', 'http://127.0.0.1:5678/', 'no address', ''],
])('%s, which a stranger wrote, is not asked', async (url) => {
	const { send, requests } = fakeSend(open);
	expect((await lookupBy(send, false).get(url)).ok).toBe(false);
	expect(requests).toEqual([]);
});

it('this machine is asked where that may be, over plain http too; others are not', async () => {
	const { send, requests } = fakeSend(open);
	const lookup = lookupBy(send, true);
	expect((await lookup.get('http://127.0.0.1:3000/a')).ok).toBe(true);
	expect((await lookup.get('http://issuer.example/')).ok).toBe(false);
	expect(requests).toHaveLength(1);
});

it('the same question is asked once, another one anew', async () => {
	const { send, requests } = fakeSend(...Array.from({ length: 3 }, () => answer(200, { result: '0x1' })));
	const lookup = lookupBy(send, false);
	const ask = (...params: string[]) => lookup.call('https://rpc.example', 'eth_call', params);
	await Promise.all([ask('a'), ask('a'), ask('b'), lookup.get('https://issuer.example/'), lookup.get('https://issuer.example/')]);
	expect(requests).toHaveLength(3);
});

it('no more than 200 answers are kept', async () => {
	const { send, requests } = fakeSend(...Array.from({ length: 202 }, () => open));
	const lookup = lookupBy(send, false);
	for (let at = 0; at <= 200; at++) await lookup.get(`https://issuer.example/${at}`);
	await lookup.get('https://issuer.example/200');
	expect(requests).toHaveLength(201);
	await lookup.get('https://issuer.example/0');
	expect(requests).toHaveLength(202);
});

it.each([
	['an error of JSON-RPC', answer(200, { error: { message: 'rate limited' } }), 'rate limited'],
	['a refusal', answer(429), '429'],
	['a redirect', answer(302), '302'],
	['HTML', answer(200, '<html>'), 'JSON object'],
	['a list', answer(200, '[]'), 'JSON object'],
	['too much', answer(200, JSON.stringify({ result: 'x'.repeat(2_000_001) })), 'too large'],
])('%s is told as such', async (_, given, words) => {
	const found = await lookupBy(fakeSend(given).send, false).call('https://rpc.example', 'eth_chainId', []);
	expect(found).toMatchObject({ ok: false, why: expect.stringContaining(words) as string });
});

it('a run that was stopped is not taken for silence', async () => {
	const { send } = fakeSend(new SendingStopped(0));
	await expect(lookupBy(send, false).get('https://issuer.example/')).rejects.toBeInstanceOf(SendingStopped);
});
