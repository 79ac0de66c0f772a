import { createHash, createHmac } from 'node:crypto';

import { useLearnCoin } from '../../../support/sandbox/learncoin';
import { useN8n, type Trigger } from '../../../support/trigger';

const sandbox = useLearnCoin();
const n8nTrigger = useN8n(sandbox);

const learncoin = () => sandbox().learncoin;
const now = () => Math.floor(Date.now() / 1000);

async function published(changes: Parameters<typeof n8nTrigger>[0] = {}): Promise<Trigger> {
	const trigger = n8nTrigger(changes);
	await trigger.activate();
	return trigger;
}

const endpointOf = (trigger: Trigger) => String(trigger.state.data.id);

const envelope = (changes: Record<string, unknown> = {}): string =>
	JSON.stringify({ id: 'evt_1', type: 'batch.anchored', created_at: '2026-07-01T12:00:58.101Z', tenant_id: 'tnt_1', data: {}, ...changes });

/** A delivery as LearnCoin would sign it, of this body. */
async function deliver(trigger: Trigger, body: string, { seconds = now(), sent = body, headers = {} } = {}) {
	const signature = learncoin().sign(endpointOf(trigger), body, seconds);
	return await learncoin().deliverRaw(endpointOf(trigger), { body: sent, headers: { 'x-learncoin-signature': signature, ...headers } });
}

describe('a delivery that LearnCoin signed', () => {
	test('starts the workflow with the envelope as it came, the attempt and the request’s ID', async () => {
		const trigger = await published();
		const [delivery] = await learncoin().emit('batch.anchored', { id: 'bat_1', credentials: [{ verify_url: 'x' }], odd: null });
		expect(delivery?.attempts).toMatchObject([{ status: 200 }]);
		const sent = JSON.parse(delivery?.body ?? '') as object;
		expect(trigger.started).toEqual([{ ...sent, deliveryAttempt: 1, requestId: expect.stringMatching(/^req_[A-Z0-9]{12}$/) }]);
	});

	test('is checked byte by byte: blanks, order and accents may be any', async () => {
		const trigger = await published();
		const body = '{ "type":"batch.anchored",\r\n\t"id" : "evt_ü😀", "data": {"n": 1.0} }\n';
		expect((await deliver(trigger, body)).status).toBe(200);
		expect(trigger.started).toMatchObject([{ id: 'evt_ü😀', data: { n: 1 } }]);
	});

	test('may call its JSON something that n8n does not read by itself', async () => {
		const trigger = await published();
		await deliver(trigger, envelope(), { headers: { 'content-type': 'application/cloudevents+json' } });
		await deliver(trigger, envelope({ id: 'evt_2' }), { headers: { 'content-type': 'text/json' } });
		expect(trigger.started.map(({ id }) => id)).toEqual(['evt_1', 'evt_2']);
	});

	test.each(['with prefix', 'without prefix'] as const)('may have its secret as the key %s', async (secretEncoding) => {
		learncoin().settings.secretEncoding = secretEncoding;
		const trigger = await published();
		await learncoin().emit('batch.anchored', {});
		expect(trigger.started).toHaveLength(1);
	});

	test('has no attempt and no request ID in the item when the headers lack them', async () => {
		const trigger = await published();
		await deliver(trigger, envelope(), { headers: { 'x-learncoin-delivery-attempt': 'many' } });
		expect(trigger.started).toMatchObject([{ deliveryAttempt: null, requestId: null }]);
	});

	test('the attempt says how often LearnCoin has tried', async () => {
		const trigger = await published();
		trigger.cannotStart = true;
		const [delivery] = await learncoin().emit('batch.anchored', {});
		trigger.cannotStart = false;
		await learncoin().redeliver(delivery?.id ?? '');
		expect(trigger.started).toMatchObject([{ deliveryAttempt: 2 }]);
	});
});

