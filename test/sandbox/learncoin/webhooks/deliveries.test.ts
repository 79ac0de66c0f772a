import { createHmac } from 'node:crypto';
import { startSandbox } from '../../../../sandbox';
import {
	anchoredBatch,
	anchoredCredentialId,
	call,
	createBatch,
	subscribe,
	until,
	useLearnCoin,
	type CreatedWebhook,
} from '../../../support/sandbox/learncoin';
import { useReceiver, type ReceivedDelivery } from '../../../support/sandbox/receiver';

const sandbox = useLearnCoin();
const receiver = useReceiver();
const received = () => receiver().received;
const deliveries = () => sandbox().learncoin.deliveries();

const hmac = (key: string, signed: string) => createHmac('sha256', key).update(signed).digest('hex');
const signatureOf = ({ headers }: { headers: Record<string, unknown> }) => {
	const [, seconds, hex] = /^t=(\d{10}),v1=([0-9a-f]{64})$/.exec(String(headers['x-learncoin-signature'])) ?? [];
	return { seconds: Number(seconds), hex };
};

async function listening(events = ['batch.anchored']): Promise<CreatedWebhook> {
	return await subscribe(sandbox(), receiver().url, events);
}

describe('an event', () => {
	it('comes in the documented envelope with the documented headers', async () => {
		await listening();
		await sandbox().learncoin.emit('batch.anchored', { any: 'thing' });
		const [{ headers, event }] = received() as [ReceivedDelivery];
		expect(event).toEqual({
			id: expect.stringMatching(/^evt_[A-Z0-9]{26}$/) as string,
			type: 'batch.anchored',
			created_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/) as string,
			tenant_id: sandbox().learncoin.tenantId,
			data: { any: 'thing' },
		});
		expect(headers).toMatchObject({
			'content-type': 'application/json',
			'x-learncoin-event-id': event.id,
			'x-learncoin-delivery-attempt': '1',
			'x-request-id': expect.stringMatching(/^req_/) as string,
		});
	});

	it('goes to all who subscribed to it and to nobody else', async () => {
		const one = await listening();
		const other = await listening(['batch.created', 'batch.anchored']);
		await listening(['credential.revoked']);
		await sandbox().learncoin.emit('batch.anchored', {});
		expect(deliveries().map(({ webhookId }) => webhookId)).toEqual([one.id, other.id]);
		expect(new Set(received().map(({ event }) => event.id)).size).toBe(1);
	});

	it('may carry the .v1 of the glossary', async () => {
		await listening();
		sandbox().learncoin.settings.eventNames = 'versioned';
		await sandbox().learncoin.emit('batch.anchored', {});
		expect(received()).toMatchObject([{ event: { type: 'batch.anchored.v1' } }]);
	});
});

describe('what happens by itself', () => {
	const types = () => received().map(({ event }) => event.type);

	it('the way of a batch', async () => {
		await listening(['batch.created', 'batch.signed', 'batch.anchored']);
		const { id } = await anchoredBatch(sandbox());
		await until(() => types().length === 3);
		expect([...types()].sort()).toEqual(['batch.anchored', 'batch.created', 'batch.signed']);
		const anchored = received().find(({ event }) => event.type === 'batch.anchored');
		expect(anchored?.event.data).toMatchObject({ id, status: 'anchored', credentials: [{}] });
	});

	it('a batch that failed', async () => {
		await listening(['batch.failed']);
		sandbox().learncoin.settings.failBatches = true;
		await createBatch(sandbox());
		await until(() => types().length === 1);
		expect(received()[0]?.event.data).toMatchObject({ status: 'failed', error: expect.any(String) as string });
	});

	it('a revocation and an erasure, once each', async () => {
		await listening(['credential.revoked', 'credential.erased']);
		const id = await anchoredCredentialId(sandbox());
		for (let times = 0; times < 2; times++) {
			await call(sandbox(), 'POST', `/credentials/${id}/revoke`, { body: { reason: 'x', reason_code: 'other' } });
			await call(sandbox(), 'POST', `/credentials/${id}/erase`, { body: { requester: 'recipient', verified_at: '2026-06-30T00:00:00Z' } });
		}
		await until(() => types().length === 2);
		expect([...types()].sort()).toEqual(['credential.erased', 'credential.revoked']);
		expect(received().every(({ event }) => event.data.id === id)).toBe(true);
	});

	it('nothing that the settings leave out', async () => {
		await listening(['batch.created', 'batch.signed', 'batch.anchored']);
		sandbox().learncoin.settings.emittedEvents = ['batch.anchored'];
		await anchoredBatch(sandbox());
		await until(() => types().length > 0);
		expect(types()).toEqual(['batch.anchored']);
	});

	it('nothing of the other environment', async () => {
		await listening();
		await anchoredBatch(sandbox(), undefined, { key: sandbox().learncoin.liveApiKey });
		expect(deliveries()).toEqual([]);
	});
});

