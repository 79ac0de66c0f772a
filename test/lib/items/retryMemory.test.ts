import { startSandbox, type Sandbox } from '../../../sandbox';
import { badgeLearner, badgeLearners, createBadges, recipientId } from '../../support/learncoin';
import { continueOnFail, issue, learner, learners } from '../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const noRepeat = { options: { maxRetries: 0, concurrency: 1 } };
const failOnce = (route: string, status = 500, skip = 0) =>
	sandbox.faults.add({ route, fromCall: skip + 1, answer: { kind: 'status', status } });
const issuedTo = () => sandbox.moca.issued().map(({ recipientEmail }) => recipientEmail);

describe('n8n’s Retry On Fail resumes: what went through is not sent again', () => {
	it.each([
		['first', 0],
		['in the middle', 10],
		['last', 19],
	])('with Revoke, when the one %s of twenty fails: each learner is issued to once', async (_, skip) => {
		failOnce('moca.issue', 429, skip);
		const { items, error } = await issue(sandbox, learners(20), { onDuplicate: 'revoke', ...noRepeat }, { node: retry });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.recipientEmail, json.outcome])).toEqual(learners(20).map(({ email }) => [email, 'issued']));
		expect(new Set(issuedTo()).size).toBe(20);
		expect(issuedTo()).toHaveLength(20);
	});

	it('with Revoke, a learner of whom nobody knows is not issued to again, and is told as such; the others are', async () => {
		sandbox.faults.add({ route: 'moca.issue', answer: { kind: 'drop', when: 'after' } });
		const { error } = await issue(sandbox, learners(5), { onDuplicate: 'revoke', ...noRepeat }, { node: retry });
		expect(error?.message).toMatch(/^Issuing to learner1@example.com did not work: no whole answer came/);
		expect(issuedTo()).toHaveLength(5);
		expect(new Set(issuedTo()).size).toBe(5);
	});

	it('with Avoid Duplicates = No, one faulty first row: the others are issued to once', async () => {
		const input = [{ ...badgeLearner(1), urn: 'nobody' }, ...badgeLearners(20).slice(1)];
		const node = { ...retry, ...continueOnFail.node };
		const { items } = await createBadges(sandbox, input, { avoidDuplicates: 'none' }, { node });
		expect(items.map(({ json }) => json.outcome)).toEqual(['failed', ...Array<string>(19).fill('submitted')]);
		expect(sandbox.learncoin.credentials()).toHaveLength(19);
	});

	it('with Avoid Duplicates = No, an answer that was lost is asked for under the same key, so that nothing is issued twice', async () => {
		sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'drop', when: 'after' } });
		const { items, error } = await createBadges(sandbox, badgeLearners(5), { avoidDuplicates: 'none', ...noRepeat }, { node: retry });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.recipient_id)).toEqual([1, 2, 3, 4, 5].map(recipientId));
		expect(sandbox.learncoin.credentials()).toHaveLength(5);
	});
});

it('another execution remembers nothing: Revoke does again what it is for', async () => {
	await issue(sandbox, [learner(1)], { onDuplicate: 'revoke' }, { node: retry });
	await issue(sandbox, [learner(1)], { onDuplicate: 'revoke' }, { node: retry });
	expect(issuedTo()).toHaveLength(2);
});
