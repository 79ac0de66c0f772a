import {
	CallFailure,
	explainRefusal,
	explainUnreadable,
	isCallFailure,
	sendExplained,
	successful,
	type CallDescription,
} from '../../../lib/http/explain';
import { ConnectionFailure, SendingStopped, type Answer, type HttpRequest } from '../../../lib/http/types';
import { failureOf } from '../../support/failures';
import { answer, fakeSend } from '../../support/fakes';

const description: CallDescription = {
	service: 'the service',
	action: 'Issuing to Ada',
	retryHint: 'Run it again.',
	addressHint: 'Check the address.',
	slowDownHint: 'Go slower.',
	causeOf: ({ status }) => (status === 404 ? { problem: 'there is no such program', hint: 'Publish it.' } : undefined),
};
const request: HttpRequest = { method: 'GET', url: 'http://127.0.0.1/x', repeat: 'anything' };
const refusal = (status: number, more: Partial<Answer> = {}) => explainRefusal({ ...answer(status), ...more }, description);
const silence = async (failure: ConnectionFailure) =>
	(await failureOf(sendExplained(fakeSend(failure).send, request, description))) as CallFailure;

describe('a refusal', () => {
	it.each([
		[429, 'the service asked to slow down (asked once)', 'Go slower. Run it again.', true],
		[500, 'the service could not answer now (HTTP 500, asked once)', 'Run it again.', true],
		[408, 'the service could not answer now (HTTP 408, asked once)', 'Run it again.', true],
		[300, 'the address points elsewhere (HTTP 300)', 'Check the address.', false],
		[399, 'the address points elsewhere (HTTP 399)', 'Check the address.', false],
		[400, 'the service answered with HTTP 400', 'Check what is sent. Check the address.', false],
		[404, 'there is no such program', 'Publish it.', false],
	])('%d: %s', (status, problem, hint, retryable) => {
		const { message, details } = refusal(status);
		expect(message).toBe(`Issuing to Ada did not work: ${problem}`);
		expect(details).toMatchObject({ httpStatus: status, code: null, attempts: 1, hint, retryable });
	});

	it('says how often it was asked, and what the service says', () => {
		const { message, details } = refusal(503, { attempts: 3, text: JSON.stringify({ code: 'busy', message: 'Try later' }) });
		expect(message).toBe(
			'Issuing to Ada did not work: the service could not answer now (HTTP 503, asked 3 times). The service says: Try later',
		);
		expect(details).toMatchObject({ code: 'busy', attempts: 3 });
	});

	it('is no success, and a success is none', () => {
		for (const status of [200, 204, 299]) expect(successful(answer(status), description).status).toBe(status);
		for (const status of [199, 300, 404]) expect(() => successful(answer(status), description)).toThrow(CallFailure);
		expect(isCallFailure(refusal(404), 404)).toBe(true);
		expect(isCallFailure(refusal(404), 409)).toBe(false);
		expect(isCallFailure(new Error('404'), 404)).toBe(false);
	});
});

describe('whether the work may have been done all the same, which the last answer alone does not tell', () => {
	it.each([true, false])('%p, as whoever sent it knows', async (mayHaveBeenDone) => {
		expect(refusal(401, { mayHaveBeenDone }).mayHaveBeenDone).toBe(mayHaveBeenDone);
		expect((await silence(new ConnectionFailure('ECONNREFUSED', 2, mayHaveBeenDone))).mayHaveBeenDone).toBe(mayHaveBeenDone);
	});

	it('is so for an answer that cannot be read', () => {
		const { message, mayHaveBeenDone } = explainUnreadable(answer(200), description, 'it has no ID');
		expect(message).toBe('Issuing to Ada ended unclear: the service accepted the request, but its answer could not be read: it has no ID');
		expect(mayHaveBeenDone).toBe(true);
		const { details } = explainUnreadable(answer(200), description);
		expect(details).toMatchObject({ code: 'unreadable_answer', httpStatus: 200, retryable: true });
	});

	it('stays so in other words', () => {
		const retold = refusal(500, { mayHaveBeenDone: true }).of('Issuing to Bo').adding('Look there.');
		expect(retold.message).toMatch(/^Issuing to Bo did not work: /);
		expect(retold.details.hint).toBe('Run it again. Look there.');
		expect(retold.mayHaveBeenDone).toBe(true);
	});
});

describe('no answer', () => {
	it('of a service that was never reached points to the network and the address', async () => {
		const { message, details } = await silence(new ConnectionFailure('ENOTFOUND'));
		expect(message).toBe('Issuing to Ada did not work: the service could not be reached');
		expect(details).toMatchObject({ code: 'ENOTFOUND', httpStatus: null, attempts: 1, retryable: true });
		expect(details.hint).toMatch(/^Check this machine’s network\. Check the address\. Run it again\.$/);
	});

	it('to a request that was sent is told as that, with the attempts', async () => {
		const { message, details } = await silence(new ConnectionFailure('ECONNRESET', 3));
		expect(message).toBe('Issuing to Ada did not work: no whole answer came from the service in 3 attempts');
		expect(details.hint).toBe('Run it again.');
	});

	it('because the run was stopped is no failure of the call', async () => {
		await expect(sendExplained(fakeSend(new SendingStopped(1)).send, request, description)).rejects.toThrow(SendingStopped);
	});
});

it('a page for people in the place of an answer points to the address', () => {
	const hintFor = (text: string) => explainUnreadable({ ...answer(200), text }, description).details.hint;
	expect(hintFor(' <html>')).toBe('Run it again. If it stays so: Check the address.');
	expect(hintFor('{"id":')).toBe('Run it again.');
});