describe('the signature', () => {
	it('is over the seconds and the exact body, with the whole secret as key', async () => {
		const { signing_secret: secret } = await listening();
		await sandbox().learncoin.emit('batch.anchored', { name: 'Zoë' });
		const { seconds, hex } = signatureOf(received()[0]!);
		expect(hex).toBe(hmac(secret, `${seconds}.${received()[0]!.body}`));
		expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(5);
	});

	it('may use the part after whsec_ as key', async () => {
		const { signing_secret: secret } = await listening();
		sandbox().learncoin.settings.secretEncoding = 'without prefix';
		await sandbox().learncoin.emit('batch.anchored', {});
		const { seconds, hex } = signatureOf(received()[0]!);
		expect(hex).toBe(hmac(secret.slice('whsec_'.length), `${seconds}.${received()[0]!.body}`));
	});

	it.each(['perAttempt', 'perEvent'] as const)('has a time that is new %s', async (signatureTime) => {
		await listening();
		Object.assign(sandbox().learncoin.settings, { signatureTime, retryScheduleMs: [1100], retryScheduleFactor: 1 });
		receiver().statuses.push(500);
		await sandbox().learncoin.emit('batch.anchored', {});
		await until(() => received().length === 2);
		const [first, second] = received().map(signatureOf);
		expect(second!.seconds > first!.seconds).toBe(signatureTime === 'perAttempt');
	});
});

describe('retries', () => {
	it('go on until a 2xx, with the same event, the same body and the next number', async () => {
		await listening();
		receiver().statuses.push(500, 404, 301, 204);
		sandbox().learncoin.settings.retryScheduleFactor = 0.001;
		await sandbox().learncoin.emit('batch.anchored', {});
		await until(() => deliveries()[0]?.state === 'delivered');
		expect(received().map(({ headers }) => headers['x-learncoin-delivery-attempt'])).toEqual(['1', '2', '3', '4']);
		expect(new Set(received().map(({ body }) => body)).size).toBe(1);
		expect(deliveries()[0]?.attempts).toMatchObject([
			{ status: 500, answer: 'answer 500' },
			{ status: 404 },
			{ status: 301 },
			{ status: 204 },
		]);
	});

	it('keep to the schedule times the factor, and then end', async () => {
		await listening();
		receiver().statuses.push(...Array<number>(4).fill(500));
		Object.assign(sandbox().learncoin.settings, { retryScheduleMs: [1000, 4000, 16_000], retryScheduleFactor: 0.02 });
		await sandbox().learncoin.emit('batch.anchored', {});
		await until(() => deliveries()[0]?.state === 'failed');
		const at = deliveries()[0]!.attempts.map((attempt) => attempt.at);
		const pauses = at.slice(1).map((time, index) => time - at[index]!);
		expect(pauses).toHaveLength(3);
		[20, 80, 320].forEach((expected, index) => {
			expect(pauses[index]).toBeGreaterThanOrEqual(expected - 2);
			expect(pauses[index]).toBeLessThan(expected + 150);
		});
	});

	it('are eight attempts by default', () => {
		expect(sandbox().learncoin.settings.retryScheduleMs).toEqual([1e3, 4e3, 16e3, 60e3, 300e3, 1800e3, 21_600e3]);
	});

	it('follow a receiver that takes too long or is not there', async () => {
		await listening();
		receiver().statuses.push(0);
		Object.assign(sandbox().learncoin.settings, { deliveryTimeoutMs: 60, retryScheduleFactor: 0.001 });
		const [late] = await sandbox().learncoin.emit('batch.anchored', {});
		expect(late?.attempts).toMatchObject([{ status: 0, answer: 'No answer within 60 ms' }]);
		await until(() => received().length === 2);

		await subscribe(sandbox(), 'http://127.0.0.1:1/', ['batch.created']);
		const [refused] = await sandbox().learncoin.emit('batch.created', {});
		expect(refused?.attempts).toMatchObject([{ status: 0, answer: expect.stringContaining('ECONNREFUSED') as string }]);
		expect(refused?.state).toBe('waiting');
	});

	it('end when the webhook is deleted, or go on', async () => {
		Object.assign(sandbox().learncoin.settings, { retryScheduleMs: [300], retryScheduleFactor: 1 });
		const retried = async () => {
			const { id } = await listening();
			receiver().statuses.push(500);
			const [delivery] = await sandbox().learncoin.emit('batch.anchored', {});
			await call(sandbox(), 'DELETE', `/webhooks/${id}`);
			const current = () => deliveries().find(({ id: deliveryId }) => deliveryId === delivery?.id);
			await until(() => current()?.state !== 'waiting');
			return current();
		};
		expect(await retried()).toMatchObject({ state: 'failed', attempts: [{ status: 500 }] });
		sandbox().learncoin.settings.deleteCancelsRetries = false;
		expect(await retried()).toMatchObject({ state: 'delivered', attempts: [{ status: 500 }, { status: 200 }] });
	});

	it('end with a reset', async () => {
		await listening();
		receiver().statuses.push(500);
		await sandbox().learncoin.emit('batch.anchored', {});
		sandbox().reset();
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect([received().length, deliveries()]).toEqual([1, []]);
	});
});

