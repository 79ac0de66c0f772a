import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { anchoredBadges, badgeLearner, createBadges, fastAnchor, recipientId, runLearnCoin } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

let sandbox: Sandbox;
let oldId: string;
beforeAll(async () => (sandbox = await startSandbox({ learncoin: { signedAfterMs: 20, anchoredAfterMs: 60 } })));
afterAll(() => sandbox.stop());
beforeEach(async () => {
	sandbox.reset();
	Object.assign(sandbox.learncoin.settings, { idempotencyTtlMs: 86_400_000, listHasCredentials: true, failBatches: false });
	oldId = (await anchoredBadges(sandbox, 1))[0]!.id as string;
});

const reissue = (parameters: IDataObject = {}, settings = {}) =>
	runLearnCoin(
		sandbox,
		'learnCoinCredential',
		{
			operation: 'reissue',
			credentialId: oldId,
			credentialSource: 'fields',
			recipientName: 'Ada Lovelace',
			reason: 'The name was wrong',
			options: { pollInterval: 0.1, waitTimeout: 10, maxRetries: 0 },
			...parameters,
		},
		settings,
	);

const credentials = () => sandbox.learncoin.credentials();
const find = (id: string) => credentials().find((credential) => credential.id === id)!;
const writes = () => sandbox.traffic.requests().filter(({ method }) => method === 'POST').length;

it('issues the corrected credential, anchors it, and then revokes the old one as reissued', async () => {
	const { items, error } = await reissue();
	expect(error).toBeUndefined();
	expect(credentials()).toHaveLength(2);
	const { id } = items[0]!.json;
	expect(items[0]!.json).toMatchObject({ outcome: 'anchored', replaces: oldId, replaced_revoked: true, recipientName: 'Ada Lovelace' });
	expect(items[0]!.json.verify_url).toMatch(String(id));
	expect(find(id as string)).toMatchObject({ recipientName: 'Ada Lovelace', achievementName: 'First Aid', recipientId: recipientId(1) });
	expect(sandbox.traffic.requests().at(-1)).toMatchObject({
		route: 'learncoin.revokeCredential',
		body: { reason: 'The name was wrong', reason_code: 'reissued' },
	});
	expect(find(oldId)).toMatchObject({ revoked: true });
});

it('keeps what stays empty, and the date of the old one', async () => {
	const before = find(oldId).issuanceDate;
	const { items } = await reissue({ recipientName: '', achievementName: 'First Aid, Part 1' });
	const corrected = find(items[0]!.json.id as string);
	expect(corrected).toMatchObject({ recipientName: 'Learner 1', achievementName: 'First Aid, Part 1', issuanceDate: before });
});

it('takes corrections as JSON, and leaves out what is null', async () => {
	const json = { recipient: { name: 'Ada' }, expirationDate: '31.12.2030' };
	const { items } = await reissue({ credentialSource: 'json', credentialJson: JSON.stringify(json) });
	const first = items[0]!.json.id as string;
	oldId = first;
	const { items: again } = await reissue({ credentialSource: 'json', credentialJson: '{"expirationDate": null}' });
	const posted = sandbox.traffic.requests().filter(({ route }) => route === 'learncoin.createBatch');
	const sent = posted.slice(-2).map(({ body }) => (body as { credentials: IDataObject[] }).credentials[0]!.expirationDate);
	expect(sent).toEqual(['2030-12-31T00:00:00Z', undefined]);
	expect(again[0]!.json).toMatchObject({ replaces: first, replaced_revoked: true });
});

