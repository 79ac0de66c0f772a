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
import { hintOf, thrownBy } from '../../../support/failures';

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

	it('is told apart: none at all, or something else in its place, and where to enter it', () => {
		expect(thrownBy(() => checkApiKey(' ', inAccount))).toBe('There is no API key');
		expect(thrownBy(() => checkApiKey('x lrn_test_abc', inAccount))).toBe('The API key does not look like one of LearnCoin’s');
		expect(hintOf(() => checkApiKey('', inAccount))).toMatch(/in the account/);
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

it.each([
	[checkBatchId, /a new batch/],
	[checkCredentialId, /once the batch is anchored/],
	[checkWebhookId, /when the webhook is registered/],
])('a missing or wrong ID is told with where to find one, in the caller’s words if they have some: %p', (check, source) => {
	for (const value of ['', 'xyz_1']) {
		expect(hintOf(() => check(value))).toMatch(source);
		expect(hintOf(() => check(value, 'Look in the table.'))).toMatch(/Look in the table\.$/);
	}
	expect(hintOf(() => check('xyz_1'))).toMatch(/^It starts with (bat|crd|whk)_ /);
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
		['http://[::]:5678/', liveKey, remote],
		['http://n8n.localhost/', liveKey, remote],
	])('%s is this machine’s own name: LearnCoin could not reach it', (url, apiKey, apiBaseUrl) => {
		expect(thrownBy(() => checkWebhookUrl(url, { apiKey, apiBaseUrl }, 'Use a tunnel.'))).toMatch(
			/^LearnCoin cannot reach .*: that name means this machine only$/,
		);
	});
});

it.each([
	['', 'There is no address for the deliveries'],
	[undefined, 'There is no address for the deliveries'],
	['n8n.example.com/webhook', 'The webhook address “n8n.example.com/webhook” is not a web address'],
	['ftp://n8n.example.com', 'The webhook address “ftp://n8n.example.com” is not a web address'],
	['xhttps://n8n.example.com', 'is not a web address'],
])('%p is no webhook address', (value, message) => {
	expect(thrownBy(() => checkWebhookUrl(value, { apiKey: testKey, apiBaseUrl: remote }, 'Use a tunnel.'))).toMatch(message);
});

it.each([[], undefined, 'batch.anchored', ['', ' ']])('%j names no event', (values) => {
	expect(thrownBy(() => checkEvents(values))).toBe('No event is chosen');
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
	expect(hintOf(() => checkRevocation('x', ''))).toBe('LearnCoin takes reissued, issuer_error, recipient_request, other.');
	expect(thrownBy(() => checkRevocation(' ', 'other'))).toBe('There is no reason for revoking');
	expect(thrownBy(() => checkRevocation('\ud83d', 'other'))).toBe('The reason holds half of a character');
});

it('a change of the tenant has something in it', () => {
	expect(thrownBy(() => checkTenantPatch({}))).toBe('There is nothing to change');
	for (const patch of [{ display_name: '' }, { awarding_body: {} }, { verify_page_branding: {} }])
		expect(checkTenantPatch(patch)).toBe(patch);
});

it.each([
	['awarding body’s address', { awarding_body: { url: 'example.com' } }],
	['awarding body’s logo', { awarding_body: { logo_url: 'file:///logo.svg' } }],
	['verify page’s logo', { verify_page_branding: { logo_url: 'javascript:alert(1)' } }],
])('the %s is a web address', (what, patch) => {
	expect(thrownBy(() => checkTenantPatch(patch))).toMatch(new RegExp(`^The ${what} “.*” is not a web address$`));
	const web = JSON.parse(JSON.stringify(patch).replace(/:"[^"]*"/, ':"https://example.com/x"')) as typeof patch;
	expect(checkTenantPatch(web)).toEqual(web);
});

it.each(['#12345', '#1234567', 'x#123456', '#12345g', 'green', ''])('%j is no colour', (accent_color) => {
	expect(thrownBy(() => checkTenantPatch({ verify_page_branding: { accent_color } }))).toMatch('is not a colour');
});

it.each(['#0F766E', '#0f766e'])('%s is a colour', (accent_color) => {
	const patch = { verify_page_branding: { accent_color } };
	expect(checkTenantPatch(patch)).toEqual(patch);
});
