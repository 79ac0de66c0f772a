import { publishingCalls } from '../../../n8n/rest/publishing';
import { Session } from '../../../n8n/rest/session';
import { serve, type Loopback } from '../../support/loopback';

/** An n8n that says these one after the other of how far it has come with publishing, and then the last one for good. */
let says: string[];
let n8n: Loopback;

beforeAll(async () => {
	n8n = await serve((request, response) => {
		const status = request.url?.endsWith('/publication-status') ? (says.length > 1 ? says.shift() : says[0]) : undefined;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ data: { versionId: 'v1', status, triggers: [{ errorMessage: 'No such webhook.' }] } }));
	});
});
afterAll(() => n8n.stop());

const publish = (timeoutMs?: number) => publishingCalls(new Session(n8n.url)).publish('w1', timeoutMs);

test('waits through what n8n says while it publishes, also “not published”', async () => {
	says = ['in_progress', 'not_published', 'published'];
	await publish();
	expect(says).toEqual(['published']);
});

test.each(['failed', 'partial'])('says what hinders the triggers when it is %s', async (status) => {
	says = ['in_progress', status];
	await expect(publish()).rejects.toThrow(`the workflow is ${status}: No such webhook.`);
});

test('does not wait for ever for what stays unpublished', async () => {
	says = ['not_published'];
	await expect(publish(150)).rejects.toThrow('the workflow is not_published');
});