describe('a delivery that can’t be trusted gets 401 and starts nothing', () => {
	const body = envelope();
	const flawed: Array<[string, (trigger: Trigger) => Promise<{ status: number; answer: string }>]> = [
		['no signature', (trigger) => learncoin().deliverRaw(endpointOf(trigger), { body })],
		['an empty one', (trigger) => deliver(trigger, body, { headers: { 'x-learncoin-signature': '' } })],
		['a garbled one', (trigger) => deliver(trigger, body, { headers: { 'x-learncoin-signature': 'v1=,t=yesterday' } })],
		['a forged one', (trigger) => deliver(trigger, body, { headers: { 'x-learncoin-signature': `t=${now()},v1=${'a'.repeat(64)}` } })],
		['another secret', (trigger) => deliver(trigger, body, { headers: { 'x-learncoin-signature': signedWith('whsec_other', body) } })],
		['an empty secret', (trigger) => deliver(trigger, body, { headers: { 'x-learncoin-signature': signedWith('', body) } })],
		['a changed byte', (trigger) => deliver(trigger, body, { sent: body.replace('tnt_1', 'tnt_2') })],
		['a blank more', (trigger) => deliver(trigger, body, { sent: `${body} ` })],
		['no body', (trigger) => deliver(trigger, body, { sent: '' })],
		['an old time', (trigger) => deliver(trigger, body, { seconds: now() - 310 })],
		['a time to come', (trigger) => deliver(trigger, body, { seconds: now() + 310 })],
	];

	const signedWith = (secret: string, text: string) =>
		`t=${now()},v1=${createHmac('sha256', secret).update(`${now()}.${text}`).digest('hex')}`;

	test.each(flawed)('%s', async (_, send) => {
		const trigger = await published();
		const { status, answer } = await send(trigger);
		expect({ status, started: trigger.started }).toEqual({ status: 401, started: [] });
		expect(answer).toContain('refused');
		expect(answer).not.toContain(String(trigger.state.data.secret));
		expect(trigger.state.data).not.toHaveProperty('seenEvents');
	});

	test.each<[string, (trigger: Trigger) => void]>([
		['the secret is lost', ({ state }) => delete state.data.secret],
		['the node has no data at all', ({ state }) => (state.data = {})],
		['the secret is only its prefix', ({ state }) => (state.data.secret = 'whsec_')],
	])('whatever it is signed with, when %s', async (_, lose) => {
		const trigger = await published();
		const id = endpointOf(trigger);
		lose(trigger);
		for (const key of ['', 'whsec_', 'undefined', learncoin().webhooks()[0]?.signing_secret ?? '']) {
			const headers = { 'x-learncoin-signature': signedWith(key, body) };
			expect((await learncoin().deliverRaw(id, { body, headers })).status).toBe(401);
		}
		expect(trigger.started).toEqual([]);
	});

	test('the test event, too', async () => {
		const trigger = await published({ parameters: { events: ['batch.anchored'], includeTestEvents: true } });
		const test = envelope({ type: 'webhook.test' });
		expect((await learncoin().deliverRaw(endpointOf(trigger), { body: test })).status).toBe(401);
		expect(trigger.started).toEqual([]);
	});
});

describe('the tolerance', () => {
	test('is what the form says, in seconds', async () => {
		const trigger = await published({ parameters: { events: ['batch.anchored'], toleranceSeconds: 20 } });
		expect((await deliver(trigger, envelope(), { seconds: now() - 25 })).status).toBe(401);
		expect((await deliver(trigger, envelope(), { seconds: now() - 15 })).status).toBe(200);
	});

	test.each(['soon', '', null, -1, Number.NaN, {}])('is 5 minutes when the form says %p', async (toleranceSeconds) => {
		const trigger = await published({ parameters: { events: ['batch.anchored'], toleranceSeconds: toleranceSeconds as string } });
		expect((await deliver(trigger, envelope(), { seconds: now() - 310 })).status).toBe(401);
		expect((await deliver(trigger, envelope(), { seconds: now() - 290 })).status).toBe(200);
	});
});

const marksOf = (...ids: string[]) => ids.map((id) => createHash('sha256').update(id).digest('base64url').slice(0, 8)).join('');

describe('an event that came before', () => {
	test('is answered 200 and starts nothing', async () => {
		const trigger = await published();
		const [delivery] = await learncoin().emit('batch.anchored', {});
		const again = await learncoin().redeliver(delivery?.id ?? '');
		expect(again.attempts.map(({ status }) => status)).toEqual([200, 200]);
		expect(trigger.started).toHaveLength(1);
	});

	test('also when both deliveries arrive at once', async () => {
		const trigger = await published();
		const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(trigger, envelope())));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		expect(trigger.started).toHaveLength(1);
	});

	test('also in another process, or after a restart: the node’s data remembers', async () => {
		const trigger = await published();
		await deliver(trigger, envelope());
		await jest.isolateModulesAsync(async () => {
			const { isFirst } = await import('../../../../nodes/LearnCoin/Trigger/seenEvents');
			expect(isFirst(endpointOf(trigger), 'evt_1', trigger.state.data)).toBe(false);
			expect(isFirst(endpointOf(trigger), 'evt_2', trigger.state.data)).toBe(true);
		});
	});

	test('also when a delivery at the same time has overwritten the node’s data', async () => {
		const trigger = await published();
		const empty = structuredClone(trigger.state.data);
		await deliver(trigger, envelope());
		trigger.state.data = empty;
		await deliver(trigger, envelope({ id: 'evt_2' }));
		await deliver(trigger, envelope());
		expect(trigger.started.map(({ id }) => id)).toEqual(['evt_1', 'evt_2']);
		expect(trigger.state.data.seenEvents).toEqual(marksOf('evt_1', 'evt_2'));
	});

	test('is told by the ID in the signed body, not by a header that anybody can change', async () => {
		const trigger = await published();
		await deliver(trigger, envelope(), { headers: { 'x-learncoin-event-id': 'evt_1' } });
		await deliver(trigger, envelope(), { headers: { 'x-learncoin-event-id': 'evt_9' } });
		expect(trigger.started).toHaveLength(1);
	});

	test.each([{ id: undefined }, { id: '' }, { id: 7 }, { id: 'x'.repeat(5000) }, { id: undefined, event_id: 'evt_7' }])(
		'is recognised with an odd ID, too: %#',
		async (odd) => {
			const trigger = await published();
			await deliver(trigger, envelope(odd));
			await deliver(trigger, envelope(odd));
			await deliver(trigger, envelope({ id: 'evt_other' }));
			expect(trigger.started).toHaveLength(2);
			expect(JSON.stringify(trigger.state.data.seenEvents).length).toBeLessThan(200);
		},
	);

	test('counts as new if n8n could not start the workflow for it', async () => {
		const trigger = await published();
		trigger.cannotStart = true;
		const [delivery] = await learncoin().emit('batch.anchored', {});
		expect(delivery?.attempts).toMatchObject([{ status: 500 }]);
		trigger.cannotStart = false;
		await learncoin().redeliver(delivery?.id ?? '');
		expect(trigger.started).toHaveLength(1);
	});

	test('starts the published workflow although a test listener had it first, and the other way round', async () => {
		const live = await published();
		const listener = await published({ isTest: true });
		await learncoin().emit('batch.anchored', {});
		expect([live.started.length, listener.started.length]).toEqual([1, 1]);
		expect(live.state.data.seenEvents).toEqual(listener.state.data.seenEvents);
	});

	test('is remembered among the last 500', async () => {
		const trigger = await published();
		const older = Array.from({ length: 500 }, (_, index) => `evt_old_${index}`);
		trigger.state.data.seenEvents = marksOf(...older);
		await deliver(trigger, envelope());
		expect(trigger.state.data.seenEvents).toBe(marksOf(...older.slice(1), 'evt_1'));
	});
});

