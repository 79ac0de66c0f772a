import { addressOf } from '../../../../lib/proof/issuer/address';
import { checkIssuer, documentUrl } from '../../../../lib/proof/issuer/issuer';
import { issuerAddress, issuerDid, issuerKey } from '../../../support/proof/synthetic';
import { lookupBy, didDocument, nowMs, sendIn, worldWith } from '../../../support/proof/world';

describe('the address of a key', () => {
	it.each([
		['a JWK', { publicKeyJwk: issuerKey }],
		['a Multikey', { publicKeyMultibase: 'zQ3shVc2UkAfJCdc1TR8E66J85h48P43r93q8jGPkPpjF9Ef9' }],
		['hex digits', { publicKeyHex: '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798' }],
		['an account', { blockchainAccountId: `eip155:8453:${issuerAddress.toUpperCase().replace('0X', '0x')}` }],
		['an address', { ethereumAddress: issuerAddress }],
	])('is read from %s', (_, method) => {
		expect(addressOf(method)).toBe(issuerAddress);
	});

	it('is unknown for other keys, and for what is no key', () => {
		const methods = [
			{},
			{ publicKeyJwk: { kty: 'OKP', crv: 'Ed25519', x: issuerKey.x } },
			{ publicKeyJwk: { ...issuerKey, y: issuerKey.x } },
			{ publicKeyMultibase: 'z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH' },
			{ publicKeyMultibase: 'zIO0l' },
			{ publicKeyHex: '00'.repeat(33) },
			{ ethereumAddress: 7, blockchainAccountId: 'eip155:1:0x12' },
		];
		expect(methods.map(addressOf)).toEqual(methods.map(() => undefined));
	});
});

describe('where the keys are', () => {
	it.each([
		['did:web:learncoin.me', 'https://learncoin.me/.well-known/did.json'],
		['did:web:learncoin.me:tenants:a', 'https://learncoin.me/tenants/a/did.json'],
		['did:web:learncoin.me%3A8443', 'https://learncoin.me:8443/.well-known/did.json'],
		['https://issuer.example/profile.json', 'https://issuer.example/profile.json'],
		['http://issuer.example/profile.json', undefined],
		['did:ion:EiA', undefined],
		['did:web:', undefined],
		['did:web:a/b', undefined],
		['did:web:user@host', undefined],
		['did:web:host:..:etc', undefined],
		['did:web:host?x=y', undefined],
	])('%s: %s', (base, url) => {
		expect(documentUrl(base, false)).toBe(url);
	});

	it('is plain http on this machine alone, and only where that may be', () => {
		expect(documentUrl('did:web:127.0.0.1%3A3000', true)).toBe('http://127.0.0.1:3000/.well-known/did.json');
		expect(documentUrl('did:web:127.0.0.1%3A3000', false)).toBe('https://127.0.0.1:3000/.well-known/did.json');
		expect(documentUrl('did:web:issuer.example', true)).toBe('https://issuer.example/.well-known/did.json');
	});
});

const method = `${issuerDid}#key-1`;
const check = async (keys: unknown, claimed: object = {}, mayBeLocal = false) => {
	const world = { ...worldWith(''), web: { 'https://issuer.example/.well-known/did.json': keys } };
	const { send, requests } = sendIn(world);
	const claim = { issuerId: issuerDid, verificationMethod: method, sender: issuerAddress, ...claimed };
	return { ...(await checkIssuer(claim, lookupBy(send, mayBeLocal), nowMs)), asked: requests.map(({ url }) => url) };
};

describe('the issuer', () => {
	it('lists the key that sent the transaction', async () => {
		expect(await check(didDocument())).toMatchObject({ verdict: 'holds' });
		expect(await check({ ...didDocument({ id: '#key-1' }), assertionMethod: ['#key-1'] })).toMatchObject({ verdict: 'holds' });
		const [entry] = didDocument().verificationMethod as object[];
		expect(await check({ id: issuerDid, assertionMethod: [entry] })).toMatchObject({ verdict: 'holds' });
	});

	it('did not send it: not proven, because somebody may send for them', async () => {
		const found = await check(didDocument(), { sender: `0x${'12'.repeat(20)}` });
		expect(found).toMatchObject({ verdict: 'notProven' });
		expect(found.reason).toContain(issuerAddress);
	});

	it.each([
		['does not list the key', { ...didDocument(), verificationMethod: [], assertionMethod: [] }],
		['lists it, but not for issuing', { ...didDocument(), assertionMethod: [] }],
		['lists it, and does not say for what', { ...didDocument(), assertionMethod: undefined }],
		['is another one, by their document', { ...didDocument(), id: 'did:web:other.example' }],
		['has no document that can be read', 'not JSON'],
		['has none at all', undefined],
		['has a key of another kind', didDocument({ publicKeyJwk: { kty: 'OKP', crv: 'Ed25519', x: issuerKey.x } })],
	])('%s: not proven', async (_, keys) => {
		expect(await check(keys)).toMatchObject({ verdict: 'notProven' });
	});

	it('revoked the key, or let it expire: fails; one that expires later holds', async () => {
		expect(await check(didDocument({ revoked: '2026-01-01T00:00:00Z' }))).toMatchObject({ verdict: 'fails' });
		expect(await check(didDocument({ expires: '2026-01-01T00:00:00Z' }))).toMatchObject({ verdict: 'fails' });
		expect(await check(didDocument({ expires: '2027-01-01T00:00:00Z' }))).toMatchObject({ verdict: 'holds' });
	});

	it('has to be whose key it is, by its name: a neighbour’s key proves nothing', async () => {
		for (const claimed of [
			{ issuerId: 'did:web:other.example' },
			{ issuerId: `${issuerDid}#tenant-a` },
			{ issuerId: `${issuerDid}#key` },
			{ issuerId: undefined },
			{ verificationMethod: undefined },
		]) {
			expect(await check(didDocument(), claimed)).toMatchObject({ verdict: 'notProven', asked: [] });
		}
		const id = `${issuerDid}#tenant-a-key-1`;
		const keys = { ...didDocument({ id }), assertionMethod: [id] };
		expect(await check(keys, { issuerId: `${issuerDid}#tenant-a`, verificationMethod: id })).toMatchObject({ verdict: 'holds' });
		expect(await check(keys, { issuerId: `${issuerDid}#tenant`, verificationMethod: id })).toMatchObject({
			verdict: 'notProven',
			asked: [],
		});
	});

	it('is not looked up without a transaction, in whose sender alone the proof lies', async () => {
		expect(await check(didDocument(), { sender: undefined })).toMatchObject({ verdict: 'notChecked', asked: [] });
	});

	it('is not looked up on this machine, whatever a stranger’s document says', async () => {
		for (const host of ['127.0.0.1%3A5678', 'localhost', 'localhost%3A5678']) {
			const did = `did:web:${host}`;
			expect(await check(didDocument(), { issuerId: did, verificationMethod: `${did}#key-1` })).toMatchObject({
				verdict: 'notProven',
				asked: [],
			});
		}
	});
});
