import { createPrivateKey } from 'node:crypto';

import axios from 'axios';

import { itemsOf } from '../../n8n/rest/execution';
import { jwksFile, readExample } from '../../n8n/demo/examples';
import { mocaCredentialData, mocaCredentialType } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import { mocaIssueNode, smallWorkflow } from '../../n8n/rest/smallWorkflow';
import { ecKey, pem, privateParts, publicPem } from '../support/keys';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

const started = useDemo();
let demo: Demo;

beforeAll(async () => {
	demo = started();
	// So that each token is checked against what n8n serves at that moment, not against a copy.
	demo.sandbox.moca.settings.jwksCacheMs = 0;
});

const nodeName = 'Moca JWKS';
const ownKeyId = () => demo.sandbox.moca.partner.keyId;
const ask = (method = 'GET', url = demo.jwksUrl) =>
	axios.request<string>({
		method,
		url,
		proxy: false,
		validateStatus: () => true,
		responseType: 'text',
		transformResponse: (text) => text as string,
	});

const createCredential = (changed: Record<string, string> = {}) =>
	demo.n8n.rest.createCredential(mocaCredentialType, 'Moca Network partner', { ...mocaCredentialData(demo.sandbox), ...changed });

let learners = 0;

/** Issues to a new learner with an n8n credential, and gives what came out: an outcome, or an error. */
async function issueWith(credentialId: string): Promise<Record<string, unknown>> {
	const { rest } = demo.n8n;
	const recipientEmail = `learner-${++learners}@example.com`;
	const program = { __rl: true, mode: 'id', value: 'c28r52j0n15ws0042087Uc' };
	const node = mocaIssueNode({ recipientEmail, program, subjectMode: 'json', subjectJson: '{}' });
	const file = smallWorkflow('Issue', { ...node, onError: 'continueRegularOutput' });
	const workflowId = await rest.importWorkflow(file, { [mocaCredentialType]: credentialId });
	const execution = await rest.waitForExecution(await rest.runWorkflow(workflowId), minute);
	return itemsOf(execution, node.name)[0]?.json ?? {};
}

test('the partner’s JWKS that the sandbox has on record is the one that n8n serves', async () => {
	expect(demo.jwksUrl).toBe(`${demo.n8n.url}/webhook/moca/jwks.json`);
	const credentialId = await createCredential();
	expect(await issueWith(credentialId)).toMatchObject({ outcome: 'issued' });

	const { rest } = demo.n8n;
	const workflowId = demo.workflowIds[jwksFile] ?? '';
	await rest.unpublish(workflowId);
	expect((await ask()).status).toBe(404);
	expect(await issueWith(credentialId)).toMatchObject({ error: expect.stringContaining('JWKS'), details: { httpStatus: 401 } });

	await rest.publish(workflowId);
	expect(await issueWith(credentialId)).toMatchObject({ outcome: 'issued' });
	expect(await rest.testCredential(mocaCredentialType, mocaCredentialData(demo.sandbox))).toMatchObject({ status: 'OK' });
});

describe('what is served', () => {
	test('is the public key alone, as JSON that may be kept for an hour', async () => {
		const { status, headers, data } = await ask();
		expect(status).toBe(200);
		expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' });
		expect(JSON.parse(data)).toEqual({
			keys: [{ kty: 'RSA', kid: ownKeyId(), use: 'sig', alg: 'RS256', n: expect.any(String) as string, e: 'AQAB' }],
		});
	});

	test('holds nothing of the private key, in no byte', async () => {
		const { headers, data } = await ask();
		const answer = JSON.stringify(headers) + data;
		const secret = privateParts(createPrivateKey(demo.sandbox.moca.partner.privateKeyPem));
		expect(secret.filter((part) => answer.includes(part))).toEqual([]);
	});

	test('is answered to HEAD too, without a body', async () => {
		const got = await ask('GET');
		const { status, headers, data } = await ask('HEAD');
		expect({ status, data }).toEqual({ status: 200, data: '' });
		for (const name of ['content-type', 'cache-control', 'content-length']) expect(headers[name]).toBe(got.headers[name]);
		expect(headers['content-length']).toBe(String(Buffer.byteLength(got.data)));
	});

	test('can’t be changed from outside', async () => {
		for (const method of ['POST', 'PUT', 'DELETE']) expect((await ask(method)).status).toBe(404);
	});
});

