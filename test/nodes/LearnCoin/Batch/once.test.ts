import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearner, badgeLearners, createBadges, fastAnchor, recipientId } from '../../../support/learncoin';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ learncoin: { signedAfterMs: 20, anchoredAfterMs: 60 } })));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());
afterEach(() => jest.restoreAllMocks());

const credentials = () => sandbox.learncoin.credentials();
const outcomes = (items: Array<{ json: IDataObject }>) => [...new Set(items.map(({ json }) => json.outcome))];
const anchored = async () => {
	for (let waited = 0; waited < 100 && sandbox.learncoin.batches().some(({ status }) => status !== 'anchored'); waited++)
		await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('a batch is known by its learners, not by its bytes', () => {
	it('the same list in another order is the same batch', async () => {
		const first = await createBadges(sandbox, badgeLearners(40));
		const second = await createBadges(sandbox, badgeLearners(40).reverse());
		expect(second.items[0]!.json).toMatchObject({ recipient_id: recipientId(40), batch_id: first.items[0]!.json.batch_id });
		expect(credentials()).toHaveLength(40);
	});

	it.each([
		['the moment as issuance date', { issuanceDate: '={{ $now }}' }],
		['the moment in a credential as JSON', jsonWith('$now.toISO()')],
		['today in an expression', { issuanceDate: '={{ $today }}' }],
	])('with %s, the second run finds the first one’s batch', async (_, parameters) => {
		await createBadges(sandbox, badgeLearners(5), parameters);
		await anchored();
		const { items, error } = await createBadges(sandbox, badgeLearners(5), parameters);
		expect(error).toBeUndefined();
		expect(credentials()).toHaveLength(5);
		for (const { json } of items) expect(json).toMatchObject({ batch_id: sandbox.learncoin.batches()[0]!.id });
	});

	it.each(['', '={{ $now }}'])('after midnight UTC the date %p is another one, and the learners are the same', async (issuanceDate) => {
		await createBadges(sandbox, badgeLearners(5), { issuanceDate });
		await anchored();
		const day = 86_400_000;
		const untilTomorrow = day - (Date.now() % day) + 60_000;
		const now = Date.now.bind(Date);
		jest.spyOn(Date, 'now').mockImplementation(() => now() + untilTomorrow);
		const { items } = await createBadges(sandbox, badgeLearners(5), { issuanceDate });
		expect(outcomes(items)).toEqual(['alreadyIssued']);
		expect(credentials()).toHaveLength(5);
	});

	it('other details within 24 hours issue nothing new, and each learner gets the credential and its link', async () => {
		await createBadges(sandbox, badgeLearners(3));
		await anchored();
		const { items } = await createBadges(sandbox, badgeLearners(3), { achievementDescription: 'Said in other words.' });
		expect(items.map(({ json }) => [json.outcome, json.recipient_id, json.id])).toEqual(
			[1, 2, 3].map((number) => [
				'alreadyIssued',
				recipientId(number),
				credentials().find((credential) => credential.recipientId === recipientId(number))!.id,
			]),
		);
		expect(items[0]!.json.note).toMatch(/with other details, and nothing new was issued\. To change .* Reissue\.$/);
		expect(items[0]!.json.verify_url).toMatch(/\/c\/crd_/);
	});

	it('a batch that LearnCoin does not show yet is not called issued, and nothing is issued again', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		await createBadges(sandbox, badgeLearners(3));
		const { items } = await createBadges(sandbox, badgeLearners(3), { achievementDescription: 'Said in other words.' });
		sandbox.learncoin.settings.anchoredAfterMs = 60;
		expect(outcomes(items)).toEqual(['unknown']);
		expect(items[0]!.json).toMatchObject({ recipient_id: recipientId(1), recipientName: 'Learner 1' });
		expect(items[0]!.json.note).toMatch('not known whether it is on its way or was given up');
		expect(sandbox.learncoin.batches()).toHaveLength(1);
	});

	it('of two badges that a cohort gets on one day, the right one is found', async () => {
		const cooking = badgeLearners(3).map((learner) => ({ ...learner, course: 'Cooking' }));
		const first = await createBadges(sandbox, badgeLearners(3));
		await createBadges(sandbox, cooking);
		await anchored();
		const { items } = await createBadges(sandbox, badgeLearners(3), { achievementDescription: 'Said in other words.' });
		expect(items[0]!.json.batch_id).toBe(first.items[0]!.json.batch_id);
	});

	it('learners of a batch that was given up are not told that they have it, also where LearnCoin lists none of them', async () => {
		sandbox.learncoin.settings.failBatches = true;
		await createBadges(sandbox, badgeLearners(2), fastAnchor);
		sandbox.learncoin.settings.failBatches = false;
		const { items } = await createBadges(sandbox, badgeLearners(2), { achievementDescription: 'Said in other words.' });
		expect(outcomes(items)).toEqual(['unknown']);
	});

	it('a look-up that fails does not make what was sent unsent', async () => {
		await createBadges(sandbox, badgeLearners(2));
		await anchored();
		sandbox.faults.add({ route: 'learncoin.listBatches', times: 9, answer: { kind: 'status', status: 503 } });
		const { items, error } = await createBadges(sandbox, badgeLearners(2), {
			achievementDescription: 'Said in other words.',
			options: { maxRetries: 0 },
		});
		sandbox.faults.clear();
		expect(error).toBeUndefined();
		expect(outcomes(items)).toEqual(['unknown']);
	});

	it('what LearnCoin gave up and lists is sent anew by the next run', async () => {
		sandbox.learncoin.settings.failBatches = true;
		await createBadges(sandbox, badgeLearners(2), fastAnchor);
		sandbox.learncoin.settings.failBatches = false;
		sandbox.learncoin.settings.credentialsAppearAt = 'pending';
		const { items } = await createBadges(sandbox, badgeLearners(2), { achievementDescription: 'Said in other words.' });
		sandbox.learncoin.settings.credentialsAppearAt = 'anchored';
		expect(items.map(({ json }) => json.outcome)).not.toContain('failed');
	});
});

