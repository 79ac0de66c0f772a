import axios from 'axios';
import { issue, issueBody, learner, status } from '../../support/sandbox/moca';
import { useSandbox } from '../../support/sandbox/useSandbox';

const sandbox = useSandbox();

it('records what was asked and answered, in the order of arrival', async () => {
	const { data } = await issue(sandbox(), { headers: { 'user-agent': 'n8n-test' } });
	await status(sandbox(), (data as { coreClaimHash: string }).coreClaimHash);
	await issue(sandbox(), { body: { credentialId: 'nothing' } });
	expect(sandbox().traffic.requests()).toMatchObject([
		{ method: 'POST', path: '/v1/credentials/issue-on-behalf', route: 'moca.issue', recipientEmail: learner, status: 200 },
		{ method: 'GET', path: expect.stringContaining('/v1/credentials/status?coreClaimHash=') as string, route: 'moca.status', status: 200 },
		{ route: 'moca.issue', status: 404 },
	]);
	const [first] = sandbox().traffic.requests();
	expect(first?.body).toEqual(issueBody(sandbox()));
	expect(first?.headers['user-agent']).toBe('n8n-test');
	expect(first?.durationMs).toBeGreaterThanOrEqual(0);
	expect(first).not.toHaveProperty('faulted');
});

it('never holds a token', async () => {
	await issue(sandbox(), { headers: { authorization: 'Bearer secret', cookie: 'session=1' } });
	const [request] = sandbox().traffic.requests();
	expect(Object.keys(request?.headers ?? {})).not.toEqual(expect.arrayContaining(['x-partner-auth']));
	expect(JSON.stringify(request)).not.toMatch(/eyJ|Bearer|session/);
});

it('knows how many requests were in flight at most', async () => {
	sandbox().setLatency(60);
	await Promise.all(
		Array.from({ length: 7 }, async (_, learnerNumber) => await issue(sandbox(), { email: `l${learnerNumber}@example.com` })),
	);
	sandbox().setLatency(0);
	expect(sandbox().traffic.maxInFlight()).toBe(7);
	sandbox().traffic.clear();
	await issue(sandbox());
	expect(sandbox().traffic.maxInFlight()).toBe(1);
	expect(sandbox().traffic.requests()).toHaveLength(1);
});

it('shows a call to an address that does not exist', async () => {
	const answer = await axios.get(`${sandbox().url}/v2/credentials`, { validateStatus: () => true });
	expect(answer.status).toBe(404);
	expect(sandbox().traffic.requests()).toMatchObject([{ route: 'unknown', path: '/v2/credentials', status: 404 }]);
});
