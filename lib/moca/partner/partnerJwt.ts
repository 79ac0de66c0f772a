import { SignJWT } from 'jose';

import { MissingValue } from '../../http/explained';
import type { RecipientEmail } from '../issuing/checks';
import { signingKeyFor, type Algorithm } from './privateKey';

export interface Partner {
	partnerId: string;
	privateKey: string;
	/** Empty = the partner ID, as in every official example (docs/api/moca.md 2.2). */
	keyId: string;
	algorithm: 'auto' | Algorithm;
	scope: string;
}

/** Seconds: what Moca recommends (docs/api/moca.md 2.3). */
const lifetimeS = 5 * 60;
export const tokenLifetimeMs = lifetimeS * 1000;

/** The header that carries the token, which stands alone in it, without `Bearer` (docs/api/moca.md 2.1). */
export const partnerAuthHeader = 'x-partner-auth';

/**
 * The token for one recipient: Moca routes the credential by its `email` claim alone, so a token is never shared between recipients.
 * Signing runs off the event loop (WebCrypto).
 *
 * @param nowMs milliseconds since the epoch
 * @throws ExplainedFailure when the partner can't sign: no partner ID, or a key that isn't one
 */
export async function signPartnerJwt(partner: Partner, email: RecipientEmail, nowMs: number): Promise<string> {
	const partnerId = partnerIdOf(partner);
	const { key, algorithm } = await signingKeyFor(partner.privateKey, partner.algorithm);
	const issuedAt = Math.floor(nowMs / 1000);
	return await new SignJWT({ partnerId, email, scope: partner.scope })
		.setProtectedHeader({ alg: algorithm, kid: keyIdOf(partner), typ: 'JWT' })
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + lifetimeS)
		.sign(key);
}

/**
 * The `kid` of a partner's tokens, and of the key in the JWKS that goes with them.
 *
 * @throws ExplainedFailure when there is neither a key ID nor a partner ID
 */
export const keyIdOf = (partner: Pick<Partner, 'partnerId' | 'keyId'>): string => partner.keyId.trim() || partnerIdOf(partner);

function partnerIdOf({ partnerId }: Pick<Partner, 'partnerId'>): string {
	if (partnerId.trim() !== '') return partnerId.trim();
	throw new MissingValue('The Moca account has no partner ID', 'Copy it from the Moca dashboard: Account, General Settings.');
}
