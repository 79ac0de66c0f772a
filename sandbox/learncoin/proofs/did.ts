import { base58 } from '@scure/base';
import type { Account } from '../../chain/account';
import type { LearnCoinSettings } from '../settings';
import type { Tenant } from '../tenant/tenant';

/** The issuer's names in documents and proofs. */
export interface IssuerIds {
	/** What `did:web` resolves: the sandbox's host, or the tenant below it. */
	did: string;
	/** `issuer.id` of a document, and the tenant's `did`. */
	issuer: string;
	verificationMethod: string;
}

export interface IdsContext {
	settings: LearnCoinSettings;
	tenant: Tenant;
	/** Where the sandbox answers. */
	publicUrl: string;
}

/** Where the DID document with this setting is, below the sandbox's address, as `did:web` has it. */
export const didPaths = (tenant: Tenant): Record<LearnCoinSettings['issuerDid'], string> => ({
	fragment: '/.well-known/did.json',
	bare: '/.well-known/did.json',
	path: `/learncoin/tenants/${tenant.slug}/did.json`,
});

/** By the host's DID as LearnCoin documents it, with the tenant as a fragment or nowhere; or by a DID of the tenant's own. */
export function issuerIds({ settings, tenant, publicUrl }: IdsContext): IssuerIds {
	// A colon stands between the parts of a path there, so the one before the port is escaped.
	const host = `did:web:${new URL(publicUrl).host.replace(':', '%3A')}`;
	const fragment = `${host}#tenant-${tenant.slug}`;
	switch (settings.issuerDid) {
		case 'fragment':
			return { did: host, issuer: fragment, verificationMethod: `${fragment}-key-1` };
		case 'bare':
			return { did: host, issuer: host, verificationMethod: fragment };
		case 'path': {
			const did = `${host}:learncoin:tenants:${tenant.slug}`;
			return { did, issuer: did, verificationMethod: `${did}#key-1` };
		}
	}
}

/** The issuer's DID document: one key, allowed to make assertions. */
export function didDocument({ did, verificationMethod }: IssuerIds, { jwk, compressedKey }: Account, { didKey }: LearnCoinSettings) {
	const [suite, key]: [string, object] =
		didKey === 'jwk'
			? ['https://w3id.org/security/suites/secp256k1-2019/v1', { type: 'EcdsaSecp256k1VerificationKey2019', publicKeyJwk: jwk }]
			: ['https://w3id.org/security/multikey/v1', { type: 'Multikey', publicKeyMultibase: multikey(compressedKey) }];
	return {
		'@context': ['https://www.w3.org/ns/did/v1', suite],
		id: did,
		verificationMethod: [{ id: verificationMethod, controller: did, ...key }],
		assertionMethod: [verificationMethod],
	};
}

/** The multicodec of a public secp256k1 key, as a varint. */
const secp256k1Prefix = [0xe7, 0x01];

function multikey(compressedKey: Uint8Array): string {
	return `z${base58.encode(new Uint8Array([...secp256k1Prefix, ...compressedKey]))}`;
}