describe('when the key is changed', () => {
	const newKeyId = '2027-01';
	const newKey = ecKey();
	const newCredentialData = () => ({
		...mocaCredentialData(demo.sandbox),
		privateKey: pem(newKey, 'pkcs8'),
		keyId: newKeyId,
	});
	let workflowId: string;
	let servingCredential: string;
	let old: string;
	let fresh: string;

	/** As the documentation has it: a workflow of its own with an n8n credential whose key is replaced. */
	beforeAll(async () => {
		const { rest } = demo.n8n;
		servingCredential = await createCredential();
		old = await createCredential();
		fresh = await createCredential(newCredentialData());
		workflowId = await rest.importWorkflow(await readExample(jwksFile), { [mocaCredentialType]: servingCredential });
		await rest.changeNode(workflowId, nodeName, { path: 'rotating/jwks.json' });
		await rest.publish(workflowId);
		demo.sandbox.moca.registerPartner({ ...demo.sandbox.moca.partner, jwksUrl: rotatingUrl() });
	});

	const serve = async (...keys: Array<{ publicKey: string; keyId: string }>) => {
		await demo.n8n.rest.changeNode(workflowId, nodeName, { furtherKeys: { keys } });
		await demo.n8n.rest.publish(workflowId);
	};
	const rotatingUrl = () => `${demo.n8n.url}/webhook/rotating/jwks.json`;
	const served = async () => (await ask('GET', rotatingUrl())).data;
	const keyIds = async () => (JSON.parse(await served()) as { keys: Array<{ kid: string }> }).keys.map(({ kid }) => kid);
	const verifies = async (credentialId: string) => (await issueWith(credentialId)).outcome === 'issued';

	test('a new key does not verify before it is served', async () => {
		expect(await keyIds()).toEqual([ownKeyId()]);
		expect(await Promise.all([verifies(old), verifies(fresh)])).toEqual([true, false]);
	});

	test('both verify while both are served, before and after the n8n credential has the new key', async () => {
		await serve({ publicKey: publicPem(newKey), keyId: newKeyId }, { publicKey: await served(), keyId: '' });
		expect(await keyIds()).toEqual([ownKeyId(), newKeyId]);
		expect(await Promise.all([verifies(old), verifies(fresh)])).toEqual([true, true]);

		await demo.n8n.rest.changeCredential(servingCredential, mocaCredentialType, 'Moca Network partner', newCredentialData());
		expect(await keyIds()).toEqual([newKeyId, ownKeyId()]);
		expect(await Promise.all([verifies(old), verifies(fresh)])).toEqual([true, true]);
	});

	test('the old one does not verify any more when it is taken out', async () => {
		await serve();
		expect(await keyIds()).toEqual([newKeyId]);
		expect(await Promise.all([verifies(old), verifies(fresh)])).toEqual([false, true]);
	});

	test('a private key among the further ones is refused, and nothing is served until it is gone', async () => {
		await expect(serve({ publicKey: pem(ecKey(), 'pkcs8'), keyId: 'oops' })).rejects.toThrow('is a private key');
		expect((await ask('GET', rotatingUrl())).status).toBe(404);
		await serve();
		expect(await keyIds()).toEqual([newKeyId]);
	});
});

test('no request to it has left an execution', async () => {
	const executions = await demo.n8n.rest.executions();
	expect(executions.length).toBeGreaterThan(0);
	expect(executions.map(({ mode }) => mode)).not.toContain('webhook');
	expect(executions.map(({ workflowId }) => workflowId)).not.toContain(demo.workflowIds[jwksFile]);
});