describe('the same row twice in one input is one credential with two answers', () => {
	it('in one batch, whose ID and link both get', async () => {
		const { items } = await createBadges(sandbox, [badgeLearner(1), badgeLearner(2), badgeLearner(1)], fastAnchor);
		expect(credentials()).toHaveLength(2);
		expect(items.map(({ json }) => json.outcome)).toEqual(['anchored', 'anchored', 'alreadyIssued']);
		expect(items[2]!.json).toMatchObject({ id: items[0]!.json.id, verify_url: items[0]!.json.verify_url });
		expect(items[2]!.json.note).toBe('The same learner and achievement stands in item 0 too: it is one credential.');
	});

	it('also with other details, which is said', async () => {
		const { items } = await createBadges(sandbox, [badgeLearner(1), { ...badgeLearner(1), name: 'Ada' }]);
		expect(credentials()).toHaveLength(1);
		expect(items[1]!.json.note).toMatch('Its details are taken from there.');
	});

	it('the same course on two days of their own is two credentials, and again none', async () => {
		const input = [
			{ ...badgeLearner(1), on: '2025-05-01' },
			{ ...badgeLearner(1), on: '2026-05-01' },
		];
		await createBadges(sandbox, input, { issuanceDate: '={{ $json.on }}' });
		expect(credentials()).toHaveLength(2);
		await createBadges(sandbox, input, { issuanceDate: '={{ $json.on }}' });
		expect(credentials()).toHaveLength(2);
	});

	it('with Avoid Duplicates = No, a try after a lost answer sends the same once more, whatever the moment is now', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'drop', when: 'after' } });
		const { items, error } = await createBadges(
			sandbox,
			badgeLearners(2),
			{ avoidDuplicates: 'none', issuanceDate: '={{ $now }}', options: { maxRetries: 0 } },
			{ node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 10 } },
		);
		expect(error).toBeUndefined();
		expect(outcomes(items)).toEqual(['submitted']);
		expect(credentials()).toHaveLength(2);
	});

	it('with Avoid Duplicates = No, each row is meant', async () => {
		await createBadges(sandbox, [badgeLearner(1), badgeLearner(1)], { avoidDuplicates: 'none' });
		expect(credentials()).toHaveLength(2);
	});
});

it('the line above the output counts learners, also where one item stands for a whole batch', async () => {
	sandbox.learncoin.settings.failBatches = true;
	const { hints } = await createBadges(sandbox, badgeLearners(5), { ...fastAnchor, output: 'batches' });
	sandbox.learncoin.settings.failBatches = false;
	expect(hints[0]).toMatch(/^0 of 5 .*5 given up by the service/);
});

function jsonWith(date: string): IDataObject {
	const credential =
		'{ recipient: { id: $json.urn, name: $json.name }, achievement: { name: $json.course, description: "Helps." }, issuanceDate: DATE }';
	return { credentialSource: 'json', credentialJson: `={{ ${credential.replace('DATE', date)} }}` };
}
