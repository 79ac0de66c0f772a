import axios from 'axios';
import { anchoredBatch, createBatch, credentials, subscribe, until, useLearnCoin } from '../../support/sandbox/learncoin';
import { useReceiver } from '../../support/sandbox/receiver';

const sandbox = useLearnCoin();
const receiver = useReceiver();
const state = async (query = '') =>
	(await axios.get<{ learncoin: Record<string, unknown> }>(`${sandbox().url}/_sandbox/state${query}`)).data.learncoin;

it('tells batches, credentials and deliveries with their answers, newest first', async () => {
	await subscribe(sandbox(), receiver().url, ['batch.anchored']);
	const { id } = await anchoredBatch(sandbox(), credentials(2));
	await until(() => sandbox().learncoin.deliveries()[0]?.state === 'delivered');
	await createBatch(sandbox());
	expect(await state()).toMatchObject({
		counters: { batches: 2, credentials: 3, anchored: 2, revoked: 0, erased: 0, webhooks: 1, deliveries: 1 },
		batches: [
			{ status: 'pending', count: 1 },
			{ id, status: 'anchored', count: 2, environment: 'test' },
		],
		credentials: [
			{ recipient: 'Learner 1', status: 'pending' },
			{ recipient: 'Learner 2', achievement: 'Algebra', status: 'anchored' },
			{},
		],
		webhooks: [{ url: receiver().url, events: ['batch.anchored'] }],
		deliveries: [{ type: 'batch.anchored', state: 'delivered', attempts: [{ status: 200, answer: 'answer 200' }] }],
	});
});

it('tells where the documents and the chain are, once there are any', async () => {
	const { id } = (await anchoredBatch(sandbox())).credentials[0]!;
	await createBatch(sandbox());
	const { data } = await axios.get<object>(`${sandbox().url}/_sandbox/state`);
	expect(data).toMatchObject({
		learncoin: {
			credentials: [{}, { files: { genuine: `/c/${id}/credential.json`, altered: `/c/${id}/altered.json` } }],
		},
		chain: {
			networks: [
				{ network: 'base-sepolia', chainId: 84_532, path: '/chain/base-sepolia', transactions: 1 },
				{ network: 'base-mainnet', chainId: 8_453, transactions: 0 },
			],
			settings: { transactions: 'mined' },
		},
	});
	expect((data as { learncoin: { credentials: object[] } }).learncoin.credentials[0]).not.toHaveProperty('files');
});

it('gives as many rows as asked for', async () => {
	await createBatch(sandbox(), credentials(3));
	expect((await state('?issued=2')).credentials).toHaveLength(2);
	expect((await state('?issued=0')).credentials).toEqual([]);
});

it('may leave out what was sent, which can be much', async () => {
	await createBatch(sandbox(), credentials(3));
	const requests = async (query: string) =>
		(await axios.get<{ requests: object[] }>(`${sandbox().url}/_sandbox/state${query}`)).data.requests;
	expect((await requests(''))[0]).toHaveProperty('body.credentials');
	expect((await requests('?bodies=false'))[0]).not.toHaveProperty('body');
});

it('holds neither a key nor a secret', async () => {
	const { signing_secret: secret } = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
	const { data } = await axios.get<string>(`${sandbox().url}/_sandbox/state`, { responseType: 'text' });
	expect(data).not.toContain(secret);
	expect(data).not.toMatch(/lrn_(test|live)_|whsec_/);
});

it('settings can be changed from outside', async () => {
	const put = async (body: unknown) => await axios.put(`${sandbox().url}/_sandbox/settings`, body, { validateStatus: () => true });
	expect((await put({ learncoin: { failBatches: true, revokeTwice: 409 } })).data).toMatchObject({
		learncoin: { failBatches: true, revokeTwice: 409, failFrom: 'pending' },
	});
	expect(sandbox().learncoin.settings.failBatches).toBe(true);
	const before = { ...sandbox().learncoin.settings };
	expect((await put({ learncoin: { revokeTwice: 500 } })).status).toBe(400);
	expect((await put({ learncoin: { colour: 'red' } })).status).toBe(400);
	expect(sandbox().learncoin.settings).toEqual(before);
});
