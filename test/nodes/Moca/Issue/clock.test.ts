import { generateKeyPairSync } from 'node:crypto';

import { startSandboxProcess, type RemoteSandbox } from '../../../../scripts/bench/sandboxProcess';
import { defaultMocaSettings } from '../../../../sandbox/moca/settings';
import type { Sandbox } from '../../../../sandbox';
import { continueOnFail, issue, learners, partnerCredential, status } from '../../../support/moca';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();
const minute = 60;

/** Moca's clock, with an eye on what a token says of its start. */
const mocaIsAhead = (seconds: number) =>
	Object.assign(sandbox().moca.settings, { clockAheadSeconds: seconds, issuedAtToleranceSeconds: minute });

const optional = ['issuedAtToleranceSeconds', 'dateHeader', 'ageHeader'] as const;
beforeEach(() => {
	for (const name of optional) delete sandbox().moca.settings[name];
	Object.assign(sandbox().moca.settings, defaultMocaSettings());
});

const otherKey = (): string =>
	generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
const statuses = () =>
	sandbox()
		.traffic.requests()
		.map((request) => request.status);

describe.each([
	['10 minutes behind', 10 * minute],
	['10 minutes ahead of', -10 * minute],
	['14 hours behind', 14 * 60 * minute],
])('with a clock that is %s Moca’s', (words, seconds) => {
	beforeEach(() => mocaIsAhead(seconds));

	it.each(['ignore', 'revoke'])('everybody gets one credential (On Duplicate: %s)', async (onDuplicate) => {
		const { items, error } = await issue(sandbox(), learners(5), { onDuplicate, options: { concurrency: 1, maxRetries: 0 } });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.outcome)).toEqual(Array(5).fill('issued'));
		expect(sandbox().moca.issued()).toHaveLength(5);
		// One refusal told the time.
		expect(statuses()).toEqual([401, 200, 200, 200, 200, 200]);
	});

	it('the status is found, too', async () => {
		const { items } = await issue(sandbox(), learners(1));
		const { items: found } = await status(sandbox(), [{ email: 'learner1@example.com', hash: items[0]!.json.coreClaimHash as string }]);
		expect(found[0]!.json).toMatchObject({ vcStatus: expect.any(String) });
	});

	it('a wrong key is told as one, and what the clock has to do with it', async () => {
		const credential = { ...partnerCredential(sandbox()), privateKey: otherKey() };
		const { items } = await issue(sandbox(), learners(1), {}, { ...continueOnFail, credential });
		expect(items[0]!.json.error).toMatch(/the private key is not the counterpart of the key/);
		expect(JSON.stringify(items[0]!.json)).toMatch(new RegExp(`It is not the time: this machine’s clock is ${words} Moca’s`));
	});

	it('an unknown key ID is told as one', async () => {
		const credential = { ...partnerCredential(sandbox()), keyId: 'nobody' };
		const { items } = await issue(sandbox(), learners(1), {}, { ...continueOnFail, credential });
		expect(items[0]!.json.error).toMatch(/has no key with the Key ID/);
	});
});

it('a later run finds the time out anew: nothing is kept longer than a run', async () => {
	mocaIsAhead(10 * minute);
	await issue(sandbox(), learners(1));
	await issue(sandbox(), learners(2).slice(1));
	expect(statuses()).toEqual([401, 200, 401, 200]);
});

describe('a clock that no token is made for', () => {
	it.each([
		['without a Date, Moca’s words tell', { dateHeader: '' }, /finds the time in the token wrong/],
		['garbage for a Date tells nothing', { dateHeader: 'soon' }, /finds the time in the token wrong/],
		['a cached Date tells nothing', { ageHeader: '86400' }, /finds the time in the token wrong/],
		['a Date in the year 9999', { dateHeader: 'Fri, 31 Dec 9999 23:59:59 GMT' }, /this machine’s clock is 79\d\d years behind Moca’s/],
	])('%s', async (_, settings, message) => {
		mocaIsAhead(10 * minute);
		Object.assign(sandbox().moca.settings, settings);
		const { items } = await issue(sandbox(), learners(1), {}, continueOnFail);
		expect(items[0]!.json.error).toMatch(message);
		expect(JSON.stringify(items[0]!.json)).toMatch(/Set the clock of the machine/);
		expect(statuses()).toEqual([401]);
	});

	it('with a generic refusal and no Date, the clock is one of what to check; with a Date that agrees it isn’t', async () => {
		const { settings } = sandbox().moca;
		const hintOf = async (dateHeader?: string) => {
			Object.assign(settings, { unauthorizedMessage: 'generic', ...(dateHeader !== undefined && { dateHeader }) });
			const credential = { ...partnerCredential(sandbox()), privateKey: otherKey() };
			return JSON.stringify((await issue(sandbox(), learners(1), {}, { ...continueOnFail, credential })).items[0]!.json);
		};
		expect(await hintOf()).toMatch(/this machine’s clock agrees with Moca’s/);
		expect(await hintOf('')).toMatch(/the Scope; the clock of this machine/);
	});
});

describe('with this machine’s clock really off, and Moca on another machine', () => {
	let remote: RemoteSandbox & { stop(): Promise<void> };
	beforeAll(async () => (remote = await startSandboxProcess({ moca: { issuedAtToleranceSeconds: minute } })));
	afterAll(() => remote.stop());
	afterEach(() => void jest.restoreAllMocks());

	it.each([12 * minute, -12 * minute])('by %d s, everybody gets a credential', async (seconds) => {
		const rightTime = Date.now.bind(Date);
		jest.spyOn(Date, 'now').mockImplementation(() => rightTime() + seconds * 1000);
		const { items, error } = await issue(remote as unknown as Sandbox, learners(3), { waitForOnChain: true, onDuplicate: 'revoke' });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.outcome)).toEqual(Array(3).fill('onChain'));
	});
});
