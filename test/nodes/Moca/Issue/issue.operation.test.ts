import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Fault, type Sandbox } from '../../../../sandbox';
import { continueOnFail, issue, learner, learners, partnerCredential } from '../../../support/moca';

let sandbox: Sandbox;
const usual = {
	onChainAfterPolls: 1,
	onDuplicateIgnore: 'existing',
	conflictMessage: 'specific',
	declinedRecipients: [],
	featureEnabled: true,
	finalStatus: 'ONCHAIN',
} as const;
beforeAll(async () => (sandbox = await startSandbox({ moca: { onChainAfterPolls: 1 } })));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, { ...usual, declinedRecipients: [] });
});

const fast = { options: { pollInterval: 0.1 } };
const waits = { waitForOnChain: true, ...fast };
const fault = (answer: Fault['answer'], more: Partial<Fault> = {}) => sandbox.faults.add({ route: 'moca.issue', answer, ...more });
const outcomes = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.outcome ?? 'failed');
const issuedTo = () => sandbox.moca.issued().map(({ recipientEmail }) => recipientEmail);
const requests = (route = 'moca.issue') => sandbox.traffic.requests().filter((request) => request.route === route);
const detailsOf = (item: { json: IDataObject } | undefined) => item?.json.details as IDataObject;

describe('what comes out', () => {
	it('is one item for each input item, in input order, paired to it, with the API’s own fields', async () => {
		const { items } = await issue(sandbox, learners(12));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(learners(12).map((_, item) => ({ item })));
		expect(items.map(({ json }) => json.recipientEmail)).toEqual(learners(12).map(({ email }) => email));
		expect(Object.keys(items[0]!.json)).toEqual(['recipientEmail', 'outcome', 'coreClaimHash', 'credentialId', 'userUuid']);
		expect(new Set(outcomes(items))).toEqual(new Set(['issued']));
	});

	it('has the status’s fields too once it is on-chain', async () => {
		const { items } = await issue(sandbox, learners(2), waits);
		expect(items[1]!.json).toMatchObject({
			outcome: 'onChain',
			vcStatus: 'ONCHAIN',
			vcId: expect.any(String),
			userUuid: expect.any(String),
		});
	});

	it('is pending, with the hash, when the time is up', async () => {
		sandbox.moca.settings.onChainAfterPolls = 1000;
		const { items, hints, error } = await issue(sandbox, learners(1), {
			waitForOnChain: true,
			options: { pollInterval: 0.1, waitTimeout: 0.3 },
		});
		expect(items[0]!.json).toMatchObject({
			outcome: 'pending',
			vcStatus: 'WAIT_ONCHAIN',
			coreClaimHash: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		expect(hints.join()).toMatch('1 still open');
		expect(error).toBeUndefined();
	});

	it('is unknown for a state that is not documented, at once', async () => {
		sandbox.moca.settings.finalStatus = 'REMOVE';
		const { items } = await issue(sandbox, learners(1), waits);
		expect(items[0]!.json).toMatchObject({ outcome: 'unknown', vcStatus: 'REMOVE' });
		expect(requests('moca.status')).toHaveLength(1);
	});

	it('keeps the hash of what was issued when its status cannot be read', async () => {
		sandbox.faults.add({ route: 'moca.status', times: 50, answer: { kind: 'status', status: 401 } });
		const { items } = await issue(sandbox, learners(1), waits, continueOnFail);
		expect(items[0]!.json).toMatchObject({
			outcome: 'issued',
			coreClaimHash: expect.any(String),
			note: expect.stringMatching(/^Issued, but not confirmed\. .*signature/),
		});
	});

	it('waits on when a fresh hash is not found yet', async () => {
		sandbox.faults.add({ route: 'moca.status', times: 2, answer: { kind: 'status', status: 404 } });
		const { items } = await issue(sandbox, learners(1), waits);
		expect(outcomes(items)).toEqual(['onChain']);
	});
});

it('with Check Only, each row is ready or says what is wrong with it, and nothing is sent', async () => {
	const rows = [learner(1), { ...learner(2), email: 'nobody' }];
	const { items, hints } = await issue(sandbox, rows, { checkOnly: true, onDuplicate: 'revoke' }, continueOnFail);
	expect(items.map(({ json }) => [json.recipientEmail, json.outcome])).toEqual([
		[learner(1).email, 'ready'],
		['nobody', 'failed'],
	]);
	expect(hints[0]).toMatch(/^1 of 2 ready, 1 to look at/);
	expect(requests()).toEqual([]);
});

describe('nothing is issued twice', () => {
	it('when the same input runs again: the existing credential comes back', async () => {
		const first = await issue(sandbox, learners(5));
		const second = await issue(sandbox, learners(5));
		expect(sandbox.moca.issued()).toHaveLength(5);
		expect(second.items.map(({ json }) => json.coreClaimHash)).toEqual(first.items.map(({ json }) => json.coreClaimHash));
	});

	it('when the API answers a duplicate with 409: the item says alreadyIssued', async () => {
		sandbox.moca.settings.onDuplicateIgnore = 'conflict';
		await issue(sandbox, learners(2));
		const { items, error } = await issue(sandbox, learners(2), waits);
		expect(error).toBeUndefined();
		expect(outcomes(items)).toEqual(['alreadyIssued', 'alreadyIssued']);
		expect(sandbox.moca.issued()).toHaveLength(2);
	});

	it('and a 409 that does not tell duplicate from declined is not taken for either', async () => {
		Object.assign(sandbox.moca.settings, { onDuplicateIgnore: 'conflict', conflictMessage: 'generic' });
		await issue(sandbox, learners(1));
		const { items, hints } = await issue(sandbox, learners(1));
		expect(items[0]!.json).toMatchObject({ outcome: 'unknown', note: expect.stringMatching(/already or declined/) });
		expect(hints).toHaveLength(1);
	});

	it.each(['before', 'after'] as const)('when a connection drops %s the work was done', async (when) => {
		fault({ kind: 'drop', when });
		const { items } = await issue(sandbox, learners(1));
		expect(outcomes(items)).toEqual(['issued']);
		expect(sandbox.moca.issued()).toHaveLength(1);
		expect(requests()).toHaveLength(2);
	});

	it('when one transient 500 among 200 learners meets Retry On Fail (which issued 199 of 200 twice with generic nodes)', async () => {
		fault({ kind: 'status', status: 500 }, { recipientEmail: 'learner100@example.com', times: 3 });
		const run = await issue(
			sandbox,
			learners(200),
			{ options: { maxRetries: 0 } },
			{ node: { retryOnFail: true, maxTries: 5, waitBetweenTries: 0 } },
		);
		expect(run.error).toBeUndefined();
		expect(new Set(issuedTo()).size).toBe(200);
		expect(sandbox.moca.issued()).toHaveLength(200);
	});

	it('when Retry On Fail runs the node again because the first item out carries an error', async () => {
		const input = [{ ...learner(1), email: 'nobody' }, ...learners(3)];
		const retry = { onError: 'continueRegularOutput' as const, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const { items } = await issue(sandbox, input, {}, { node: retry });
		expect(requests()).toHaveLength(3);
		expect(sandbox.moca.issued()).toHaveLength(3);
		expect(outcomes(items)).toEqual(['failed', 'issued', 'issued', 'issued']);
	});

	it('when a learner stands twice in one input, also in other letters: one request follows the other', async () => {
		const own = await startSandbox({ latencyMs: 20 });
		await issue(own, [learner(1), { ...learner(1), email: 'Learner1@Example.com' }, learner(1)]);
		expect(own.traffic.maxInFlight()).toBe(1);
		await own.stop();
		const { items } = await issue(sandbox, [learner(1), { ...learner(1), email: 'Learner1@Example.com' }, learner(1)]);
		expect(sandbox.moca.issued()).toHaveLength(1);
		expect(outcomes(items)).toEqual(['issued', 'issued', 'issued']);
	});

	it.each([
		['a service that failed on the way', { kind: 'status', status: 500 }],
		['a lost answer', { kind: 'drop', when: 'after' }],
	] as Array<[string, Fault['answer']]>)(
		'when On Duplicate is Revoke and Retry On Fail meets %s: it may have issued',
		async (_, answer) => {
			fault(answer, { recipientEmail: 'learner1@example.com' });
			const retry = { onError: 'continueRegularOutput' as const, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
			await issue(sandbox, learners(3), { onDuplicate: 'revoke' }, { node: retry });
			expect(requests()).toHaveLength(3);
		},
	);

	it('when On Duplicate is Revoke and nobody knows whether a lost request arrived', async () => {
		fault({ kind: 'drop', when: 'after' });
		const { items } = await issue(sandbox, learners(1), { onDuplicate: 'revoke' }, continueOnFail);
		expect(items[0]!.json.error).toMatch(/no whole answer came/);
		expect(detailsOf(items[0]).hint).toMatch(/revoke and issue once more/);
		expect(sandbox.moca.issued()).toHaveLength(1);
	});
});

it('revokes the old credential and issues another when asked to', async () => {
	await issue(sandbox, learners(1));
	await issue(sandbox, learners(1), { onDuplicate: 'revoke' });
	expect(
		sandbox.moca
			.issued()
			.map(({ revoked }) => revoked)
			.sort(),
	).toEqual([false, true]);
});

describe('bad input', () => {
	const good = learner(1);
	it.each([
		['an empty email', { ...good, email: '' }, {}, /no email address/],
		['a malformed email', { ...good, email: 'lena(at)example.com' }, {}, /“lena\(at\)example.com” is not an email address/],
		['a malformed issuer DID', good, { issuerDid: 'air:id:test' }, /is not an issuer DID/],
		['an empty program', good, { program: { __rl: true, mode: 'id', value: '={{ "" }}' } }, /No issuance program/],
		['a subject that is a list', { ...good, subject: ['First Aid'] }, {}, /a list, not an object/],
		['a subject that is not JSON', { ...good, subject: '{"course": }' }, {}, /line 1, column 13/],
		['an expression that points nowhere', good, { recipientEmail: '={{ $("Nowhere").item.json.email }}' }, /Nowhere|referenced node/i],
	])('%s is that item’s own message, and nothing is sent for it', async (_, faulty, parameters, message) => {
		const { items } = await issue(sandbox, [faulty as IDataObject], parameters, continueOnFail);
		expect(items[0]!.json).toEqual({
			...('recipientEmail' in parameters ? {} : { recipientEmail: (faulty as IDataObject).email }),
			outcome: 'failed',
			error: expect.stringMatching(message),
			details: expect.objectContaining({ hint: expect.any(String), attempts: 0, retryable: false }),
		});
		expect(sandbox.traffic.requests()).toEqual([]);
	});

	it('goes to the error branch, with the keys that every n8n takes for a failure, and the input’s own fields', async () => {
		const input = [learner(1), { ...learner(2), email: 'nobody' }, learner(3)];
		const { items, errorItems } = await issue(sandbox, input, {}, { node: { onError: 'continueErrorOutput' } });
		expect(outcomes(items)).toEqual(['issued', 'issued']);
		expect(errorItems).toEqual([
			{
				json: {
					...input[1],
					error: '“nobody” is not an email address',
					message: expect.stringMatching(/^Enter one address .*\(nothing was sent\)$/) as unknown,
				},
				pairedItem: expect.anything() as unknown,
			},
		]);
	});

	it('leaves the other items alone with On Error = Continue', async () => {
		const { items, hints } = await issue(sandbox, [learner(1), { ...learner(2), email: 'nobody' }, learner(3)], {}, continueOnFail);
		expect(outcomes(items)).toEqual(['issued', 'failed', 'issued']);
		expect(items[1]!.pairedItem).toEqual({ item: 1 });
		expect(hints[0]).toMatch('2 of 3 issued');
	});

	it('keeps everything from being sent with On Error = Stop, and lists all that is faulty', async () => {
		const { error } = await issue(sandbox, [learner(1), { ...learner(2), email: 'nobody' }, { ...learner(3), subject: 'x' }]);
		expect(error!.message).toMatch(/“nobody” is not an email address \(and 1 more of 3 items\)/);
		expect(error!.description).toMatch(/Item 1: .*Item 2: .*Nothing was sent/);
		expect(sandbox.traffic.requests()).toEqual([]);
	});

	const key = (privateKey: string) => ({ credential: { ...partnerCredential(sandbox), privateKey } });
	it('a key that is none is told as such, and nothing is sent', async () => {
		const { items } = await issue(sandbox, learners(2), {}, { ...continueOnFail, ...key('not a key') });
		expect(items.map(({ json }) => json.error)).toEqual(Array(2).fill('The private key is not a key that can be read'));
		expect(sandbox.traffic.requests()).toEqual([]);
	});

	it('a custom address that is not https is refused', async () => {
		const credential = { ...partnerCredential(sandbox), apiBaseUrl: 'http://api.example.com/v1' };
		const { items } = await issue(sandbox, learners(1), {}, { ...continueOnFail, credential });
		expect(items[0]!.json.error).toMatch(/is not https/);
	});

	it.each([
		['concurrency', 51],
		['concurrency', 2.5],
		['maxRetries', -1],
		['timeout', 5],
		['requestsPerSecond', 'many'],
	])('an option out of range (%s = %p) is refused before anything is sent', async (name, value) => {
		const { error } = await issue(sandbox, learners(1), { options: { [name]: value } });
		expect(error!.message).toMatch(/out of range/);
		expect(sandbox.traffic.requests()).toEqual([]);
	});
});

describe('what Moca refuses is explained', () => {
	it.each([
		[400, /refused the data/, /schema/],
		[401, /partner’s signature/, /JWKS/],
		[403, /may not issue/, /Issue on Behalf/],
		[404, /does not know the issuer or the program/, /published/],
	])('%i names the documented causes, quotes Moca, and is not tried again', async (status, happened, hint) => {
		fault({ kind: 'status', status, body: { error: status, message: 'Said by Moca' } });
		const { items } = await issue(sandbox, learners(1), {}, continueOnFail);
		expect(items[0]!.json.error).toMatch(happened);
		expect(items[0]!.json.error).toMatch(/learner1@example.com.*Moca says: Said by Moca/);
		expect(detailsOf(items[0])).toMatchObject({ httpStatus: status, attempts: 1, retryable: false, hint: expect.stringMatching(hint) });
		expect(requests()).toHaveLength(1);
	});

	it('409 after the learner declined', async () => {
		sandbox.moca.settings.declinedRecipients.push('learner1@example.com');
		const { items } = await issue(sandbox, learners(1), {}, continueOnFail);
		expect(items[0]!.json.error).toMatch(/declined credentials from you/);
	});

	it('a gateway’s page is not shown, and the request is sent again', async () => {
		fault({ kind: 'html', status: 502 }, { times: 9 });
		const { items } = await issue(sandbox, learners(1), { options: { maxRetries: 1 } }, continueOnFail);
		expect(items[0]!.json.error).toMatch(/could not answer now \(HTTP 502, asked 2 times\)/);
		expect(JSON.stringify(items[0]!.json)).not.toMatch(/<|html/i);
		expect(detailsOf(items[0])).toMatchObject({ attempts: 2, retryable: true });
	});

	it.each([
		['is cut off', { kind: 'truncated' }, /not JSON, or was cut off/],
		['is not JSON', { kind: 'html', status: 200 }, /not JSON, or was cut off/],
		['lacks coreClaimHash', { kind: 'body', status: 200, body: { credentialId: 'x' } }, /has no coreClaimHash/],
		['is a list', { kind: 'body', status: 200, body: [] }, /not JSON, or was cut off/],
	] as Array<[string, Fault['answer'], RegExp]>)(
		'a 200 that %s: the outcome is not known, and it says that running again is safe',
		async (_, answer, message) => {
			fault(answer);
			const { items } = await issue(sandbox, learners(1), {}, continueOnFail);
			expect(items[0]!.json.error).toMatch(message);
			expect(detailsOf(items[0]).hint).toMatch(/nobody who has this credential gets a second one/);
			const again = await issue(sandbox, learners(1));
			expect(outcomes(again.items)).toEqual(['issued']);
			expect(sandbox.moca.issued()).toHaveLength(1);
		},
	);

	it('a service that cannot be reached is told without system words', async () => {
		const credential = { ...partnerCredential(sandbox), apiBaseUrl: 'http://127.0.0.1:1/v1' };
		const { items } = await issue(sandbox, learners(1), { options: { maxRetries: 1 } }, { ...continueOnFail, credential });
		expect(items[0]!.json.error).toMatch(/Moca could not be reached in 2 attempts/);
		expect(detailsOf(items[0])).toMatchObject({ code: 'ECONNREFUSED', attempts: 2, retryable: true });
	});

	it('a request that takes longer than Timeout is sent again', async () => {
		fault({ kind: 'slow', delayMs: 2000 });
		const { items } = await issue(sandbox, learners(1), { options: { timeout: 200 } });
		expect(outcomes(items)).toEqual(['issued']);
		expect(sandbox.moca.issued()).toHaveLength(1);
	});
});

describe('with On Error = Stop', () => {
	it('no new request starts after a failure, and the error tells what was done and that running again is safe', async () => {
		fault({ kind: 'status', status: 404 }, { recipientEmail: 'learner3@example.com' });
		const { error } = await issue(sandbox, learners(40), { options: { concurrency: 2 } });
		expect(error!.message).toMatch(/learner3@example.com did not work/);
		expect(error!.description).toMatch(
			/Of 40 items, [2-4] issued or there already, 1 did not work, 3[5-7] not started\..*Running again is safe/,
		);
		expect(requests().length).toBeLessThanOrEqual(5);
		expect(error!.context).toMatchObject({ itemIndex: 2 });
	});

	it('with Revoke, the error says what running again would do', async () => {
		fault({ kind: 'status', status: 404 });
		const { error } = await issue(sandbox, learners(1), { onDuplicate: 'revoke' });
		expect(error!.description).toMatch(/take out the items that went through/);
	});
});

describe('how requests are sent', () => {
	it('never has more in flight than Concurrency, polls and retries included', async () => {
		const own = await startSandbox({ latencyMs: 5, moca: { onChainAfterPolls: 2 } });
		own.faults.add({ route: 'moca.issue', times: 10, answer: { kind: 'status', status: 503 } });
		await issue(own, learners(60), { waitForOnChain: true, options: { concurrency: 7, pollInterval: 0.1 } });
		expect(own.traffic.maxInFlight()).toBe(7);
		await own.stop();
	});

	it('issues first and looks later, so that nobody waits longer than the limits have it', async () => {
		const own = await startSandbox({ latencyMs: 20, moca: { onChainAfterMs: 0 } });
		const { items } = await issue(own, learners(60), { waitForOnChain: true, options: { concurrency: 4, pollInterval: 0.1 } });
		const routes = own.traffic.requests().map(({ route }) => route);
		await own.stop();
		expect(new Set(outcomes(items))).toEqual(new Set(['onChain']));
		const before = routes.slice(0, routes.lastIndexOf('moca.issue')).filter((route) => route === 'moca.status');
		// Not none: a place that would stay empty is given to a look.
		expect(before.length).toBeLessThan(10);
	});

	it('signs for each recipient on its own', async () => {
		await issue(sandbox, learners(3));
		expect(issuedTo().sort()).toEqual(learners(3).map(({ email }) => email));
	});

	it('signs for each item with the n8n credential as it is for that item', async () => {
		const { partner, ecPartner } = sandbox.moca;
		const partners = [partner, ecPartner, partner];
		await issue(
			sandbox,
			learners(3),
			{},
			{
				credential: (item) => {
					const { partnerId, keyId, issuerDid, privateKeyPem: privateKey } = partners[item]!;
					return { ...partnerCredential(sandbox), partnerId, keyId, issuerDid, privateKey };
				},
			},
		);
		const issuers = new Map(sandbox.moca.issued().map(({ recipientEmail, issuerDid }) => [recipientEmail, issuerDid]));
		expect(learners(3).map(({ email }) => issuers.get(email as string))).toEqual(partners.map(({ issuerDid }) => issuerDid));
	});

	it('waits as long as Retry-After says, and holds the others back too', async () => {
		fault({ kind: 'status', status: 429, headers: { 'Retry-After': '1' } });
		await issue(sandbox, learners(3), { options: { concurrency: 1 } });
		const [first, ...rest] = requests().map(({ at }) => at);
		expect(Math.min(...rest) - first!).toBeGreaterThanOrEqual(990);
	});

	it('sends with n8n’s ES256 key just as well', async () => {
		const { ecPartner } = sandbox.moca;
		const { partnerId, keyId, issuerDid, privateKeyPem: privateKey } = ecPartner;
		const { items } = await issue(
			sandbox,
			learners(1),
			{},
			{ credential: { ...partnerCredential(sandbox), partnerId, keyId, issuerDid, privateKey } },
		);
		expect(outcomes(items)).toEqual(['issued']);
	});
});

it('asks for nothing more once the execution is cancelled, apart from what is on its way', async () => {
	sandbox.moca.settings.onChainAfterPolls = 1000;
	const polls = () => requests('moca.status').length;
	const waiting = { waitForOnChain: true, options: { pollInterval: 0.1, waitTimeout: 60 } };
	await issue(sandbox, learners(20), waiting, { cancelOnce: () => polls() > 0 });
	await sleep(500);
	const before = polls();
	await sleep(1500);
	expect(polls()).toBe(before);
});
