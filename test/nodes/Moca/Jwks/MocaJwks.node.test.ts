import axios, { type AxiosResponse } from 'axios';
import { calculateJwkThumbprint, type JWK } from 'jose';

import { MocaJwks } from '../../../../nodes/Moca/Jwks/MocaJwks.node.ts';
import { startSandbox, type Sandbox } from '../../../../sandbox';
import { ecKey, everyForm, pem, privateParts, publicJwk, publicPem, rsaKey } from '../../../support/keys';
import { issue, learners, partnerCredential } from '../../../support/moca';
import { serveNode, type ServedNode } from '../../../support/webhook';

const rsa = rsaKey();
const ec = ecKey();
const other = ecKey();

let sandbox: Sandbox;
let node: ServedNode;
beforeAll(async () => {
	sandbox = await startSandbox();
	node = await serveNode(new MocaJwks(), {}, {});
});
afterAll(async () => await Promise.all([sandbox.stop(), node.stop()]));
beforeEach(() => {
	sandbox.reset();
	node.parameters = { path: 'moca/jwks.json', furtherKeys: {}, options: {} };
	node.credential = { ...partnerCredential(sandbox), partnerId: 'partner-1', keyId: '', privateKey: pem(ec, 'pkcs8') };
	node.results.length = 0;
});

const get = (method = 'GET'): Promise<AxiosResponse> =>
	axios.request({ method, url: node.url, validateStatus: () => true, transformResponse: (text: string) => text });
const keysOf = (response: AxiosResponse) => (JSON.parse(String(response.data)) as { keys: JWK[] }).keys;
const everyByteOf = ({ status, statusText, headers, data }: AxiosResponse) => JSON.stringify([status, statusText, headers, data]);
const withKey = (publicKey: string, keyId = '') => ({ furtherKeys: { keys: [{ publicKey, keyId }] } });

describe('GET', () => {
	it('gives {"keys":[…]} as JSON that may be cached, with kid, alg and use', async () => {
		const response = await get();
		expect(response.status).toBe(200);
		expect(response.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' });
		expect(JSON.parse(String(response.data))).toEqual({ keys: [{ ...publicJwk(ec), kid: 'partner-1', alg: 'ES256', use: 'sig' }] });
	});

	it('starts no execution, so that nothing is saved', async () => {
		await get();
		expect(node.results).toEqual([{ noWebhookResponse: true }]);
	});

	it('says how long it may be cached, as the option has it', async () => {
		node.parameters = { ...node.parameters, options: { cacheSeconds: 60 } };
		expect((await get()).headers['cache-control']).toBe('public, max-age=60');
	});

	it('gives further public keys too', async () => {
		node.parameters = { ...node.parameters, ...withKey(publicPem(rsa), 'next') };
		expect(keysOf(await get()).map(({ kid, alg }) => [kid, alg])).toEqual([
			['partner-1', 'ES256'],
			['next', 'RS256'],
		]);
	});
});

describe('HEAD', () => {
	it('gives the same without the body', async () => {
		const [whole, head] = [await get(), await get('HEAD')];
		expect(head.data).toBe('');
		const names = ['content-type', 'cache-control', 'content-length'] as const;
		for (const name of names) expect(head.headers[name]).toBe(whole.headers[name]);
	});

	it('is registered beside GET, for the same path', () => {
		const webhooks = new MocaJwks().description.webhooks!.map(({ httpMethod, path, isFullPath }) => ({ httpMethod, path, isFullPath }));
		const path = '={{ $parameter["path"] }}';
		expect(webhooks).toEqual([
			{ httpMethod: 'GET', path, isFullPath: true },
			{ httpMethod: 'HEAD', path, isFullPath: true },
		]);
	});
});

describe.each(everyForm(rsa, ec))('a credential with %s', (_, key, privateKey) => {
	it('shows its public key, and no byte of a private member', async () => {
		node.credential = { ...node.credential, privateKey };
		const response = await get();
		expect(await calculateJwkThumbprint(keysOf(response)[0]!)).toBe(await calculateJwkThumbprint(publicJwk(key) as JWK));
		for (const part of privateParts(key)) expect(everyByteOf(response)).not.toContain(part);
	});

	it('shows no byte of it when it is pasted where public keys belong, and serves nothing', async () => {
		node.parameters = { ...node.parameters, ...withKey(privateKey, 'next') };
		const response = await get();
		expect(response.status).toBe(500);
		expect(response.data).toContain('A further key is a private key, and nothing is published');
		for (const part of privateParts(key)) expect(everyByteOf(response)).not.toContain(part);
	});
});

describe('a key that can’t be served', () => {
	it('is told to whoever opens the address, and not cached', async () => {
		node.credential = { ...node.credential, privateKey: 'hello' };
		const response = await get();
		expect(response.status).toBe(500);
		expect(response.headers['cache-control']).toBe('no-store');
		expect(JSON.parse(String(response.data))).toEqual({
			error: 500,
			message: expect.stringContaining('No keys can be served: The private key is not a key that can be read') as string,
		});
		expect(node.results).toEqual([{ noWebhookResponse: true }]);
	});

	it('is told when the workflow is published', async () => {
		await expect(node.publish()).resolves.toBeUndefined();
		node.parameters = { ...node.parameters, ...withKey(pem(other, 'pkcs8'), 'next') };
		await expect(node.publish()).rejects.toThrow('A further key is a private key, and nothing is published');
	});
});

describe('with this address registered at Moca', () => {
	const register = (privateKey: string, keyId: string) => {
		const { partner } = sandbox.moca;
		node.credential = { ...partnerCredential(sandbox), privateKey, keyId };
		sandbox.moca.registerPartner({ partnerId: partner.partnerId, issuerDid: partner.issuerDid, jwksUrl: node.url });
	};
	const issueWith = async (privateKey: string, keyId: string) => {
		const { items } = await issue(
			sandbox,
			learners(1),
			{},
			{ credential: { ...node.credential, privateKey, keyId }, node: { onError: 'continueRegularOutput' } },
		);
		return items[0]!.json.error ?? items[0]!.json.outcome;
	};

	it('issuing succeeds', async () => {
		register(pem(rsa, 'pkcs8'), 'first');
		expect(await issueWith(pem(rsa, 'pkcs8'), 'first')).toBe('issued');
	});

	it('old and new tokens verify while both keys are served, and the old ones no longer afterwards', async () => {
		register(pem(other, 'pkcs8'), 'second');
		node.parameters = { ...node.parameters, ...withKey(publicPem(rsa), 'first') };
		expect(await issueWith(pem(other, 'pkcs8'), 'second')).toBe('issued');
		expect(await issueWith(pem(rsa, 'pkcs8'), 'first')).toBe('issued');

		node.parameters = { ...node.parameters, furtherKeys: {} };
		register(pem(other, 'pkcs8'), 'second');
		expect(await issueWith(pem(rsa, 'pkcs8'), 'first')).toContain('Unknown kid first');
	});
});