describe('where deliveries go', () => {
	it('never off this machine', async () => {
		await subscribe(sandbox(), 'https://n8n.school.example/webhook/x', ['batch.anchored']);
		const [delivery] = await sandbox().learncoin.emit('batch.anchored', {});
		expect(delivery).toMatchObject({ state: 'failed', attempts: [{ status: 0, answer: expect.stringContaining('loopback') as string }] });
	});

	it('never where a redirect leads', async () => {
		await listening();
		receiver().statuses.push(307);
		receiver().headers.location = '/elsewhere';
		sandbox().learncoin.settings.retryScheduleMs = [];
		const [delivery] = await sandbox().learncoin.emit('batch.anchored', {});
		expect(delivery).toMatchObject({ state: 'failed', attempts: [{ status: 307 }] });
		expect(received()).toHaveLength(1);
	});
});

describe('what a test can send by itself', () => {
	it('the same event once more', async () => {
		await listening();
		const [delivery] = await sandbox().learncoin.emit('batch.anchored', {});
		await sandbox().learncoin.redeliver(delivery!.id);
		expect(received().map(({ event, headers }) => [event.id, headers['x-learncoin-delivery-attempt']])).toEqual([
			[delivery!.eventId, '1'],
			[delivery!.eventId, '2'],
		]);
		await expect(sandbox().learncoin.redeliver('dlv_none')).rejects.toThrow('dlv_none');
	});

	it('any body with any headers, recorded nowhere', async () => {
		const { id, signing_secret: secret } = await listening();
		receiver().statuses.push(401);
		const body = 'not JSON';
		const signature = sandbox().learncoin.sign(id, body, 1713873658);
		const answer = await sandbox().learncoin.deliverRaw(id, { body, headers: { 'X-LearnCoin-Signature': signature } });
		expect(answer).toMatchObject({ status: 401, answer: 'answer 401' });
		expect(signature).toBe(`t=1713873658,v1=${hmac(secret, `1713873658.${body}`)}`);
		expect(received()).toMatchObject([{ body, headers: { 'x-learncoin-signature': signature } }]);
		expect(deliveries()).toEqual([]);
		await expect(sandbox().learncoin.deliverRaw('whk_none', { body })).rejects.toThrow('whk_none');
	});
});

it('ends deliveries and batches when the sandbox stops', async () => {
	const stopped = await startSandbox({ learncoin: { signedAfterMs: 30, retryScheduleFactor: 0.01 } });
	await subscribe(stopped, receiver().url, ['batch.created', 'batch.signed']);
	receiver().statuses.push(0, 0, 0);
	await createBatch(stopped);
	await until(() => received().length === 1);
	await stopped.stop();
	await new Promise((resolve) => setTimeout(resolve, 80));
	expect(received()).toHaveLength(1);
	expect(stopped.learncoin.batches()).toMatchObject([{ status: 'pending' }]);
});
