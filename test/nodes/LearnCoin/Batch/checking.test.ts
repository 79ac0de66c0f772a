import { forgetHistories } from '../../../../lib/learncoin/issued/histories';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearner, badgeLearners, createBadges, fastAnchor, recipientId } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ learncoin: { signedAfterMs: 10, anchoredAfterMs: 20 } })));
afterAll(() => sandbox.stop());
beforeEach(() => {
	forgetHistories();
	sandbox.reset();
});
afterEach(() => (sandbox.learncoin.settings.anchoredAfterMs = 20));

const check = { avoidDuplicates: 'ledger', checkOnly: true };
const writes = () => sandbox.traffic.requests().filter(({ method }) => method !== 'GET');

it('each row says whether it would be sent, is issued already, or what is wrong with it; nothing is sent', async () => {
	await createBadges(sandbox, badgeLearners(2), fastAnchor);
	sandbox.traffic.clear();
	const rows = [...badgeLearners(3), { ...badgeLearner(4), urn: 'ada@example.com' }];
	const { items, hints } = await createBadges(sandbox, rows, check, continueOnFail);
	expect(items.map(({ json }) => [json.recipientName, json.outcome])).toEqual([
		['Learner 1', 'alreadyIssued'],
		['Learner 2', 'alreadyIssued'],
		['Learner 3', 'ready'],
		['Learner 4', 'failed'],
	]);
	expect(items[0]!.json).toMatchObject({ recipient_id: recipientId(1), id: sandbox.learncoin.credentials()[0]!.id });
	expect(hints[0]).toMatch(/^3 of 4 ready or issued before, 1 to look at/);
	expect(writes()).toEqual([]);
});

it('with On Error = Stop, faulty rows are told in one message, which says that nothing was sent', async () => {
	const { error } = await createBadges(sandbox, [badgeLearner(1), { ...badgeLearner(2), urn: '={{ "" }}' }], check);
	expect(error?.description).toMatch('Nothing was sent');
	expect(writes()).toEqual([]);
});

it('who may be in an open batch is ready, and told so', async () => {
	sandbox.learncoin.settings.anchoredAfterMs = 3_600_000;
	await createBadges(sandbox, badgeLearners(2), { avoidDuplicates: 'ledger' });
	forgetHistories();
	const { items } = await createBadges(sandbox, [badgeLearner(1), badgeLearner(1)], check);
	expect(items.map(({ json }) => json.outcome)).toEqual(['ready', 'ready']);
	expect(items[0]!.json.note).toMatch('if this learner is, nothing is sent again');
	expect(items[1]!.json.note).toMatch('it is one credential');
});

it('where each run is meant, nobody is asked for', async () => {
	await createBadges(sandbox, badgeLearners(1), fastAnchor);
	sandbox.traffic.clear();
	const { items } = await createBadges(sandbox, badgeLearners(1), { ...check, avoidDuplicates: 'none' });
	expect([items[0]!.json.outcome, sandbox.traffic.requests().length]).toEqual(['ready', 0]);
});
