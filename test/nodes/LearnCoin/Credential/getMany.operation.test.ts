import type { IDataObject } from 'n8n-workflow';

import { forgetHistories } from '../../../../lib/learncoin/issued/histories';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { anchoredBadges, badgeLearners, createBadges, fastAnchor, recipientId, runLearnCoin } from '../../../support/learncoin';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ learncoin: { signedAfterMs: 10, anchoredAfterMs: 20 } })));
afterAll(() => sandbox.stop());
beforeEach(() => {
	forgetHistories();
	sandbox.reset();
	Object.assign(sandbox.learncoin.settings, { anchoredAfterMs: 20, listHasCredentials: true });
});

const find = async (parameters: IDataObject) =>
	await runLearnCoin(sandbox, 'learnCoinCredential', { operation: 'getMany', findBy: 'all', returnAll: true, ...parameters });
const names = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.recipientName);

describe('a learner’s credentials', () => {
	it.each([true, false])(
		'are found by recipient ID, each with its batch, state and link (lists name credentials: %s)',
		async (listHasCredentials) => {
			sandbox.learncoin.settings.listHasCredentials = listHasCredentials;
			await anchoredBadges(sandbox, 3);
			await createBadges(sandbox, [{ ...badgeLearners(2)[1], course: 'Cooking' }], { ...fastAnchor, avoidDuplicates: 'none' });
			const { items } = await find({ findBy: 'recipientId', recipientId: recipientId(2).toUpperCase().replace('URN:UUID', 'urn:uuid') });
			expect(items.map(({ json }) => [json.achievementName, json.outcome])).toEqual([
				['Cooking', 'anchored'],
				['First Aid', 'anchored'],
			]);
			const truth = sandbox.learncoin.credentials().find(({ achievementName }) => achievementName === 'Cooking')!;
			expect(items[0]!.json).toMatchObject({
				recipient_id: recipientId(2),
				id: truth.id,
				batch_id: truth.batchId,
				revoked: false,
				erased: false,
			});
			expect(Object.keys(items[0]!.json).slice(0, 4)).toEqual(['recipient_id', 'recipientName', 'outcome', 'verify_url']);
		},
	);

	it('are found by their own ID and the namespace they were issued with', async () => {
		const derived = {
			recipientIdMode: 'derive',
			recipientReference: '={{ $json.name }}',
			recipientNamespace: 'a long text that nobody can guess',
		};
		await createBadges(sandbox, badgeLearners(3), { ...derived, ...fastAnchor });
		const learner = { findBy: 'learner', recipientReference: 'Learner 3', recipientNamespace: 'a long text that nobody can guess' };
		expect(names((await find(learner)).items)).toEqual(['Learner 3']);
		const other = await find({ ...learner, recipientNamespace: 'another long text that nobody can guess' });
		expect([other.error, other.items, other.hints]).toEqual([
			undefined,
			[],
			[expect.stringMatching('lists no such credential. Check the learner’s ID, and that the Namespace is the one')],
		]);
	});

	it('are pending where LearnCoin lists them before their batch is anchored', async () => {
		Object.assign(sandbox.learncoin.settings, { anchoredAfterMs: 3_600_000, credentialsAppearAt: 'pending' });
		await createBadges(sandbox, badgeLearners(1));
		const { items } = await find({ findBy: 'recipientId', recipientId: recipientId(1), details: false });
		sandbox.learncoin.settings.credentialsAppearAt = 'anchored';
		expect(items.map(({ json }) => json.outcome)).toEqual(['pending']);
	});

	it('that may be in an open batch are told of', async () => {
		sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
		await createBadges(sandbox, badgeLearners(2));
		forgetHistories();
		const { hints } = await find({ findBy: 'recipientId', recipientId: recipientId(1) });
		expect(hints).toEqual([
			'LearnCoin lists no such credential. Of 1 open batch LearnCoin does not say yet whose credentials are in them.',
		]);
	});
});

describe('all credentials', () => {
	it('come newest first, as many as wanted, and without a request for each where that is not wanted', async () => {
		await anchoredBadges(sandbox, 3);
		await createBadges(sandbox, [{ ...badgeLearners(9)[8] }], fastAnchor);
		sandbox.traffic.clear();
		const { items } = await find({ returnAll: false, limit: 2, details: false });
		expect(items.map(({ json }) => json.recipient_id)[0]).toBe(recipientId(9));
		expect(items).toHaveLength(2);
		expect(sandbox.traffic.requests().filter(({ route }) => route === 'learncoin.getCredential')).toEqual([]);
	});

	it('of batches since a day, and none of before', async () => {
		await anchoredBadges(sandbox, 2);
		const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
		const yesterday = new Date(Date.now() - 86_400_000).toISOString();
		expect((await find({ since: tomorrow })).items).toEqual([]);
		expect((await find({ since: yesterday })).items).toHaveLength(2);
	});
});

it.each([
	[{ findBy: 'recipientId', recipientId: 'ada@example.com' }, 'The recipient ID is an email address'],
	[{ findBy: 'recipientId', recipientId: '={{ "" }}' }, 'There is no recipient ID'],
	[{ findBy: 'learner', recipientReference: '={{ "" }}', recipientNamespace: 'x' }, 'There is no learner’s ID'],
	[{ findBy: 'somebody' }, 'Find By is “somebody”'],
	[{ since: 'soon' }, 'The value of Since'],
])('%p is refused with words', async (parameters, words) => {
	expect((await find(parameters)).error?.message).toMatch(words);
});
