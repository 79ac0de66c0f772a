import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearner, badgeLearners, createBadges, fastAnchor, recipientId } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ learncoin: { signedAfterMs: 50, anchoredAfterMs: 150 } })));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const posts = () => sandbox.traffic.requests().filter(({ route }) => route === 'learncoin.createBatch');

describe('items become credentials, credentials become batches', () => {
	it('sends one batch for a list, and gives each item its batch', async () => {
		const { items, error } = await createBadges(sandbox, badgeLearners(3));
		expect(error).toBeUndefined();
		const [batch] = sandbox.learncoin.batches();
		expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toMatchObject(
			[1, 2, 3].map((number, item) => ({
				json: { batch_id: batch?.id, outcome: 'submitted', recipient_id: recipientId(number), recipientName: `Learner ${number}` },
				pairedItem: { item },
			})),
		);
		expect(items[0]?.json).not.toHaveProperty('id');
	});

	it('1,200 items become 3 batches; their links come back paired, in input order; again the same day creates nothing', async () => {
		const { items, error } = await createBadges(sandbox, badgeLearners(1200), fastAnchor);
		expect(error).toBeUndefined();
		expect(sandbox.learncoin.batches().map(({ credentials_count }) => credentials_count)).toEqual([500, 500, 200]);
		expect(items.map(({ json }) => json.recipient_id)).toEqual(badgeLearners(1200).map(({ urn }) => urn));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(badgeLearners(1200).map((_, item) => ({ item })));
		const byRecipient = new Map(sandbox.learncoin.credentials().map(({ id, recipientId: of }) => [of, id]));
		for (const { json } of items) expect(json).toMatchObject({ outcome: 'anchored', id: byRecipient.get(json.recipient_id as string) });

		const again = await createBadges(sandbox, badgeLearners(1200), fastAnchor);
		expect(sandbox.learncoin.batches()).toHaveLength(3);
		expect(again.items.map(({ json }) => json.id)).toEqual(items.map(({ json }) => json.id));
	});

	it('gives id, verify_url, batch_id and anchor_transaction of each anchored credential', async () => {
		const { items } = await createBadges(sandbox, badgeLearners(2), fastAnchor);
		expect(items[1]?.json).toMatchObject({
			id: expect.stringMatching(/^crd_/) as unknown,
			verify_url: expect.stringMatching(/\/c\/crd_/) as unknown,
			batch_id: expect.stringMatching(/^bat_/) as unknown,
			anchor_transaction: { chain: 'base-sepolia' },
			status: 'anchored',
			outcome: 'anchored',
		});
	});

	it.each(['reversed', 'request'] as const)('joins by recipient, with the batch in %s order', async (credentialOrder) => {
		sandbox.learncoin.settings.credentialOrder = credentialOrder;
		const { items } = await createBadges(sandbox, badgeLearners(5), fastAnchor);
		for (const { json } of items) {
			expect(sandbox.learncoin.credentials().find(({ id }) => id === json.id)?.recipientId).toBe(json.recipient_id);
		}
	});

	it('never puts the same recipient into one batch twice, so both come out right', async () => {
		const input = [badgeLearner(1), { ...badgeLearner(1), course: 'Cooking' }, badgeLearner(2)];
		const { items } = await createBadges(sandbox, input, fastAnchor);
		expect(sandbox.learncoin.batches().map(({ credentials_count }) => credentials_count)).toEqual([2, 1]);
		const achievements = new Map(sandbox.learncoin.credentials().map(({ id, achievementName }) => [id, achievementName]));
		expect(items.map(({ json }) => achievements.get(json.id as string))).toEqual(['First Aid', 'Cooking', 'First Aid']);
	});

	it('gives one item for each batch, paired to all its items', async () => {
		const { items } = await createBadges(sandbox, badgeLearners(5), { ...fastAnchor, batchSize: 2, output: 'batches' });
		expect(items.map(({ json, pairedItem }) => [json.credentials_count, json.outcome, pairedItem])).toEqual([
			[2, 'anchored', [{ item: 0 }, { item: 1 }]],
			[2, 'anchored', [{ item: 2 }, { item: 3 }]],
			[1, 'anchored', [{ item: 4 }]],
		]);
	});

	it('derives a recipient ID that is the same for the same learner and namespace', async () => {
		const derive = { recipientIdMode: 'derive', recipientReference: '={{ $json.name }}', recipientNamespace: 'academy of quiet rivers' };
		const first = await createBadges(sandbox, badgeLearners(2), derive);
		const [one, two] = first.items.map(({ json }) => json.recipient_id);
		expect(one).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		expect(two).not.toBe(one);
		const second = await createBadges(sandbox, badgeLearners(1), {
			...derive,
			recipientNamespace: 'another long one that nobody can guess',
		});
		expect(second.items[0]?.json.recipient_id).not.toBe(one);
	});

	it('sends only what is filled, with dates in UTC', async () => {
		await createBadges(sandbox, [badgeLearner(1)], {
			issuanceDate: '31.12.2026',
			expirationDate: '12/31/2027',
			criteriaNarrative: 'Passed the exam.',
			alignment: { alignment: [{ targetFramework: 'O*NET', targetCode: '29-2042.00', targetName: '', targetUrl: '' }] },
			evidence: { evidence: [{ id: 'https://example.com/ada', narrative: '' }] },
		});
		expect(posts()[0]?.body).toEqual({
			credentials: [
				{
					recipient: { id: recipientId(1), name: 'Learner 1' },
					achievement: {
						name: 'First Aid',
						description: 'Knows what to do until help comes.',
						criteria: { narrative: 'Passed the exam.' },
						alignment: [{ targetFramework: 'O*NET', targetCode: '29-2042.00' }],
					},
					issuanceDate: '2026-12-31T00:00:00Z',
					expirationDate: '2027-12-31T00:00:00Z',
					evidence: [{ id: 'https://example.com/ada', type: ['Evidence'] }],
				},
			],
		});
	});

	it('takes an empty issuance date for today at 00:00 UTC, so that a later run sends the same', async () => {
		await createBadges(sandbox, [badgeLearner(1)]);
		expect(sandbox.learncoin.credentials()[0]?.issuanceDate).toBe(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`);
	});

	it('takes a whole credential as JSON, and sends what the API does not document as it is', async () => {
		const credential = {
			recipient: { id: recipientId(7), name: 'Ada', auto_claim: true },
			achievement: { name: 'First Aid', description: 'Helps.', difficulty: 'beginner' },
			issuanceDate: '2026-12-31',
			result: { score: 3 },
		};
		const { items } = await createBadges(sandbox, [{ credential }], {
			credentialSource: 'json',
			credentialJson: '={{ $json.credential }}',
		});
		expect(items[0]?.json).toMatchObject({ outcome: 'submitted', recipient_id: recipientId(7), recipientName: 'Ada' });
		expect(posts()[0]?.body).toEqual({ credentials: [{ ...credential, issuanceDate: '2026-12-31T00:00:00Z' }] });
	});
});

describe('a bad row is reported alone, and the rest go', () => {
	const bad: Array<[string, object, object, RegExp]> = [
		['an email address as recipient ID', { urn: 'ada@example.com' }, {}, /must not hold personal data/],
		['a UUID without urn:uuid:', { urn: '6f1c9d5e-8a35-4b0c-9c39-000000000001' }, {}, /lacks its beginning/],
		['no name', { name: '' }, {}, /The recipient has no name/],
		[
			'a date that can be read in two ways',
			{ date: '01/02/2026' },
			{ issuanceDate: '={{ $json.date }}' },
			/1 February 2026 and as 2 January 2026/,
		],
		[
			'a spreadsheet’s number for a date',
			{ date: 46387 },
			{ issuanceDate: '={{ $json.date }}' },
			/spreadsheet’s number for 31 December 2026/,
		],
		['an expiration before the issuance', { date: '2020-01-01' }, { expirationDate: '={{ $json.date }}' }, /would expire on 2020-01-01/],
		[
			'an achievement over 64 KB',
			{ text: 'x'.repeat(66_000) },
			{ criteriaNarrative: '={{ $json.text }}' },
			/has 65 KB; LearnCoin takes 64/,
		],
	];

	it.each(bad)('%s', async (_what, row, parameters, message) => {
		const input = [badgeLearner(1), { ...badgeLearner(2), ...row }, badgeLearner(3)];
		const { items } = await createBadges(sandbox, input, { ...parameters }, continueOnFail);
		expect(items.map(({ json }) => json.outcome)).toEqual(['submitted', 'failed', 'submitted']);
		expect(items[1]?.json.error).toMatch(message);
		expect(Object.keys(items[1]?.json ?? {})).toEqual(['recipient_id', 'recipientName', 'outcome', 'error', 'details']);
		expect(items[1]?.json.details).toMatchObject({ attempts: 0, hint: expect.stringMatching(/\w/) as unknown });
		expect(sandbox.learncoin.credentials().map(({ recipientId: id }) => id)).toEqual([recipientId(1), recipientId(3)]);
	});

	it('JSON that holds a list of several credentials', async () => {
		const credential = { recipient: { id: recipientId(1), name: 'Ada' }, achievement: { name: 'First Aid', description: 'Helps.' } };
		const { items } = await createBadges(
			sandbox,
			[{ body: { credentials: [credential, credential] } }],
			{ credentialSource: 'json', credentialJson: '={{ $json.body }}' },
			continueOnFail,
		);
		expect(items[0]?.json).toMatchObject({
			outcome: 'failed',
			error: 'The JSON holds a list of 2 credentials, and each item is to be one',
			details: { hint: expect.stringContaining('Split Out') as string },
		});
		expect(posts()).toHaveLength(0);
	});

	it('an alignment framework that the form’s list does not have', async () => {
		const alignment = { alignment: [{ targetFramework: '={{ "Lightcast" }}' }] };
		const { items } = await createBadges(sandbox, [badgeLearner(1)], { alignment }, continueOnFail);
		expect(items[0]?.json).toMatchObject({ outcome: 'failed', error: '“Lightcast” is not an alignment framework of the list' });
		expect(posts()).toHaveLength(0);
	});

	it('a namespace that is guessed in no time', async () => {
		const derive = { recipientIdMode: 'derive', recipientReference: '={{ $json.name }}', recipientNamespace: 'x' };
		const { items } = await createBadges(sandbox, [badgeLearner(1)], derive, continueOnFail);
		expect(items[0]?.json).toMatchObject({
			outcome: 'failed',
			error: 'Learner 1: The namespace is too short: 16 characters are the least',
		});
		expect(posts()).toHaveLength(0);
	});

	it('a number of the school’s own, with the field of this form that takes it', async () => {
		const { items } = await createBadges(sandbox, [{ ...badgeLearner(1), urn: '100231' }], {}, continueOnFail);
		const { error, details } = items[0]!.json as { error: string; details: { hint: string } };
		expect(error).toBe('Learner 1: “100231” is not a recipient ID');
		expect(details.hint).toMatch('choose Derived From the Learner’s ID as Recipient ID From');
	});

	it('stops before anything is sent when On Error is Stop, and lists the bad rows', async () => {
		const { error } = await createBadges(sandbox, [badgeLearner(1), { ...badgeLearner(2), urn: 'x' }]);
		expect(error?.message).toMatch(/^Learner 2: “x” is not a recipient ID/);
		expect(error?.description).toMatch('Nothing was sent');
		expect(posts()).toHaveLength(0);
	});

	it('keeps a row’s place, so that once it is corrected the other batches are recognised', async () => {
		const faulty = badgeLearners(6).map((learner, index) => (index === 0 ? { ...learner, name: '' } : learner));
		await createBadges(sandbox, faulty, { batchSize: 3 }, continueOnFail);
		await createBadges(sandbox, badgeLearners(6), { batchSize: 3 });
		expect(sandbox.learncoin.batches().map(({ credentials_count }) => credentials_count)).toEqual([2, 3, 3]);
	});

	it('lets a recipient ID that LearnCoin may not take go alone', async () => {
		const other = 'urn:uuid:6f1c9d5e-8a35-1b0c-9c39-000000000001';
		const { items } = await createBadges(
			sandbox,
			[badgeLearner(1), { ...badgeLearner(2), urn: other }, badgeLearner(3)],
			{},
			continueOnFail,
		);
		expect(items.map(({ json }) => json.outcome)).toEqual(['submitted', 'failed', 'submitted']);
		expect(items[1]?.json.error).toMatch(/^Issuing to Learner 2 did not work: LearnCoin did not take a recipient ID/);
		expect(items[1]?.json.details).toMatchObject({
			httpStatus: 400,
			code: 'recipient_id_invalid',
			requestId: expect.stringMatching(/^req_/) as unknown,
		});
	});
});

describe('limits are checked before sending', () => {
	it.each([501, 0, 1.5, 'many'])('refuses a batch size of %p', async (batchSize) => {
		const { error } = await createBadges(sandbox, badgeLearners(2), { batchSize });
		expect(error?.message).toMatch(`Batch Size is ${batchSize}; LearnCoin takes from 1 to 500`);
		expect(posts()).toHaveLength(0);
	});

	it('refuses an own key of 256 characters, and takes one of 255', async () => {
		const { error } = await createBadges(sandbox, badgeLearners(1), { idempotencyKey: 'k'.repeat(256) });
		expect(error?.message).toBe('The idempotency key has 256 characters; LearnCoin takes 255');
		const { items } = await createBadges(sandbox, badgeLearners(1), { idempotencyKey: 'k'.repeat(255) });
		expect(items[0]?.json.outcome).toBe('submitted');
	});
});

describe('nothing is issued twice', () => {
	it('an own key is sent as it is, and numbered for further batches', async () => {
		await createBadges(sandbox, badgeLearners(5), { batchSize: 2, idempotencyKey: 'spring-2026', options: { concurrency: 1 } });
		expect(posts().map(({ headers }) => headers['idempotency-key'])).toEqual(['spring-2026', 'spring-2026-2', 'spring-2026-3']);
	});

	it('the same own key with other credentials is explained', async () => {
		await createBadges(sandbox, badgeLearners(1), { idempotencyKey: 'spring-2026' });
		const { error } = await createBadges(sandbox, badgeLearners(2), { idempotencyKey: 'spring-2026' });
		expect(error?.message).toMatch(
			/^Issuing to Learner 1 did not work: this idempotency key was used within the last 24 hours for something else/,
		);
		expect(error?.description).toMatch('Use another Idempotency Key');
		expect(sandbox.learncoin.batches()).toHaveLength(1);
	});

	it('sends again what got no answer, and it is recognised', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'drop', when: 'after' } });
		const { items } = await createBadges(sandbox, badgeLearners(3), fastAnchor);
		expect(items.map(({ json }) => json.outcome)).toEqual(['anchored', 'anchored', 'anchored']);
		expect(sandbox.learncoin.batches()).toHaveLength(1);
	});

	it('n8n’s Retry On Fail, which runs all items again, brings back the batches that went through', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'drop', when: 'after' } });
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 500 } });
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0, onError: 'continueRegularOutput' as const };
		const { items } = await createBadges(sandbox, badgeLearners(6), { batchSize: 2, options: { maxRetries: 0 } }, { node });
		expect(items.map(({ json }) => json.outcome)).toEqual(Array.from({ length: 6 }, () => 'submitted'));
		expect(sandbox.learncoin.batches()).toHaveLength(3);
	});

	it('names whose row it is that LearnCoin does not take', async () => {
		const body = { error: { code: 'invalid_field_format', message: 'credentials[1].recipient.name is too long', request_id: 'req_1' } };
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 400, body } });
		const input = [{ ...badgeLearner(1), urn: 'x' }, badgeLearner(2), badgeLearner(3)];
		const { items } = await createBadges(sandbox, input, {}, continueOnFail);
		expect(items[1]?.json.details).toMatchObject({ hint: expect.stringMatching(/credentials\[1\] is item 2, Learner 3\./) as unknown });
	});

	it('issues anew in each run when duplicates are wanted', async () => {
		await createBadges(sandbox, badgeLearners(1), { avoidDuplicates: 'none' });
		await createBadges(sandbox, badgeLearners(1), { avoidDuplicates: 'none' });
		expect(sandbox.learncoin.batches()).toHaveLength(2);
	});

	it('with On Error = Stop, tells what was done nonetheless', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', fromCall: 2, answer: { kind: 'status', status: 403 } });
		const { error } = await createBadges(sandbox, badgeLearners(6), { batchSize: 2, options: { concurrency: 1 } });
		expect(error?.description).toMatch('Of 6 items, 2 sent or issued before, 2 did not work, 2 not started.');
		expect(error?.description).toMatch('Running the same items again within 24 hours is safe');
		expect(sandbox.learncoin.batches()).toHaveLength(1);
	});
});

describe('waiting', () => {
	it('a batch that is given up comes out as failed, with LearnCoin’s words', async () => {
		sandbox.learncoin.settings.failBatches = true;
		const { items, hints } = await createBadges(sandbox, badgeLearners(2), fastAnchor);
		sandbox.learncoin.settings.failBatches = false;
		expect(items[0]?.json).toMatchObject({ outcome: 'failed', status: 'failed', batch_error: sandbox.learncoin.settings.batchError });
		expect(items[0]?.json.note).toMatch('nothing of it is anchored');
		expect(hints[0]).toMatch('2 given up by the service');
	});

	it('time up is no failure: pending, with the batch ID for a later look', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		const { items } = await createBadges(sandbox, badgeLearners(1), {
			waitForAnchor: true,
			options: { pollInterval: 0.1, waitTimeout: 0.5 },
		});
		sandbox.learncoin.settings.anchoredAfterMs = 150;
		expect(items[0]?.json).toMatchObject({ outcome: 'pending', batch_id: expect.stringMatching(/^bat_/) as unknown });
	});

	it('a state that cannot be read does not lose the batch', async () => {
		sandbox.faults.add({ route: 'learncoin.getBatch', times: 9, answer: { kind: 'status', status: 403 } });
		const { items } = await createBadges(sandbox, badgeLearners(1), fastAnchor);
		expect(items[0]?.json).toMatchObject({ outcome: 'pending', batch_id: expect.stringMatching(/^bat_/) as unknown });
		expect(items[0]?.json.note).toMatch('The batch was accepted');
	});

	it('an undocumented state ends the wait as unknown', async () => {
		const body = { id: 'bat_01HXYZABCDEF1234567890ABCD', status: 'quarantined' };
		sandbox.faults.add({ route: 'learncoin.getBatch', answer: { kind: 'body', status: 200, body } });
		const { items } = await createBadges(sandbox, badgeLearners(1), fastAnchor);
		expect(items[0]?.json).toMatchObject({ outcome: 'unknown', status: 'quarantined' });
	});

	it('looks no more once the execution is cancelled', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		const looks = () => sandbox.traffic.requests().filter(({ route }) => route === 'learncoin.getBatch').length;
		await createBadges(
			sandbox,
			badgeLearners(1),
			{ waitForAnchor: true, options: { pollInterval: 1 } },
			{ cancelOnce: () => sandbox.learncoin.batches().length > 0 },
		);
		const before = looks();
		await new Promise((resolve) => setTimeout(resolve, 2500));
		sandbox.learncoin.settings.anchoredAfterMs = 150;
		expect(looks()).toBe(before);
	});
});

describe('JSON as LearnCoin’s own pages show it', () => {
	const credential = (number: number, framework?: string) => ({
		recipient: { id: recipientId(number), name: `Learner ${number}` },
		achievement: {
			name: 'First Aid',
			description: 'Helps.',
			...(framework !== undefined && { alignment: [{ targetFramework: framework, targetName: 'First aid' }] }),
		},
	});
	const fromJson = async (input: IDataObject[]) =>
		await createBadges(sandbox, input, { credentialSource: 'json', credentialJson: '={{ $json }}' }, continueOnFail);

	it('a whole body with one credential is that credential', async () => {
		const { items } = await fromJson([{ credentials: [credential(1)] }]);
		expect(items[0]?.json).toMatchObject({ recipient_id: recipientId(1), outcome: 'submitted' });
		expect(sandbox.learncoin.credentials()).toHaveLength(1);
	});

	it('an alignment framework that not all pages know is sent as it is, in a batch apart, and told', async () => {
		sandbox.learncoin.settings.alignmentFrameworks = ['ESCO', 'Lightcast'];
		const { items } = await fromJson([credential(1), credential(2, 'Lightcast'), credential(3, 'esco')]);
		expect(items.map(({ json }) => json.outcome)).toEqual(['submitted', 'submitted', 'submitted']);
		expect(items.map(({ json }) => json.note)).toEqual([
			undefined,
			expect.stringMatching('disagree on whether it takes the alignment framework “Lightcast”; it was sent as it is'),
			undefined,
		]);
		expect(sandbox.learncoin.batches().map(({ credentials_count: count }) => count)).toEqual([2, 1]);
	});

	it('where LearnCoin refuses it, the others are issued all the same', async () => {
		sandbox.learncoin.settings.alignmentFrameworks = ['ESCO'];
		const { items } = await fromJson([credential(1), credential(2, 'Lightcast')]);
		expect(items.map(({ json }) => json.outcome)).toEqual(['submitted', 'failed']);
		expect(items[1]?.json.error).toMatch('LearnCoin does not know an alignment framework');
	});
});
