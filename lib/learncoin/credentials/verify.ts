import { isJsonObject } from '../../values/json';
import type { Credential } from '../api/types';

export type Reason = 'anchored' | 'notAnchored' | 'revoked' | 'expired' | 'expiryUnknown' | 'erased';

export interface Verdict {
	/** Anchored, not revoked, known not to have expired. Erasure doesn't end it: the proof stays and keeps verifying (docs/api/learncoin.md 3.6 and 8). */
	valid: boolean;
	/** What made it so; `erased` is added where it applies, whatever the verdict. */
	reasons: Reason[];
	anchored: boolean;
	revoked: boolean;
	erased: boolean;
	expired: boolean;
	/** ISO 8601 UTC; null for a credential that never expires, and with the reason `expiryUnknown`. */
	expiresAt: string | null;
}

/**
 * Whether a credential counts now, by what LearnCoin says of it.
 *
 * @param nowMs milliseconds since the epoch
 */
export function verify(credential: Credential, nowMs: number): Verdict {
	const anchored = credential.status === 'anchored';
	const revoked = credential.revoked === true || credential.status === 'revoked';
	const erased = credential.erased === true || credential.status === 'erased';
	const expiresMs = expiryOf(credential.signed_credential);
	const expired = typeof expiresMs === 'number' && expiresMs <= nowMs;
	const isAnchored = anchored || credential.status === 'revoked' || credential.status === 'erased';
	const against: Reason[] = [
		...(isAnchored ? [] : ['notAnchored' as const]),
		...(revoked ? ['revoked' as const] : []),
		...(expired ? ['expired' as const] : []),
	];
	// The document alone says when a credential ends: without it nobody can say that it still counts.
	if (against.length === 0 && expiresMs === null) against.push('expiryUnknown');
	const valid = against.length === 0;
	return {
		valid,
		reasons: [...(valid ? (['anchored'] as const) : against), ...(erased ? (['erased'] as const) : [])],
		anchored: isAnchored,
		revoked,
		erased,
		expired,
		expiresAt: typeof expiresMs !== 'number' ? null : new Date(expiresMs).toISOString(),
	};
}

/**
 * Milliseconds since the epoch; `undefined` for never, `null` for nobody knows: there is no document, or its date can't be read. Documents
 * name the field in two ways (docs/api/learncoin.md 12, no. 15).
 */
function expiryOf(document: unknown): number | undefined | null {
	if (!isJsonObject(document)) return null;
	const written = document.expirationDate ?? document.validUntil ?? undefined;
	if (written === undefined) return undefined;
	const ms = typeof written === 'string' ? Date.parse(written) : NaN;
	return Number.isNaN(ms) ? null : ms;
}
