import { ConnectionFailure, SendingStopped, type Answer } from '../../../../lib/http/types';
import {
	checkClaimHash,
	checkCredentialSubject,
	checkIssuerDid,
	checkProgramId,
	checkRecipientEmail,
} from '../../../../lib/moca/issuing/checks';
import { createMocaClient, type IssueRequest, type OnDuplicate } from '../../../../lib/moca/issuing/client';
import { startSandbox, type Fault, type Sandbox } from '../../../../sandbox';
import { mocaClient } from '../../../support/clients';
import { failureOf } from '../../../support/failures';
import { answer, fakeSend } from '../../../support/fakes';
import { mocaHints } from '../../../support/hints';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => {
	sandbox.reset();
	Object.assign(sandbox.moca.settings, { onDuplicateIgnore: 'existing', conflictMessage: 'specific' });
});

const email = checkRecipientEmail('ada@example.com');
const hash = checkClaimHash('ab'.repeat(32));
const request = (onDuplicate: OnDuplicate = 'ignore'): IssueRequest => ({
	recipientEmail: email,
	issuerDid: checkIssuerDid(sandbox.moca.partner.issuerDid),
	programId: checkProgramId(sandbox.moca.programs[0]!.credentialId),
	subject: checkCredentialSubject({ course: 'First Aid', score: 80 }),
	onDuplicate,
});
const fault = (reply: Fault['answer'], route = 'moca.issue') => sandbox.faults.add({ route, answer: reply });
const sent = () => sandbox.traffic.requests();

/** A client that gets this one answer, and what it asked. */
const answered = (outcome: Answer | Error) => {
	const { send, requests } = fakeSend(outcome);
	return { client: createMocaClient(send, 'https://api.example.com/v1', mocaHints), requests };
};

describe('issuing', () => {
	it.each(['ignore', 'revoke'] as const)('sends the documented body, and always On Duplicate with it: %s', async (onDuplicate) => {
		await mocaClient(sandbox).issue(request(onDuplicate));
		const { issuerDid, programId, subject } = request();
		expect(sent()).toHaveLength(1);
		expect(sent()[0]).toMatchObject({ method: 'POST', path: '/v1/credentials/issue-on-behalf', recipientEmail: email });
		expect(sent()[0]!.body).toEqual({ issuerDid, credentialId: programId, credentialSubject: subject, onDuplicate });
	});

	it('gives the hash, and every field of the answer', async () => {
		const result = await mocaClient(sandbox).issue(request());
		const { coreClaimHash, userUuid } = sandbox.moca.issued()[0]!;
		expect(result).toEqual({
			kind: 'accepted',
			coreClaimHash,
			fields: { coreClaimHash, credentialId: request().programId, userUuid },
		});
	});

	it('finds the fields below “data”, too', async () => {
		fault({ kind: 'body', status: 200, body: { code: 0, data: { coreClaimHash: hash, more: 1 } } });
		const result = await mocaClient(sandbox).issue(request());
		expect(result).toEqual({ kind: 'accepted', coreClaimHash: hash, fields: { coreClaimHash: hash, more: 1 } });
	});

	it('takes the flat fields, as documented, where there is “data” as well', async () => {
		fault({ kind: 'body', status: 200, body: { coreClaimHash: hash, data: { coreClaimHash: 'other' } } });
		expect(await mocaClient(sandbox).issue(request())).toMatchObject({ coreClaimHash: hash });
	});

	it.each([
		['no hash', { credentialId: 'c' }],
		['an empty one', { coreClaimHash: '' }],
		['one that is no text', { coreClaimHash: 12 }],
		['none below “data” either', { data: { credentialId: 'c' } }],
	])('an answer with %s is unreadable, and says what it lacks and for whom', async (_, body) => {
		fault({ kind: 'body', status: 200, body });
		const { message, details } = await failureOf(mocaClient(sandbox).issue(request()));
		expect(message).toContain('coreClaimHash');
		expect(message).toContain(email);
		expect(details).toMatchObject({ httpStatus: 200, code: 'unreadable_answer', attempts: 1, retryable: true });
	});

	it.each(['', '<html>Welcome</html>', '[]', '"text"', '{"coreClaimHash": "ab'])('%p is unreadable, and not shown', async (text) => {
		const { message, details } = await failureOf(answered(answer(200, text)).client.issue(request()));
		expect(details).toMatchObject({ httpStatus: 200, code: 'unreadable_answer', retryable: true });
		expect(`${message}${details.hint}`).not.toContain('Welcome');
	});
});

