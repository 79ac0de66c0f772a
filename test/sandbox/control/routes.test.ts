import axios from 'axios';
import { expectRefusal, issue, learner } from '../../support/sandbox/moca';
import { useSandbox } from '../../support/sandbox/useSandbox';

const sandbox = useSandbox();
const anyStatus = { validateStatus: () => true };
const at = (path: string) => `${sandbox().url}/_sandbox/${path}`;

describe('GET state', () => {
	it('tells counters, credentials and requests, newest first', async () => {
		await issue(sandbox());
		await issue(sandbox(), { email: 'grace@example.com' });
		await issue(sandbox(), { body: { credentialId: 'nothing' } });
		const { data } = await axios.get(at('state'));
		expect(data).toMatchObject({
			counters: { requests: 3, refused: 1, inFlight: 0, maxInFlight: 1 },
			requests: [{ status: 404 }, { recipientEmail: 'grace@example.com' }, { recipientEmail: learner }],
			moca: {
				counters: { issued: 2, onChain: 0, revoked: 0 },
				issued: [{ recipientEmail: 'grace@example.com', programName: 'Course Completion' }, { recipientEmail: learner }],
			},
		});
	});

	it('gives as many rows as asked for', async () => {
		await issue(sandbox());
		await issue(sandbox(), { email: 'grace@example.com' });
		const { data } = await axios.get<{ requests: unknown[]; moca: { issued: unknown[] } }>(at('state?issued=1&requests=0'));
		expect([data.moca.issued.length, data.requests.length]).toEqual([1, 0]);
		expectRefusal(await axios.get(at('state?issued=many'), anyStatus), 400, /^issued: /);
	});

	it('holds no private key', async () => {
		const { data } = await axios.get<string>(at('state'), { responseType: 'text' });
		expect(data).not.toContain('PRIVATE KEY');
	});
});

describe('PUT settings', () => {
	it('changes what is given and keeps the rest', async () => {
		const { data } = await axios.put(at('settings'), { moca: { onChainAfterPolls: 2, featureEnabled: false } });
		expect(data).toMatchObject({ latencyMs: 0, moca: { onChainAfterPolls: 2, featureEnabled: false, finalStatus: 'ONCHAIN' } });
		expect((await issue(sandbox())).status).toBe(403);
		await axios.put(at('settings'), { moca: { onChainAfterPolls: null, featureEnabled: true } });
		expect(sandbox().moca.settings).not.toHaveProperty('onChainAfterPolls');
		expect((await issue(sandbox())).status).toBe(200);
	});

	it('sets the latency', async () => {
		await axios.put(at('settings'), { latencyMs: 80 });
		const startedAt = Date.now();
		await issue(sandbox());
		await axios.put(at('settings'), { latencyMs: 0 });
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(75);
	});

	it.each([
		['an unknown setting', { moca: { colour: 'red' } }, /^moca: .*colour/],
		['a value that does not fit', { moca: { onDuplicateIgnore: 'both' } }, /^moca\.onDuplicateIgnore: /],
		['a negative latency', { latencyMs: -1 }, /^latencyMs: /],
	])('refuses %s and changes nothing', async (_case, body, message) => {
		const before = { ...sandbox().moca.settings };
		expectRefusal(await axios.put(at('settings'), body, anyStatus), 400, message);
		expect(sandbox().moca.settings).toEqual(before);
	});
});

describe('faults', () => {
	it('are added one by one or as a list, and taken away', async () => {
		const fault = (status: number) => ({ route: 'moca.issue', answer: { kind: 'status', status } });
		expect((await axios.post(at('faults'), fault(500))).status).toBe(201);
		await axios.post(at('faults'), [fault(502), fault(503)]);
		expect([(await issue(sandbox())).status, (await issue(sandbox())).status]).toEqual([500, 502]);
		expect((await axios.delete(at('faults'))).status).toBe(204);
		expect((await issue(sandbox())).status).toBe(200);
	});

	it('are refused when they make no sense', async () => {
		const body = { route: 'moca.issue', answer: { kind: 'explode' } };
		expectRefusal(await axios.post(at('faults'), body, anyStatus), 400, /answer\.kind/);
		expectRefusal(
			await axios.post(at('faults'), Buffer.from('{'), { ...anyStatus, headers: { 'content-type': 'application/json' } }),
			400,
			/JSON/,
		);
	});
});

it('POST partners makes a partner known', async () => {
	const partner = { partnerId: 'p', issuerDid: 'did:air:id:test:p', jwksUrl: 'http://127.0.0.1:9/jwks.json' };
	expect((await axios.post(at('partners'), partner)).status).toBe(201);
	expectRefusal(await issue(sandbox(), { claims: { partnerId: 'p' } }), 401, /JWKS unreachable/);
	expectRefusal(await axios.post(at('partners'), { ...partner, jwksUrl: 'ftp://x' }, anyStatus), 400, /^jwksUrl: /);
});

it('POST reset empties the sandbox', async () => {
	await issue(sandbox());
	expect((await axios.post(at('reset'))).status).toBe(204);
	expect([sandbox().moca.issued(), sandbox().traffic.requests()]).toEqual([[], []]);
});
