import { forgetHistories } from '../../../../lib/learncoin/issued/histories';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearners, createBadges, fastAnchor } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ learncoin: { signedAfterMs: 10, anchoredAfterMs: 20 } })));
afterAll(() => sandbox.stop());
beforeEach(() => {
	forgetHistories();
	sandbox.reset();
	Object.assign(sandbox.learncoin.settings, { monthlyLimit: 4, tenantCounters: true });
});

const refusing = { avoidDuplicates: 'ledger', options: { ...fastAnchor.options, refuseBeyondCredits: true } };
const posts = () => sandbox.traffic.requests().filter(({ method }) => method === 'POST');

it('a list that is longer than what is left is not sent, for no item, however many batches it makes', async () => {
	const { items } = await createBadges(sandbox, badgeLearners(5), { ...refusing, batchSize: 2 }, continueOnFail);
	expect(items.map(({ json }) => json.outcome)).toEqual(Array(5).fill('failed'));
	expect(items[0]!.json).toMatchObject({
		error: 'LearnCoin has 4 credentials left this month, and 5 of this list would be issued',
		details: { attempts: 0, hint: expect.stringContaining('Nothing was sent') as string },
	});
	expect(posts()).toEqual([]);
});

it('with On Error = Stop, the message says so once', async () => {
	const { error } = await createBadges(sandbox, badgeLearners(5), refusing);
	expect(error?.message).toMatch('LearnCoin has 4 credentials left this month, and 5 of this list would be issued');
	expect(posts()).toEqual([]);
});

it('those who have it already do not count, and come out as such beside those who are refused', async () => {
	await createBadges(sandbox, badgeLearners(3), { ...fastAnchor, avoidDuplicates: 'ledger' });
	const fits = await createBadges(sandbox, badgeLearners(4), refusing, continueOnFail);
	expect(fits.items.map(({ json }) => json.outcome)).toEqual([...Array<string>(3).fill('alreadyIssued'), 'submitted']);
	const over = await createBadges(sandbox, badgeLearners(5), refusing, continueOnFail);
	expect(over.items.map(({ json }) => json.outcome)).toEqual([...Array<string>(4).fill('alreadyIssued'), 'failed']);
	expect(over.items[4]!.json.error).toBe('LearnCoin has 0 credentials left this month, and 1 of this list would be issued');
	expect(sandbox.learncoin.credentials()).toHaveLength(4);
});

it('a list in which everybody has it is no list to refuse', async () => {
	await createBadges(sandbox, badgeLearners(4), { ...fastAnchor, avoidDuplicates: 'ledger' });
	const { items } = await createBadges(sandbox, badgeLearners(4), refusing, continueOnFail);
	expect(items.map(({ json }) => json.outcome)).toEqual(Array(4).fill('alreadyIssued'));
});

it('checking only tells the same, and sends nothing', async () => {
	const { items } = await createBadges(sandbox, badgeLearners(5), { ...refusing, checkOnly: true }, continueOnFail);
	expect(items[0]!.json.error).toMatch('5 of this list would be issued');
	expect(posts()).toEqual([]);
});

it('where LearnCoin has no counters, nothing is sent on the quiet', async () => {
	sandbox.learncoin.settings.tenantCounters = false;
	const { items } = await createBadges(sandbox, badgeLearners(1), refusing, continueOnFail);
	expect(items[0]!.json.error).toBe('LearnCoin does not say how many credentials are left this month');
	expect(posts()).toEqual([]);
});

it('without the option, the tenant is not asked', async () => {
	const { items } = await createBadges(sandbox, badgeLearners(5), { avoidDuplicates: 'ledger' }, continueOnFail);
	expect(items.map(({ json }) => json.outcome)).toEqual(Array(5).fill('submitted'));
	expect(sandbox.traffic.requests().map(({ route }) => route)).not.toContain('learncoin.getTenant');
});
