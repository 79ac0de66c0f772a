import { call, expectRefusal, subscribe, useLearnCoin } from '../../../support/sandbox/learncoin';
import { useReceiver } from '../../../support/sandbox/receiver';

const sandbox = useLearnCoin();
const receiver = useReceiver();
const create = async (body: unknown, key?: string) =>
	await call(sandbox(), 'POST', '/webhooks', { body, ...(key !== undefined && { key }) });
const list = async (params = {}) => (await call(sandbox(), 'GET', '/webhooks', { params })).data as unknown;
const unknownId = 'whk_00000000000000000000000000';

describe('creating', () => {
	it('answers the secret, and never again', async () => {
		const body = { url: receiver().url, events: ['batch.anchored'], description: 'n8n' };
		const { status, data } = await create(body);
		expect(status).toBe(201);
		expect(data).toEqual({
			id: expect.stringMatching(/^whk_[A-Z0-9]{26}$/) as string,
			...body,
			signing_secret: expect.stringMatching(/^whsec_[A-Za-z0-9]{40}$/) as string,
			active: true,
			created_at: expect.stringMatching(/Z$/) as string,
		});
		const { signing_secret: secret, ...told } = data as { signing_secret: string };
		expect(await list()).toEqual({ data: [told], has_more: false, next_cursor: null });
		expect(JSON.stringify(sandbox().traffic.requests())).not.toContain(secret);
	});

	it.each([
		['missing_required_field', /^url /, { events: ['batch.anchored'] }],
		['invalid_field_format', /^url /, { url: 'nowhere', events: ['batch.anchored'] }],
		['invalid_field_format', /^url /, { url: 'ftp://127.0.0.1/', events: ['batch.anchored'] }],
		['missing_required_field', /^events /, { url: 'http://127.0.0.1/' }],
		['invalid_field_format', /^events /, { url: 'http://127.0.0.1/', events: [] }],
		['invalid_field_format', /^events\[1\] /, { url: 'http://127.0.0.1/', events: ['batch.anchored', '*'] }],
	])('is refused with %s %s', async (code, message, body) => {
		expectRefusal(await create(body), 400, code, message);
	});

	it('takes event names with the .v1 of the glossary', async () => {
		expect((await create({ url: receiver().url, events: ['credential.claimed.v1'] })).status).toBe(201);
	});

	it('may take any event name', async () => {
		sandbox().learncoin.settings.unknownEvents = 'accepted';
		expect((await create({ url: receiver().url, events: ['course.finished'] })).status).toBe(201);
	});

	it('refuses a loopback address to a live key, unless told otherwise', async () => {
		const { liveApiKey } = sandbox().learncoin;
		for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
			const answer = await create({ url: `http://${host}:5678/webhook/x`, events: ['batch.anchored'] }, liveApiKey);
			expectRefusal(answer, 400, 'invalid_field_format', /^url .*internet/);
		}
		expect((await create({ url: 'https://n8n.school.example/webhook/x', events: ['batch.anchored'] }, liveApiKey)).status).toBe(201);
		sandbox().learncoin.settings.liveWebhookToLoopback = 'accepted';
		expect((await create({ url: 'http://localhost:5678/webhook/x', events: ['batch.anchored'] }, liveApiKey)).status).toBe(201);
	});
});

describe('listing', () => {
	it('is paged, newest first, and shows only those of the own environment', async () => {
		const first = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
		const second = await subscribe(sandbox(), receiver().url, ['batch.created']);
		sandbox().learncoin.settings.liveWebhookToLoopback = 'accepted';
		await subscribe(sandbox(), receiver().url, ['batch.created'], { key: sandbox().learncoin.liveApiKey });
		const page = (await list({ limit: 1 })) as { next_cursor: string };
		expect(page).toMatchObject({ data: [{ id: second.id }], has_more: true });
		expect(await list({ limit: 1, cursor: page.next_cursor })).toMatchObject({ data: [{ id: first.id }], has_more: false });
	});

	it('may be a bare array', async () => {
		const { id } = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
		sandbox().learncoin.settings.webhookList = 'array';
		expect(await list()).toMatchObject([{ id, events: ['batch.anchored'] }]);
	});
});

describe('deleting', () => {
	const remove = async (id: string) => await call(sandbox(), 'DELETE', `/webhooks/${id}`);

	it('answers 204 without a body and ends deliveries', async () => {
		const { id } = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
		const { status, data } = await remove(id);
		expect([status, data]).toEqual([204, '']);
		expect(await list()).toMatchObject({ data: [] });
		await sandbox().learncoin.emit('batch.anchored', {});
		expect(receiver().received).toEqual([]);
	});

	it('may answer 200 with a body', async () => {
		const { id } = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
		sandbox().learncoin.settings.deleteWebhookAnswer = 200;
		const { status, data } = await remove(id);
		expect([status, data]).toEqual([200, { id, deleted: true }]);
	});

	it('answers 404 when it is not there, or no more', async () => {
		expectRefusal(await remove(unknownId), 404, 'webhook_not_found');
		const { id } = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
		await remove(id);
		expectRefusal(await remove(id), 404, 'webhook_not_found');
	});
});

describe('testing', () => {
	const test = async (id: string) => await call(sandbox(), 'POST', `/webhooks/${id}/test`);

	it('delivers webhook.test, subscribed or not, and tells what the receiver said', async () => {
		const { id } = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
		receiver().statuses.push(202);
		const { status, data } = await test(id);
		expect([status, data]).toEqual([200, { delivered: true, status_code: 202, delivered_at: expect.stringMatching(/Z$/) as string }]);
		expect(receiver().received).toMatchObject([{ event: { type: 'webhook.test', data: {} } }]);
	});

	it('says that the receiver refused, and does not try again', async () => {
		const { id } = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
		receiver().statuses.push(500);
		expect((await test(id)).data).toEqual({ delivered: false, status_code: 500 });
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(receiver().received).toHaveLength(1);
		expect(sandbox().learncoin.deliveries()).toMatchObject([{ state: 'failed' }]);
	});

	it('says that nobody answered', async () => {
		const { id } = await subscribe(sandbox(), 'http://127.0.0.1:1/', ['batch.anchored']);
		expect((await test(id)).data).toEqual({ delivered: false });
	});

	it('may need a subscription', async () => {
		sandbox().learncoin.settings.testEventNeedsSubscription = true;
		const without = await subscribe(sandbox(), receiver().url, ['batch.anchored']);
		const having = await subscribe(sandbox(), receiver().url, ['webhook.test']);
		expect((await test(without.id)).data).toEqual({ delivered: false });
		expect((await test(having.id)).data).toMatchObject({ delivered: true });
	});

	it('answers 404 when it is not there', async () => {
		expectRefusal(await test(unknownId), 404, 'webhook_not_found');
	});
});
