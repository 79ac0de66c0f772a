import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';
import { expectRefusal, issue, issueBody, learner, signJwt, status } from '../../support/sandbox/moca';
import { useSandbox } from '../../support/sandbox/useSandbox';

const sandbox = useSandbox();

const errorCode = async (call: Promise<unknown>) =>
	await call.then(
		() => 'no error',
		(error: { code?: string }) => error.code,
	);

describe('which calls a fault hits', () => {
	const unavailable = { kind: 'status', status: 503 } as const;

	it('the first one, once, unless told otherwise', async () => {
		sandbox().faults.add({ route: 'moca.issue', answer: unavailable });
		expect([(await issue(sandbox())).status, (await issue(sandbox())).status]).toEqual([503, 200]);
	});

	it('from a given call on, a given number of times', async () => {
		sandbox().faults.add({ route: 'moca.issue', fromCall: 2, times: 2, answer: unavailable });
		const statuses = [];
		for (let call = 1; call <= 4; call++) statuses.push((await issue(sandbox())).status);
		expect(statuses).toEqual([200, 503, 503, 200]);
	});

	it('only those of its route', async () => {
		sandbox().faults.add({ route: 'moca.status', answer: unavailable });
		const { status: issueStatus, data } = await issue(sandbox());
		expect(issueStatus).toBe(200);
		expect((await status(sandbox(), (data as { coreClaimHash: string }).coreClaimHash)).status).toBe(503);
	});

	it('only those for its recipient, whatever the letter case', async () => {
		sandbox().faults.add({ route: '*', recipientEmail: 'Grace@Example.com', answer: unavailable });
		expect((await issue(sandbox())).status).toBe(200);
		expect((await issue(sandbox(), { email: 'grace@example.com' })).status).toBe(503);
	});

	it('one after the other when two fit', async () => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'status', status: 500 } });
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'status', status: 429 } });
		expect([(await issue(sandbox())).status, (await issue(sandbox())).status, (await issue(sandbox())).status]).toEqual([500, 429, 200]);
	});

	it('none after they were cleared', async () => {
		sandbox().faults.add({ route: '*', answer: unavailable });
		sandbox().faults.clear();
		expect((await issue(sandbox())).status).toBe(200);
	});
});

describe('what a fault does', () => {
	const issuedCount = () => sandbox().moca.issued().length;

	it('status: the documented error body, and nothing is issued', async () => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'status', status: 500 } });
		expectRefusal(await issue(sandbox()), 500, /retry with backoff/);
		expect(issuedCount()).toBe(0);
	});

	it('status: with its own body and headers', async () => {
		const body = { code: 'RATE', msg: 'slow down' };
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'status', status: 429, body, headers: { 'retry-after': '2' } } });
		const answer = await issue(sandbox());
		expect(answer.status).toBe(429);
		expect(answer.headers['retry-after']).toBe('2');
		expect(answer.data).toEqual(body);
	});

	it("html: a gateway's page, and nothing is issued", async () => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'html', status: 502 } });
		const answer = await issue(sandbox());
		expect(answer.status).toBe(502);
		expect(answer.headers['content-type']).toMatch(/^text\/html/);
		expect(answer.data).toMatch(/^<html>/);
		expect(issuedCount()).toBe(0);
	});

	it.each([
		['before', 0],
		['after', 1],
	] as const)('drop %s the work: the connection is cut and %d credentials are issued', async (when, count) => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'drop', when } });
		expect(await errorCode(issue(sandbox()))).toBe('ECONNRESET');
		expect(issuedCount()).toBe(count);
		expect(sandbox().traffic.requests()).toMatchObject([{ route: 'moca.issue', status: 0, faulted: true }]);
	});

	it.each([
		['before', 0],
		['after', 1],
	] as const)('drop %s the work, after a silence: whoever gives up finds %d credentials, also later', async (when, count) => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'drop', when, afterMs: 300 } });
		const headers = { 'x-partner-auth': await signJwt(sandbox(), learner) };
		const url = `${sandbox().moca.apiBaseUrl}/credentials/issue-on-behalf`;
		expect(await errorCode(axios.post(url, issueBody(sandbox()), { headers, timeout: 100 }))).toBe('ECONNABORTED');
		while (sandbox().traffic.requests().length === 0) await sleep(20);
		expect(sandbox().traffic.requests()).toMatchObject([{ status: 0, faulted: true }]);
		expect(issuedCount()).toBe(count);
	});

	it('lists how many calls each has hit, from their arrival on', async () => {
		sandbox().faults.add({ route: 'moca.issue', times: 2, answer: { kind: 'drop', when: 'before', afterMs: 200 } });
		const call = errorCode(issue(sandbox()));
		while (sandbox().faults.list()[0]?.hit === 0) await sleep(10);
		expect(sandbox().traffic.requests()).toEqual([]);
		expect(await call).toBe('ECONNRESET');
	});

	it('slow: the work is done at once, the normal answer comes late', async () => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'slow', delayMs: 250 } });
		const startedAt = Date.now();
		expect((await issue(sandbox())).status).toBe(200);
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(245);
	});

	it('slow: whoever gives up has lost the answer, not the credential', async () => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'slow', delayMs: 60_000 } });
		const headers = { 'x-partner-auth': await signJwt(sandbox(), learner) };
		const url = `${sandbox().moca.apiBaseUrl}/credentials/issue-on-behalf`;
		expect(await errorCode(axios.post(url, issueBody(sandbox()), { headers, timeout: 200 }))).toBe('ECONNABORTED');
		expect(issuedCount()).toBe(1);
	});

	it('truncated: a whole HTTP answer with half a JSON, and the credential is issued', async () => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'truncated' } });
		const answer = await issue(sandbox());
		expect(answer.status).toBe(200);
		expect(answer.data).toMatch(/^\{"coreClaimHash":"[^}]+$/);
		expect(answer.headers['content-length']).toBe(String((answer.data as string).length));
		expect(issuedCount()).toBe(1);
	});

	it('body: another body than the result, and the credential is issued', async () => {
		sandbox().faults.add({ route: 'moca.issue', answer: { kind: 'body', status: 200, body: { userUuid: 'u' } } });
		const answer = await issue(sandbox());
		expect([answer.status, answer.data]).toEqual([200, { userUuid: 'u' }]);
		expect(issuedCount()).toBe(1);
	});
});
