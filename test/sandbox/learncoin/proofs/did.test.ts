import axios from 'axios';
import { startSandbox } from '../../../../sandbox';
import { accountOf } from '../../../../sandbox/chain/account';
import { didDocument } from '../../../../sandbox/learncoin/proofs/did';
import { defaultLearnCoinSettings } from '../../../../sandbox/learncoin/settings';
import { call, useLearnCoin } from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();

/** Where `did:web` finds a document, with http for https. */
function addressOf(did: string): string {
	const [host, ...path] = did.replace('did:web:', '').split(':').map(decodeURIComponent) as [string, ...string[]];
	return `http://${host}/${path.length > 0 ? path.join('/') : '.well-known'}/did.json`;
}

const open = async (address: string) => await axios.get<Record<string, unknown>>(address, { validateStatus: () => true });

it.each([
	['fragment', /^did:web:127\.0\.0\.1%3A\d+#tenant-sandbox-academy$/, /#tenant-sandbox-academy-key-1$/],
	['bare', /^did:web:127\.0\.0\.1%3A\d+$/, /#tenant-sandbox-academy$/],
	['path', /^did:web:127\.0\.0\.1%3A\d+:learncoin:tenants:sandbox-academy$/, /#key-1$/],
] as const)('is found where the issuer of the form %s says, with the key that proofs name', async (issuerDid, issuer, method) => {
	sandbox().learncoin.settings.issuerDid = issuerDid;
	const ids = sandbox().learncoin.issuer();
	expect([ids.id, ids.verificationMethod]).toEqual([expect.stringMatching(issuer), expect.stringMatching(method)]);
	expect((await call(sandbox(), 'GET', '/tenants/me')).data).toMatchObject({ did: ids.id });

	const [did] = ids.id.split('#') as [string];
	const { status, headers, data } = await open(addressOf(did));
	expect([status, headers['content-type']]).toEqual([200, 'application/did+json']);
	expect(data).toMatchObject({
		id: did,
		verificationMethod: [{ id: ids.verificationMethod, controller: did, publicKeyJwk: { kty: 'EC', crv: 'secp256k1' } }],
		assertionMethod: [ids.verificationMethod],
	});
	expect(ids.verificationMethod.split('#')[0]).toBe(did);
	const [{ publicKeyJwk }] = data.verificationMethod as [{ publicKeyJwk: Parameters<typeof accountOf>[0] }];
	expect(accountOf(publicKeyJwk).address).toBe(ids.address);
});

it('is not found where another form would have it', async () => {
	expect((await open(`${sandbox().url}/learncoin/tenants/sandbox-academy/did.json`)).status).toBe(404);
	sandbox().learncoin.settings.issuerDid = 'path';
	expect((await open(`${sandbox().url}/.well-known/did.json`)).status).toBe(404);
});

it('has the key as a Multikey instead, as a known one is written', async () => {
	sandbox().learncoin.settings.didKey = 'multikey';
	expect((await open(`${sandbox().url}/.well-known/did.json`)).data).toMatchObject({
		verificationMethod: [{ type: 'Multikey', publicKeyMultibase: expect.stringMatching(/^zQ3sh/) as string }],
	});
	const known = accountOf({
		kty: 'EC',
		crv: 'secp256k1',
		x: '6_JKJIXL7PJQT9hnr03yQNda_fUfmfrcZpymkRqsmH4',
		y: 'steT4D8LrgwmqASd1EMy6ZyyAqsl-KvNlD7rBhX3za8',
	});
	const ids = { did: 'did:web:a', issuer: 'did:web:a', verificationMethod: 'did:web:a#1' };
	const [method] = didDocument(ids, known, { ...defaultLearnCoinSettings(), didKey: 'multikey' }).verificationMethod;
	expect(method).toMatchObject({ publicKeyMultibase: 'zQ3shvX9Dd7cAG7ZcJN4d9DksshpVYSGpqEyrLjopoGpk97CR' });
});

it('has another key at every start', async () => {
	const other = await startSandbox();
	const { address } = other.learncoin.issuer();
	await other.stop();
	expect(address).not.toBe(sandbox().learncoin.issuer().address);
});

it('keeps its key over a reset', async () => {
	const { address } = sandbox().learncoin.issuer();
	sandbox().reset();
	expect(sandbox().learncoin.issuer().address).toBe(address);
});

it('can be made to go wrong by a fault', async () => {
	sandbox().faults.add({ route: 'learncoin.did', answer: { kind: 'html', status: 502 } });
	expect((await open(`${sandbox().url}/.well-known/did.json`)).status).toBe(502);
});
