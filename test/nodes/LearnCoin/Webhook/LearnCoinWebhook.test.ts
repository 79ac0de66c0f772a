import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { byId, runLearnCoin, tenantCredential } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

let sandbox: Sandbox;
let receiver: Server;
let url: string;
beforeAll(async () => {
	sandbox = await startSandbox();
	receiver = createServer((_request, response) => response.writeHead(204).end());
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
	receiver.close();
	await sandbox.stop();
});
beforeEach(() => sandbox.reset());

const run = async (parameters: IDataObject, credential = tenantCredential(sandbox)) =>
	await runLearnCoin(sandbox, 'learnCoinWebhook', parameters, { credential, ...continueOnFail });
const create = async (parameters: IDataObject = {}, credential = tenantCredential(sandbox)) =>
	(await run({ operation: 'create', url, events: ['batch.anchored'], description: 'For tests', ...parameters }, credential)).items[0]
		?.json ?? {};

it('Create gives the signing secret, this once', async () => {
	const created = await create();
	expect(created).toMatchObject({
		id: expect.stringMatching(/^whk_/) as unknown,
		url,
		events: ['batch.anchored'],
		description: 'For tests',
	});
	expect(created.signing_secret).toBe(sandbox.learncoin.webhooks()[0]?.signing_secret);
});

it('Create after Delete gives a new endpoint with a new secret', async () => {
	const first = await create();
	await run({ operation: 'delete', webhook: byId(first.id as string) });
	const second = await create();
	expect(second.id).not.toBe(first.id);
	expect(second.signing_secret).not.toBe(first.signing_secret);
});

it.each(['wrapped', 'array'] as const)(
	'Get Many lists all, without secrets, whether LearnCoin gives a page or a bare list (%s)',
	async (webhookList) => {
		sandbox.learncoin.settings.webhookList = webhookList;
		const ids = [await create(), await create()].map(({ id }) => id);
		const { items } = await run({ operation: 'getMany', returnAll: true });
		sandbox.learncoin.settings.webhookList = 'wrapped';
		expect(items.map(({ json }) => json.id).sort()).toEqual(ids.sort());
		for (const { json } of items) expect(json).not.toHaveProperty('signing_secret');
	},
);

it('Create registers one endpoint and gives its secret, when Retry On Fail comes after a lost answer', async () => {
	sandbox.faults.add({ route: 'learncoin.createWebhook', answer: { kind: 'drop', when: 'after' } });
	const { items } = await runLearnCoin(
		sandbox,
		'learnCoinWebhook',
		{ operation: 'create', url, events: ['batch.anchored'], options: { maxRetries: 0 } },
		{ credential: tenantCredential(sandbox), node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
	);
	const [webhook, ...others] = sandbox.learncoin.webhooks();
	expect(others).toEqual([]);
	expect(items[0]?.json).toMatchObject({ id: webhook?.id, signing_secret: webhook?.signing_secret });
});

it('Create registers another endpoint for each item, and in each execution', async () => {
	await create();
	await create();
	expect(sandbox.learncoin.webhooks()).toHaveLength(2);
});

it('Get Many shows no secret, even if LearnCoin’s list has one', async () => {
	const body = { data: [{ id: 'whk_1', url, signing_secret: 'anything' }] };
	sandbox.faults.add({ route: 'learncoin.listWebhooks', answer: { kind: 'body', status: 200, body } });
	const { items } = await run({ operation: 'getMany', returnAll: true });
	expect(items[0]?.json).toEqual({ id: 'whk_1', url });
});

it.each([204, 200] as const)('Delete stops deliveries; one that is gone counts as deleted (%d)', async (deleteWebhookAnswer) => {
	sandbox.learncoin.settings.deleteWebhookAnswer = deleteWebhookAnswer;
	const { id } = await create();
	const first = await run({ operation: 'delete', webhook: byId(id as string) });
	const second = await run({ operation: 'delete', webhook: byId(id as string) });
	expect(first.items[0]?.json).toEqual({ id, deleted: true });
	expect(second.items[0]?.json).toMatchObject({ id, deleted: true, note: expect.stringMatching('nothing to delete') as unknown });
	expect(sandbox.learncoin.webhooks()).toEqual([]);
});

it('Test has LearnCoin call the address each time, and tells what it answered', async () => {
	const { id } = await create();
	const first = await run({ operation: 'test', webhook: byId(id as string) });
	await run({ operation: 'test', webhook: byId(id as string) });
	expect(first.items[0]?.json).toMatchObject({ id, delivered: true, status_code: 204 });
	expect(sandbox.learncoin.deliveries()).toHaveLength(2);
});

it('Test that reaches nobody is a result, not a failure', async () => {
	const { id } = await create({ url: 'http://127.0.0.1:9/nobody' });
	const { items } = await run({ operation: 'test', webhook: byId(id as string) });
	expect(items[0]?.json).toMatchObject({ id, delivered: false });
});

it('refuses an address that LearnCoin could not reach, and says what to set', async () => {
	const live = { ...tenantCredential(sandbox), apiKey: sandbox.learncoin.liveApiKey };
	const refused = await create({ url: 'http://localhost:5678/webhook/x' }, live);
	expect(refused.error).toBe('LearnCoin cannot reach http://localhost:5678: that name means this machine only');
	expect(refused.details).toMatchObject({ hint: expect.stringMatching('WEBHOOK_URL') as unknown });
	expect(sandbox.learncoin.webhooks()).toEqual([]);
});

it.each([
	[{ url: 'example.com/hook' }, 'The webhook address “example.com/hook” is not a web address'],
	[{ url: '={{ "" }}' }, 'There is no address for the deliveries'],
	[{ events: '={{ [] }}' }, 'No event is chosen'],
])('Create with %j is refused before sending', async (parameters, message) => {
	expect((await create(parameters)).error).toBe(message);
});
