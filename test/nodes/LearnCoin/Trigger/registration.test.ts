import axios from 'axios';

import { useLearnCoin } from '../../../support/sandbox/learncoin';
import { useN8n, type Trigger } from '../../../support/trigger';

const sandbox = useLearnCoin();
const n8nTrigger = useN8n(sandbox);

const registered = () => sandbox().learncoin.webhooks();

/** A registration that somebody else made, or an earlier life of this trigger whose secret nobody has any more. */
async function registerByHand(url: string): Promise<string> {
	const { apiBaseUrl, apiKey } = sandbox().learncoin;
	const headers = { authorization: `Bearer ${apiKey}` };
	return (await axios.post<{ id: string }>(`${apiBaseUrl}/webhooks`, { url, events: ['batch.anchored'] }, { headers })).data.id;
}

async function published(changes: Parameters<typeof n8nTrigger>[0] = {}): Promise<Trigger> {
	const trigger = n8nTrigger(changes);
	await trigger.activate();
	return trigger;
}

/** The words a person reads when publishing ends in this. */
const refusalOf = async (trigger: Trigger): Promise<string> =>
	await trigger.activate().then(
		() => 'published',
		(error: Error) => error.message,
	);

describe('publishing', () => {
	test('registers the address with the chosen events and keeps ID and secret in the node’s own data', async () => {
		const trigger = await published();
		expect(registered()).toMatchObject([{ url: trigger.url, events: ['batch.anchored'] }]);
		expect(trigger.state.data).toMatchObject({
			id: registered()[0]?.id,
			secret: registered()[0]?.signing_secret,
			url: trigger.url,
			events: ['batch.anchored'],
		});
	});

	test('registers for other events by name, each once, and for the test event when it is wanted', async () => {
		await published({
			parameters: { events: ['batch.anchored', 'batch.created'], otherEvents: ' batch.failed ,batch.created,', includeTestEvents: true },
		});
		expect(registered()[0]?.events).toEqual(['batch.anchored', 'batch.created', 'batch.failed', 'webhook.test']);
	});

	test('goes without the test event’s name if LearnCoin doesn’t take it', async () => {
		sandbox().faults.add({ route: 'learncoin.createWebhook', answer: { kind: 'status', status: 400 } });
		const trigger = await published({ parameters: { events: ['batch.anchored'], includeTestEvents: true } });
		expect(registered()).toMatchObject([{ events: ['batch.anchored'] }]);
		expect(await trigger.call('checkExists')).toBe(true);
	});

	test('makes one registration even if LearnCoin’s answer is lost', async () => {
		sandbox().faults.add({ route: 'learncoin.createWebhook', answer: { kind: 'drop', when: 'after' } });
		const trigger = await published();
		expect(registered()).toMatchObject([{ id: trigger.state.data.id }]);
	});
});

describe('checking what is there', () => {
	test.each(['init', 'activate', 'update', 'leadershipChange'] as const)('keeps a registration that fits (%s)', async (mode) => {
		const trigger = await published();
		const { id } = trigger.state.data;
		await trigger.activate(mode);
		expect(registered().map((webhook) => webhook.id)).toEqual([id]);
	});

	test.each<[string, (trigger: Trigger) => void]>([
		['the secret is lost', ({ state }) => delete state.data.secret],
		['all of the node’s data is lost', ({ state }) => (state.data = {})],
		['the events changed', ({ state }) => (state.parameters.events = ['credential.revoked'])],
		['the address changed', ({ state }) => (state.baseUrl = 'http://127.0.0.1:1')],
		['LearnCoin forgot it', () => sandbox().reset()],
	])('replaces it when %s', async (_, change) => {
		const trigger = await published();
		const { id } = trigger.state.data;
		change(trigger);
		await trigger.activate();
		expect(registered()).toHaveLength(1);
		expect(registered()[0]).toMatchObject({ id: trigger.state.data.id, signing_secret: trigger.state.data.secret, url: trigger.url });
		expect(registered()[0]?.id).not.toBe(id);
	});

	test('replaces one that LearnCoin has switched off', async () => {
		const trigger = await published();
		const switchedOff = { data: [{ ...trigger.state.data, active: false }], has_more: false };
		sandbox().faults.add({ route: 'learncoin.listWebhooks', answer: { kind: 'body', status: 200, body: switchedOff } });
		expect(await trigger.call('checkExists')).toBe(false);
		expect(registered()).toEqual([]);
	});

	test('the order of the events makes no difference', async () => {
		const trigger = await published({ parameters: { events: ['batch.anchored', 'batch.created'] } });
		trigger.state.parameters.events = ['batch.created', 'batch.anchored'];
		expect(await trigger.call('checkExists')).toBe(true);
	});

	test('removes what is left of earlier lives at the same address, however it is listed, and nothing else', async () => {
		const trigger = n8nTrigger();
		sandbox().learncoin.settings.webhookList = 'array';
		await registerByHand(trigger.url);
		await registerByHand(trigger.url);
		const other = await registerByHand('http://127.0.0.1:1/other');
		await trigger.activate();
		expect(registered().map(({ id }) => id)).toEqual([other, trigger.state.data.id]);
	});

	test('finds its registration among more than one page', async () => {
		const trigger = await published();
		for (let count = 0; count < 101; count++) await registerByHand(`http://127.0.0.1:1/${count}`);
		expect(await trigger.call('checkExists')).toBe(true);
	});

	test('leaves the registration of the trigger alone that an exported copy of the workflow stems from', async () => {
		const original = await published();
		const copy = n8nTrigger({ workflowId: 'wf2', baseUrl: 'http://127.0.0.1:1', data: { ...original.state.data } });
		await copy.activate();
		expect(registered().map(({ url }) => url)).toEqual([original.url, copy.url]);
	});

	test('at n8n’s start it trusts a registration that LearnCoin can’t be asked for right now', async () => {
		const trigger = await published();
		sandbox().faults.add({ route: 'learncoin.listWebhooks', times: 9, answer: { kind: 'status', status: 503 } });
		expect(await trigger.call('checkExists', 'init')).toBe(true);
		await expect(trigger.call('checkExists', 'activate')).rejects.toThrow('LearnCoin could not answer now');
	});
});