describe('sending again', () => {
	const repeatOf = async (onDuplicate: string) => {
		const { client, requests } = answered(answer(200, { coreClaimHash: hash }));
		await client.issue(request(onDuplicate as OnDuplicate));
		return requests[0]!.repeat;
	};

	it('with Ignore, a repeat does no harm: anything may be sent again', async () => {
		expect(await repeatOf('ignore')).toBe('anything');
		fault({ kind: 'drop', when: 'after' });
		expect(await mocaClient(sandbox).issue(request('ignore'))).toMatchObject({ kind: 'accepted' });
		expect(sent()).toHaveLength(2);
		expect(sandbox.moca.issued()).toHaveLength(1);
	});

	it('with Revoke, a repeat would revoke and issue once more: only what was surely not processed is sent again', async () => {
		expect(await repeatOf('revoke')).toBe('unprocessed');
		fault({ kind: 'drop', when: 'after' });
		const { details } = await failureOf(mocaClient(sandbox).issue(request('revoke')));
		expect(details).toMatchObject({ httpStatus: null, attempts: 1 });
		expect(sent()).toHaveLength(1);
		expect(sandbox.moca.issued()).toHaveLength(1);
	});

	it('with Revoke, a request that met an overload is sent again', async () => {
		fault({ kind: 'status', status: 429 });
		expect(await mocaClient(sandbox).issue(request('revoke'))).toMatchObject({ kind: 'accepted' });
		expect(sent()).toHaveLength(2);
	});

	// The types let only the two words in; this is about what comes from somewhere without types.
	it.each(['', 'Ignore', 'IGNORE', 'ignore ', 'keep'])('%p is not Ignore: nobody knows that a repeat of it does no harm', async (word) => {
		expect(await repeatOf(word)).toBe('unprocessed');
	});

	it('what is said about running again differs, and warns of Revoke alone', async () => {
		const hintOf = async (onDuplicate: OnDuplicate) =>
			(await failureOf(answered(answer(503)).client.issue(request(onDuplicate)))).details.hint;
		expect(await hintOf('revoke')).toMatch(/revoke/i);
		expect(await hintOf('ignore')).not.toMatch(/revoke/i);
	});
});

describe('a 409', () => {
	const conflict = (body: unknown, onDuplicate?: OnDuplicate) => answered(answer(409, body)).client.issue(request(onDuplicate));

	it.each([
		['already exists', 'duplicate'],
		['conflict', 'unclear'],
	])('(“%s”) after an attempt whose answer was lost may be this run’s own credential', async (message, kind) => {
		const result = await answered({ ...answer(409, { error: 409, message }), attempts: 2, mayHaveBeenDone: true }).client.issue(request());
		expect(result).toMatchObject({ kind, note: expect.stringContaining('may be this run’s own, issued just now') as string });
		expect(result).not.toMatchObject({ note: expect.stringMatching(/nothing new was issued|Nothing was issued/) as string });
	});

	it('that revokes is repeated only after attempts that did nothing, so none is this run’s own', async () => {
		const result = await answered({ ...answer(409, { error: 409, message: 'exists' }), attempts: 2, mayHaveBeenDone: true }).client.issue(
			request('revoke'),
		);
		expect(result).toMatchObject({ note: expect.stringContaining('nothing new was issued') as string });
	});

	it.each(['The user already has this credential', 'Duplicate credential', 'Credential EXISTS'])(
		'%p is a duplicate, for the recipient, in Moca’s words',
		async (message) => {
			const result = await conflict({ error: 409, message });
			expect(result.kind).toBe('duplicate');
			expect(result).toMatchObject({ note: expect.stringContaining(email) });
			expect(result).toMatchObject({ note: expect.stringContaining(message) });
		},
	);

	it.each(['The user has declined credentials from this partner', 'No consent', 'Rejected by the recipient'])(
		'%p is a refusal that running again does not change',
		async (message) => {
			const failure = await failureOf(conflict({ error: 409, message }));
			expect(failure.message).toContain(email);
			expect(failure.message).toContain(message);
			expect(failure.details).toMatchObject({ httpStatus: 409, code: '409', retryable: false });
		},
	);

	it.each([
		['both', { message: 'Rejected: already issued' }],
		['neither', { message: 'Conflict' }],
		['no words at all', {}],
		['a gateway’s page', '<html>already declined</html>'],
	])('that speaks of %s is taken for neither', async (_, body) => {
		const result = await conflict(body);
		expect(result).toEqual({ kind: 'unclear', note: expect.stringContaining(email) });
		expect(JSON.stringify(result)).not.toContain('<html>');
	});

	it('means the same with Revoke', async () => {
		expect(await conflict({ message: 'Conflict' }, 'revoke')).toMatchObject({ kind: 'unclear' });
	});

	it.each(['Duplicate', 'Conflict'])('“%s” that quotes the token shows it to nobody', async (words) => {
		const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJlbWFpbCI6ImEifQ', 'c2lnbmF0dXJl'].join('.');
		const result = await conflict({ message: `${words} for ${token}` });
		expect(JSON.stringify(result)).toContain(words);
		expect(JSON.stringify(result)).not.toContain(token);
	});

	it.each([
		['conflict', 'specific', 'duplicate'],
		['conflict', 'generic', 'unclear'],
		['existing', 'specific', 'accepted'],
	] as const)('for a second time with Ignore (%s, %s) is %s', async (onDuplicateIgnore, conflictMessage, kind) => {
		Object.assign(sandbox.moca.settings, { onDuplicateIgnore, conflictMessage });
		await mocaClient(sandbox).issue(request());
		expect(await mocaClient(sandbox).issue(request())).toMatchObject({ kind });
		expect(sandbox.moca.issued()).toHaveLength(1);
	});
});

