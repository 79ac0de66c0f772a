import {
	checkApiKey,
	checkBatchId,
	checkCredentialId,
	checkEvents,
	checkRevocation,
	checkTenantPatch,
	checkWebhookId,
	checkWebhookUrl,
	environmentOf,
} from '../../../../lib/learncoin/api/checks';
import { thrownBy } from '../../../support/failures';

const inAccount = 'in the account';
const testKey = checkApiKey(['lrn', 'test', 'abc'].join('_'), inAccount);
const liveKey = checkApiKey(['lrn', 'live', 'abc'].join('_'), inAccount);
const remote = 'https://api.learncoin.me/v1';
const here = 'http://127.0.0.1:8000/learncoin/v1';

describe('an API key', () => {
	it('tells its environment, and loses the blanks around it', () => {
		expect([environmentOf(testKey), environmentOf(liveKey)]).toEqual(['test', 'live']);
		expect(checkApiKey(` ${testKey}\n`, inAccount)).toBe(testKey);
	});

	it.each(['', 'abc', 'lrn_prod_abc', 'lrn_test_', 'lrn_test_a b', undefined])('%p is none', (value) => {
		expect(thrownBy(() => checkApiKey(value, inAccount))).toMatch(/There is no API key|does not look like/);
	});

	it('is never repeated in words', () => expect(thrownBy(() => checkApiKey('sk_live_123', inAccount))).not.toMatch('123'));
});

describe('an ID', () => {
	it.each([
		[checkBatchId, 'bat_01HXYZABCDEF1234567890ABCD'],
		[checkCredentialId, 'crd_01HXYZABCDEF1234567890ABCD'],
		[checkWebhookId, 'whk_01HXYZABCDEF1234567890ABCD'],
	])('%p', (check, id) => {
		expect(check(` ${id} `)).toBe(id);
		expect(thrownBy(() => check(''))).toMatch(/^There is no \w+ ID$/);
		for (const other of ['xyz_1', id.slice(4), `${id}/revoke`, `${id}?x`, '../tenants/me'])
			expect(thrownBy(() => check(other))).toMatch(/is not a \w+ ID$/);
	});
});

describe('a webhook address', () => {
	it.each([
		['https://n8n.example.com/webhook/1', liveKey, remote],
		['https://n8n.example.com/webhook/1', testKey, here],
		['http://localhost:5678/webhook/1', testKey, here],
		['http://n8n.example.com/webhook/1', testKey, remote],
	])('%s may be registered', (url, apiKey, apiBaseUrl) => expect(checkWebhookUrl(url, { apiKey, apiBaseUrl }, 'Use a tunnel.')).toBe(url));

	it.each([
		['http://localhost:5678/webhook/1', liveKey, here],
		['https://localhost/webhook/1', testKey, remote],
		['http://127.0.0.1:5678/webhook/1', liveKey, remote],
		['http://127.8.8.8/', liveKey, remote],
		['http://[::1]/', liveKey, remote],
		['http://0.0.0.0:5678/', liveKey, remote],
		['http://n8n.localhost/', liveKey, remote],
	])('%s is this machine’s own name: LearnCoin could not reach it', (url, apiKey, apiBaseUrl) => {
		expect(thrownBy(() => checkWebhookUrl(url, { apiKey, apiBaseUrl }, 'Use a tunnel.'))).toMatch(
			/^LearnCoin cannot reach .*: that name means this machine only$/,
		);
	});
});

it('events may be ones that no document shows, each once', () => {
	expect(checkEvents(['batch.anchored', ' credential.claimed.v1 ', 'batch.anchored', ''])).toEqual([
		'batch.anchored',
		'credential.claimed.v1',
	]);
	expect(thrownBy(() => checkEvents(['batch anchored']))).toBe('“batch anchored” is not the name of an event');
});

it('a revocation has words and one of the four codes', () => {
	expect(checkRevocation(' Issued again ', 'reissued')).toEqual({ reason: 'Issued again', reasonCode: 'reissued' });
	expect(thrownBy(() => checkRevocation('x', 'ISSUER_ERROR'))).toBe('“ISSUER_ERROR” is not a reason code');
});

it('a change of the tenant has something in it', () => {
	expect(thrownBy(() => checkTenantPatch({}))).toBe('There is nothing to change');
	expect(thrownBy(() => checkTenantPatch({ verify_page_branding: { accent_color: '#12345' } }))).toMatch('is not a colour');
});