describe('which events start the workflow', () => {
	const answerTo = async (trigger: Trigger, type: unknown) => {
		const { status } = await deliver(trigger, envelope({ id: `evt_${String(type)}`, type }));
		return { status, starts: trigger.started.length };
	};

	test.each([
		['batch.anchored', 'batch.anchored', 1],
		['batch.anchored.v1', 'batch.anchored', 1],
		['batch.anchored', 'batch.anchored.v1', 1],
		['batch.anchored.v2', 'batch.anchored', 0],
		['batch.created', 'batch.anchored', 0],
		['batchXanchored', 'batch.anchored', 0],
		['credential.claimed', 'credential.claimed', 1],
		['credential.claimed', 'credential.*', 1],
		['credential.claimed', '*', 1],
		['webhook.test', '*', 0],
		['webhook.test.v1', 'webhook.test, batch.anchored', 0],
	])('%s, when %s is chosen', async (type, otherEvents, starts) => {
		learncoin().settings.unknownEvents = 'accepted';
		const trigger = await published({ parameters: { events: [], otherEvents } });
		expect(await answerTo(trigger, type)).toEqual({ status: 200, starts });
	});

	test.each([[undefined], [null], [5], [['batch.anchored']]])('none, when the type is %p', async (type) => {
		expect(await answerTo(await published(), type)).toEqual({ status: 200, starts: 0 });
	});

	test.each(['[]', '"batch.anchored"', 'null', 'not JSON'])('none, when the signed body is no envelope: %s', async (body) => {
		const trigger = await published();
		expect((await deliver(trigger, body)).status).toBe(200);
		expect(trigger.started).toEqual([]);
	});
});

describe('LearnCoin’s test event', () => {
	const sendTestEvent = async () => {
		const { apiBaseUrl, apiKey, webhooks } = learncoin();
		const answer = await fetch(`${apiBaseUrl}/webhooks/${webhooks()[0]?.id}/test`, {
			method: 'POST',
			headers: { authorization: `Bearer ${apiKey}` },
		});
		return (await answer.json()) as object;
	};

	test('is answered 200 and starts nothing', async () => {
		const trigger = await published();
		expect(await sendTestEvent()).toMatchObject({ delivered: true, status_code: 200 });
		expect(trigger.started).toEqual([]);
	});

	test.each([false, true])('starts the workflow if that is wanted (must be subscribed to: %p)', async (needed) => {
		learncoin().settings.testEventNeedsSubscription = needed;
		const trigger = await published({ parameters: { events: [], otherEvents: '', includeTestEvents: true } });
		expect(await sendTestEvent()).toMatchObject({ delivered: true });
		expect(trigger.started).toMatchObject([{ type: 'webhook.test' }]);
	});
});

test('a delivery larger than any event gets 413 and is not looked at, although it is signed', async () => {
	const trigger = await published();
	const delivery = await deliver(trigger, envelope({ data: 'x'.repeat(2 * 1024 * 1024) }));
	expect(delivery).toMatchObject({ status: 413, answer: expect.stringContaining('larger than any event') as string });
	expect(trigger.started).toEqual([]);
	expect((await deliver(trigger, envelope({ data: 'x'.repeat(1024 * 1024) }))).status).toBe(200);
	expect(trigger.started).toHaveLength(1);
});