describe('running it again is safe', () => {
	it.each([
		['the same day', 86_400_000],
		['when LearnCoin has forgotten the key', 0],
	])('%s: nothing is issued, and the new one comes out again', async (_, idempotencyTtlMs) => {
		sandbox.learncoin.settings.idempotencyTtlMs = idempotencyTtlMs;
		const first = await reissue();
		sandbox.traffic.clear();
		const second = await reissue();
		expect(second.items[0]!.json).toMatchObject({ outcome: 'alreadyIssued', id: first.items[0]!.json.id, replaced_revoked: true });
		expect(writes()).toBe(0);
		expect(credentials()).toHaveLength(2);
	});

	it.each([
		['the same day', 86_400_000],
		['when LearnCoin has forgotten the key', 0],
	])('after the revocation failed, %s: the new one is named, and the next run revokes the old one alone', async (_, idempotencyTtlMs) => {
		sandbox.learncoin.settings.idempotencyTtlMs = idempotencyTtlMs;
		sandbox.faults.add({ route: 'learncoin.revokeCredential', answer: { kind: 'status', status: 503 } });
		const first = await reissue();
		expect(first.error?.message).toMatch(/^crd_\w+ is issued in place of crd_\w+, but both count now\. Revoking crd_\w+ did not work/);
		expect(first.error?.description).toMatch('nothing is issued twice');
		const second = await reissue();
		expect(second.items[0]!.json).toMatchObject({ outcome: 'anchored', replaced_revoked: true });
		expect(credentials()).toHaveLength(2);
		expect(find(oldId)).toMatchObject({ revoked: true });
	});

	it('with Retry On Fail, those whose new one was on its way when another failed are brought to an end by the next try', async () => {
		const olds = (await createBadges(sandbox, [badgeLearner(2), badgeLearner(3)], fastAnchor)).items.map(({ json }) => String(json.id));
		Object.assign(sandbox.learncoin.settings, { signedAfterMs: 100, anchoredAfterMs: 400 });
		sandbox.faults.add({ route: 'learncoin.createBatch', fromCall: 2, answer: { kind: 'status', status: 503 } });
		const { items, error } = await reissue(
			{ credentialId: '={{ $json.old }}', options: { pollInterval: 0.1, waitTimeout: 10, maxRetries: 0, concurrency: 1 } },
			{ input: olds.map((old) => ({ old })), node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
		);
		Object.assign(sandbox.learncoin.settings, { signedAfterMs: 20, anchoredAfterMs: 60 });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.replaced_revoked)).toEqual([true, true]);
		expect(olds.map((old) => find(old).revoked)).toEqual([true, true]);
		expect(credentials()).toHaveLength(1 + 2 + 2);
	});

	it('finds the new one also where the list leaves the credentials of a batch out', async () => {
		Object.assign(sandbox.learncoin.settings, { idempotencyTtlMs: 0, listHasCredentials: false });
		const first = await reissue();
		const second = await reissue();
		expect(second.items[0]!.json.id).toBe(first.items[0]!.json.id);
		expect(credentials()).toHaveLength(2);
	});

	it('another credential of the same learner is not taken for the corrected one', async () => {
		await createBadges(sandbox, [{ ...badgeLearner(1), course: 'Cooking' }], fastAnchor);
		const { items } = await reissue();
		expect(items[0]!.json).toMatchObject({ outcome: 'anchored', replaces: oldId });
		expect(credentials()).toHaveLength(3);
	});
});

describe('the old one stays as long as the new one is not there', () => {
	it('a new one that is not anchored in time is pending, and the old one still counts', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		const { items } = await reissue({ options: { pollInterval: 0.1, waitTimeout: 0.3 } });
		sandbox.learncoin.settings.anchoredAfterMs = 60;
		expect(items[0]!.json).toMatchObject({ outcome: 'pending', replaces: oldId, replaced_revoked: false });
		expect(items[0]!.json.note).toMatch('is not revoked yet');
		expect(find(oldId)).toMatchObject({ revoked: false });
	});

	it('a new one that is given up comes out as failed, and the old one still counts', async () => {
		sandbox.learncoin.settings.failBatches = true;
		const { items } = await reissue();
		expect(items[0]!.json).toMatchObject({ outcome: 'failed', replaced_revoked: false });
		expect(find(oldId)).toMatchObject({ revoked: false });
	});
});

describe('what can’t be corrected is said before anything is sent', () => {
	it.each([
		['nothing to correct', { recipientName: '' }, /^There is nothing to correct$/],
		['the same again', { recipientName: 'Learner 1' }, /^There is nothing to correct$/],
		['another learner', { credentialSource: 'json', credentialJson: `{"recipient":{"id":"${recipientId(9)}"}}` }, /another recipient ID/],
		['a date that can be read in two ways', { issuanceDate: '01/02/2026' }, /can be read in two ways/],
		['JSON that is none', { credentialSource: 'json', credentialJson: '{' }, /^What is to be corrected is not valid JSON/],
		['no ID', { credentialId: '={{ "" }}' }, /^There is no credential ID$/],
		['no reason', { reason: ' ' }, /^There is no reason for revoking$/],
	])('%s', async (_, parameters, message) => {
		const sent = writes();
		const { error } = await reissue(parameters);
		expect(error?.message).toMatch(message);
		expect(writes()).toBe(sent);
	});

	it('an erased credential', async () => {
		await runLearnCoin(sandbox, 'learnCoinCredential', {
			operation: 'erase',
			credentialId: oldId,
			requester: 'recipient',
			verifiedAt: '2026-11-21T00:00:00Z',
		});
		expect((await reissue()).error?.message).toMatch(/was erased on request/);
		expect(credentials()).toHaveLength(1);
	});

	it('a credential that was revoked for another reason', async () => {
		await runLearnCoin(sandbox, 'learnCoinCredential', {
			operation: 'revoke',
			credentialId: oldId,
			reason: 'Cheated',
			reasonCode: 'other',
		});
		const { items } = await reissue({}, continueOnFail);
		expect(items[0]!.json.error).toMatch(/is revoked already, and no credential with the corrected data was found/);
		expect(credentials()).toHaveLength(1);
	});

	it('another correction within 24 hours, which LearnCoin tells by the key', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		await reissue({ options: { pollInterval: 0.1, waitTimeout: 0.2 } });
		const { error } = await reissue({ recipientName: 'Somebody Else', options: { pollInterval: 0.1, waitTimeout: 0.2 } });
		sandbox.learncoin.settings.anchoredAfterMs = 60;
		expect(error?.message).toMatch(/^Reissuing crd_\w+ did not work/);
		expect(error?.description).toMatch('A correction of this credential with other data was sent within the last 24 hours');
		expect(sandbox.learncoin.batches()).toHaveLength(2);
	});
});