describe('the status', () => {
	it('is asked for with the hash, signed for the recipient, and given with its fields', async () => {
		const issued = await mocaClient(sandbox).issue(request());
		if (issued.kind !== 'accepted') throw new Error(issued.kind);
		const { state, fields } = await mocaClient(sandbox).status(issued.coreClaimHash, email);
		expect(sent().at(-1)).toMatchObject({
			method: 'GET',
			path: `/v1/credentials/status?coreClaimHash=${issued.coreClaimHash}`,
			recipientEmail: email,
		});
		expect(['onChain', 'waiting']).toContain(state);
		expect(fields).toMatchObject({ vcStatus: expect.any(String) });
	});

	it.each([
		['ONCHAIN', 'onChain'],
		['WAIT_ONCHAIN', 'waiting'],
		['REMOVE', 'unknown'],
		['onchain', 'unknown'],
	])('%s is %s', async (vcStatus, state) => {
		const { client } = answered(answer(200, { vcStatus, more: 1 }));
		expect(await client.status(hash, email)).toEqual({ state, fields: { vcStatus, more: 1 } });
	});

	it('is found below “data”, too', async () => {
		const { client } = answered(answer(200, { data: { vcStatus: 'ONCHAIN' } }));
		expect(await client.status(hash, email)).toEqual({ state: 'onChain', fields: { vcStatus: 'ONCHAIN' } });
	});

	it.each([{}, { vcStatus: null }, { vcStatus: '' }, { data: {} }])('is not made up from %j', async (body) => {
		const { message, details } = await failureOf(answered(answer(200, body)).client.status(hash, email));
		expect(message).toContain('vcStatus');
		expect(details).toMatchObject({ httpStatus: 200, code: 'unreadable_answer', retryable: true });
	});

	it('may be asked for again after anything', async () => {
		const { client, requests } = answered(answer(200, { vcStatus: 'ONCHAIN' }));
		await client.status(hash, email);
		expect(requests[0]).toMatchObject({ repeat: 'anything', signFor: { recipientEmail: email } });
	});

	it.each([404, 409])('%i is a refusal', async (status) => {
		const { details } = await failureOf(answered(answer(status, { message: 'already' })).client.status(hash, email));
		expect(details).toMatchObject({ httpStatus: status, retryable: false });
	});
});

describe('what goes wrong', () => {
	const calls: Array<[string, (outcome: Answer | Error) => Promise<unknown>]> = [
		['issuing', (outcome) => answered(outcome).client.issue(request())],
		['the status', (outcome) => answered(outcome).client.status(hash, email)],
	];

	describe.each(calls)('with %s', (_, call) => {
		it.each([
			[400, false],
			[401, false],
			[403, false],
			[404, false],
			[302, false],
			[418, false],
			[408, true],
			[429, true],
			[500, true],
			[503, true],
		])('%i names recipient, status, code, request and attempts, and quotes Moca; a later try helps: %s', async (status, retryable) => {
			const refusal = answer(status, { code: 'some_code', message: 'Said by Moca' }, { 'x-request-id': 'req_1' });
			const { message, details } = await failureOf(call({ ...refusal, attempts: 3 }));
			expect(message).toContain(email);
			expect(message).toContain('Said by Moca');
			expect(details).toMatchObject({ httpStatus: status, code: 'some_code', requestId: 'req_1', attempts: 3, retryable });
			expect(details.hint).not.toBe('');
		});

		it.each(['ECONNREFUSED', 'ECONNRESET'])('no answer (%s) names recipient, cause and attempts', async (code) => {
			const { message, details } = await failureOf(call(new ConnectionFailure(code, 2)));
			expect(message).toContain(email);
			expect(details).toMatchObject({ httpStatus: null, code, attempts: 2, retryable: true });
		});

		it.each([new SendingStopped(1), new TypeError('x')])('%p is passed on as it is', async (error) => {
			await expect(call(error)).rejects.toBe(error);
		});
	});
});
