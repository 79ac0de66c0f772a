import { checkApiKey } from '../../../../lib/learncoin/api/checks';
import { createLearnCoinClient } from '../../../../lib/learncoin/api/client';
import { checkConnection } from '../../../../lib/learncoin/api/connection';
import { answer, fakeSend } from '../../../support/fakes';
import { learnCoinHints } from '../../../support/hints';

const [testKey, liveKey] = ['test', 'live'].map((kind) => checkApiKey(['lrn', kind, 'abc'].join('_'), 'in the account'));

/** What is told of a connection to a tenant of whom LearnCoin says this. */
const toldOf = async (tenant: Record<string, unknown>, key = testKey!) =>
	await checkConnection(
		createLearnCoinClient(fakeSend(answer(200, { id: 'ten_1', ...tenant })).send, 'https://api.learncoin.me/v1', learnCoinHints),
		key,
	);

it('tells whose key it is, and that what a test key issues does not count', async () => {
	expect(await toldOf({ name: 'Quiet Rivers', environment: 'test' })).toBe(
		'Connection successful: tenant Quiet Rivers (ten_1), test key; credentials are for trying out only',
	);
});

it('tells that what a live key issues counts', async () => {
	expect(await toldOf({ name: 'Quiet Rivers', environment: 'live' }, liveKey)).toBe(
		'Connection successful: tenant Quiet Rivers (ten_1), live key; credentials count, and are anchored on the main network',
	);
});

it.each([{}, { name: '' }, { name: 7 }])('names a tenant without a name by its ID: %j', async (tenant) => {
	expect(await toldOf(tenant)).toMatch('tenant ten_1, ');
});

it.each([undefined, 'staging', null])('tells the environment by the key where LearnCoin says %j', async (environment) => {
	expect(await toldOf({ environment }, liveKey)).toMatch('live key; credentials count');
	expect(await toldOf({ environment }, testKey)).toMatch('test key; credentials are for trying out');
});

it('believes LearnCoin more than the key', async () => {
	expect(await toldOf({ environment: 'live' }, testKey)).toMatch('live key; credentials count');
	expect(await toldOf({ environment: 'test' }, liveKey)).toMatch('test key; credentials are for trying out');
});
