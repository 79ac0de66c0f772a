import { exportJWK, exportPKCS8, generateKeyPair, type JWK } from 'jose';

export type PartnerAlgorithm = 'RS256' | 'ES256';

/** A partner as Moca knows it: no key, only where its key set lies. */
export interface RegisteredPartner {
	partnerId: string;
	jwksUrl: string;
	issuerDid: string;
}

/** A partner that the sandbox made up, with everything a user would enter into n8n. */
export interface SandboxPartner extends RegisteredPartner {
	keyId: string;
	/** PKCS#8, made anew at every start and never written to disk. */
	privateKeyPem: string;
	algorithm: PartnerAlgorithm;
}

interface PartnerSeed {
	partnerId: string;
	issuerDid: string;
	algorithm: PartnerAlgorithm;
}

/** Both ids stay the same between starts, so that a pasted credential only needs its key renewed. */
export const partnerSeeds: { rsa: PartnerSeed; ec: PartnerSeed } = {
	rsa: {
		partnerId: '7d3f0a52-91c4-4b8e-a6d7-2f58c1e09b34',
		issuerDid: 'did:air:id:test:4P8xKuGaVfG8ZjTqVnQ6cYw1hRm3sD5eLb9tFoWyNa',
		algorithm: 'RS256',
	},
	ec: {
		partnerId: 'b1960e7c-3a4d-4f25-8e0b-6c97d4a215f8',
		issuerDid: 'did:air:id:test:5Tz2MvHbXgJ9WkUrSpE7dCx4iQn6uF8fKa3yGoRmBv',
		algorithm: 'ES256',
	},
};

/** Where the sandbox serves the public keys of its own partners. */
export const jwksPath = '/partners/:partnerId/jwks.json';

/** Who may call, and the public keys that the sandbox itself publishes. */
export class PartnerRegistry {
	private readonly partners = new Map<string, RegisteredPartner>();
	private readonly published = new Map<string, JWK[]>();

	/** Adds a partner, or replaces the one with the same id. */
	register({ partnerId, jwksUrl, issuerDid }: RegisteredPartner): void {
		this.partners.set(partnerId, { partnerId, jwksUrl, issuerDid });
	}

	publish(partnerId: string, publicKey: JWK): void {
		this.published.set(partnerId, [publicKey]);
	}

	publishedKeys(partnerId: string): JWK[] | undefined {
		return this.published.get(partnerId);
	}

	find(partnerId: string): RegisteredPartner | undefined {
		return this.partners.get(partnerId);
	}

	findAllByIssuerDid(issuerDid: string): RegisteredPartner[] {
		return this.all().filter((partner) => partner.issuerDid === issuerDid);
	}

	all(): RegisteredPartner[] {
		return [...this.partners.values()];
	}
}

/** Makes a key pair for a seeded partner, publishes its public half and registers the partner. */
export async function openPartner(registry: PartnerRegistry, seed: PartnerSeed, sandboxUrl: string): Promise<SandboxPartner> {
	const { partnerId, issuerDid, algorithm } = seed;
	const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
	// Convention in every official example: the key id is the partner ID (docs/api/moca.md 2.2).
	const keyId = partnerId;
	registry.publish(partnerId, { ...(await exportJWK(publicKey)), kid: keyId, use: 'sig', alg: algorithm });
	const jwksUrl = sandboxUrl + jwksPath.replace(':partnerId', partnerId);
	registry.register({ partnerId, jwksUrl, issuerDid });
	return { partnerId, keyId, issuerDid, algorithm, jwksUrl, privateKeyPem: await exportPKCS8(privateKey) };
}