describe('unpublishing', () => {
	test('leaves no registration and no secret', async () => {
		const trigger = await published();
		expect(await trigger.call('delete')).toBe(true);
		expect(registered()).toEqual([]);
		expect(trigger.state.data).toEqual({});
	});

	test('is done when the registration isn’t there any more', async () => {
		const trigger = await published();
		sandbox().reset();
		expect(await trigger.call('delete')).toBe(true);
		expect(trigger.state.data).toEqual({});
	});

	test('finds the registration by its address when the node’s data is lost', async () => {
		const trigger = await published();
		const other = await registerByHand('http://127.0.0.1:1/other');
		trigger.state.data = {};
		expect(await trigger.call('delete')).toBe(true);
		expect(registered().map(({ id }) => id)).toEqual([other]);
	});

	test('removes its own registration also when LearnCoin doesn’t tell which others there are', async () => {
		const trigger = await published();
		sandbox().faults.add({ route: 'learncoin.listWebhooks', times: 9, answer: { kind: 'status', status: 503 } });
		expect(await trigger.call('delete')).toBe(false);
		expect(registered()).toEqual([]);
		expect(trigger.state.data).not.toHaveProperty('id');
	});

	test.each<[string, (trigger: Trigger) => void]>([
		['LearnCoin is away', () => sandbox().faults.add({ route: '*', times: 9, answer: { kind: 'status', status: 503 } })],
		['the key was revoked', () => (sandbox().learncoin.settings.keyState = 'revoked')],
		['the n8n credential is gone', ({ state }) => (state.credential = undefined)],
	])('never throws: when %s it is made up for at the next publishing', async (_, change) => {
		const trigger = await published();
		const { credential } = trigger.state;
		change(trigger);
		expect(await trigger.call('delete')).toBe(false);

		sandbox().faults.clear();
		sandbox().learncoin.settings.keyState = 'active';
		trigger.state.credential = credential;
		await trigger.activate();
		expect(registered()).toMatchObject([{ id: trigger.state.data.id, signing_secret: trigger.state.data.secret }]);
	});
});

describe('what can’t be registered is told in words that say what to do', () => {
	test('no n8n credential', async () => {
		const said = await refusalOf(n8nTrigger({ credential: undefined }));
		expect(said).toMatch(/no credential for LearnCoin.*choose or create a LearnCoin credential/);
	});

	test('a key that LearnCoin does not know', async () => {
		const { apiBaseUrl } = sandbox().learncoin;
		const apiKey = `lrn_test_${'x'.repeat(20)}`;
		const said = await refusalOf(n8nTrigger({ credential: { baseUrl: apiBaseUrl, apiKey } }));
		expect(said).toMatch(/does not know the API key.*Copy the whole key/);
		expect(said).not.toContain(apiKey);
	});

	test('an address of this machine with a live key: which setting gives n8n another one', async () => {
		const { apiBaseUrl, liveApiKey } = sandbox().learncoin;
		const trigger = n8nTrigger({ credential: { baseUrl: apiBaseUrl, apiKey: liveApiKey }, baseUrl: 'http://localhost:5678' });
		expect(await refusalOf(trigger)).toMatch(/cannot reach http:\/\/localhost:5678.*set it as WEBHOOK_URL/);
		expect(sandbox().traffic.requests()).toEqual([]);
	});

	test('no event chosen', async () => {
		expect(await refusalOf(n8nTrigger({ parameters: { events: [], otherEvents: ' , ' } }))).toMatch(/No event is chosen.*batch\.anchored/);
	});

	test('an event that LearnCoin does not know: in LearnCoin’s own words', async () => {
		const trigger = n8nTrigger({ parameters: { events: [], otherEvents: 'batch.eaten' } });
		expect(await refusalOf(trigger)).toMatch(/events\[0\] is not an event: batch\.eaten/);
	});

	test('LearnCoin out of reach', async () => {
		const trigger = n8nTrigger({ credential: { baseUrl: 'http://127.0.0.1:9/v1', apiKey: sandbox().learncoin.apiKey } });
		expect(await refusalOf(trigger)).toMatch(/could not be reached.*Base URL/);
	});

	test('an answer without a signing secret, which leaves nothing behind once n8n cleans up', async () => {
		const trigger = n8nTrigger();
		const answer = { id: 'whk_01HXYZABCDEF1234567890ABCD', url: trigger.url };
		sandbox().faults.add({ route: 'learncoin.createWebhook', answer: { kind: 'body', status: 201, body: answer } });
		expect(await refusalOf(trigger)).toMatch(/no signing secret/);
		await trigger.call('delete');
		expect(registered()).toEqual([]);
	});
});

test('a test listener and the published workflow have each their own address, registration and data', async () => {
	const live = await published();
	const listener = await published({ isTest: true });
	expect(new Set(registered().map(({ url }) => url))).toEqual(new Set([live.url, listener.url]));
	expect(listener.state.data.secret).not.toBe(live.state.data.secret);

	await live.activate('update');
	expect(registered()).toHaveLength(2);
	await listener.call('delete');
	expect(registered().map(({ id }) => id)).toEqual([live.state.data.id]);
});
