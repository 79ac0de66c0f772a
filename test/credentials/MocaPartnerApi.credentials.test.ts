import { decodeJwt } from 'jose';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { MocaPartnerApi } from '../../credentials/MocaPartnerApi.credentials';
import { startSandbox, type Sandbox } from '../../sandbox';
import { failureOf } from '../support/failures';
import { partnerCredential } from '../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());

const credential = new MocaPartnerApi();
const get: IHttpRequestOptions = { method: 'GET', url: 'http://127.0.0.1/v1/credentials/status', headers: { Accept: 'application/json' } };
const claims = (signed: IHttpRequestOptions) => decodeJwt(String(signed.headers?.['x-partner-auth']));

it('signs for the recipient whose email the node puts beside it', async () => {
	const signed = await credential.authenticate({ ...partnerCredential(sandbox), recipientEmail: 'ada@example.com' }, get);
	expect(claims(signed)).toMatchObject({ email: 'ada@example.com', partnerId: sandbox.moca.partner.partnerId });
	expect(signed.headers).toMatchObject({ Accept: 'application/json' });
});

it('signs anew each time, and replaces the token of a request that is signed again', async () => {
	const first = await credential.authenticate({ ...partnerCredential(sandbox), recipientEmail: 'ada@example.com' }, get);
	const second = await credential.authenticate({ ...partnerCredential(sandbox), recipientEmail: 'bob@example.com' }, first);
	expect(claims(second).email).toBe('bob@example.com');
});

it('takes the token that the node has had signed for this recipient already', async () => {
	const data = { ...partnerCredential(sandbox), recipientEmail: 'ada@example.com', partnerToken: 'ready.made.token' };
	expect((await credential.authenticate(data, get)).headers).toMatchObject({ 'x-partner-auth': 'ready.made.token' });
});

it('signs for the test email when there is no recipient, as in n8n’s HTTP Request node', async () => {
	expect(claims(await credential.authenticate(partnerCredential(sandbox), get)).email).toBe('test@example.com');
});

it('says which field of it to fill in where there is neither a recipient nor a test email', async () => {
	const { message, details } = await failureOf(credential.authenticate({ ...partnerCredential(sandbox), testEmail: ' ' }, get));
	expect(message).toBe('The test has no email address');
	expect(details.hint).toMatch(/^Fill in Test Email in the Moca credential/);
});

it('says of a recipient without an email that it is the recipient', async () => {
	await expect(credential.authenticate({ ...partnerCredential(sandbox), recipientEmail: '' }, get)).rejects.toThrow(
		'The recipient has no email address',
	);
});

it.each([
	['url', { url: 'http://127.0.0.1/v1/credentials/issue-on-behalf' }],
	['uri', { url: '', uri: 'http://127.0.0.1/v1/credentials/issue-on-behalf' }],
	['baseURL and url', { baseURL: 'http://127.0.0.1/v1', url: '/credentials/issue-on-behalf' }],
])('does not issue to the test email (%s)', async (_, where) => {
	await expect(credential.authenticate(partnerCredential(sandbox), { method: 'POST', ...where })).rejects.toThrow(
		/without the Moca Issue node/,
	);
});

it('keeps every secret field hidden in the form', () => {
	const secret = credential.properties.filter(({ name }) => name === 'privateKey');
	expect(secret.map(({ typeOptions }) => typeOptions?.password)).toEqual([true]);
});
