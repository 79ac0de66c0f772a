import { createHmac, timingSafeEqual } from 'node:crypto';

/** Why a delivery isn't taken for LearnCoin's. */
export type SignatureFlaw =
	/** There is no signature header. */
	| 'missing'
	/** The header is not of the form `t=…,v1=…`. */
	| 'garbled'
	/** The header was made too long ago: the delivery may be a recorded one, played again. */
	| 'tooOld'
	/** The header is from the future: one of the two clocks is wrong. */
	| 'tooNew'
	/** No signature in it fits the body: another secret, or something was changed on the way. */
	| 'mismatch'
	/** There is no secret to check with. */
	| 'noSecret';

export type SignatureCheck =
	| { valid: true; timestampMs: number }
	/** `ageMs` of a signature that fits but isn't of now; negative for one from the future. */
	| { valid: false; reason: 'tooOld' | 'tooNew'; ageMs: number }
	| { valid: false; reason: Exclude<SignatureFlaw, 'tooOld' | 'tooNew'> };

export interface SignedDelivery {
	/** The request body, byte for byte as it came. */
	rawBody: Buffer;
	/** `X-LearnCoin-Signature`, as it came. */
	header: unknown;
	/** The endpoint's `signing_secret`. */
	secret: string;
	/** Asked for once the signature fits: how far the header's time may be from now, in seconds, into the past and into the future. LearnCoin's sample has 300. */
	toleranceSeconds: () => number;
	/** Milliseconds since the epoch. */
	nowMs: number;
}

/**
 * Whether a delivery was signed with this secret (docs/api/learncoin.md 6.3): HMAC-SHA256, in hex, of `<t>.<body>`. Never throws.
 *
 * What the documents leave open is taken in every reading: the key with and without its `whsec_`, `t` in seconds and in milliseconds, any one
 * of several `v1`.
 */
export function verifySignature({ rawBody, header, secret, toleranceSeconds, nowMs }: SignedDelivery): SignatureCheck {
	if (secret.replace(secretPrefix, '') === '') return flawed('noSecret');
	if (typeof header !== 'string' || header.trim() === '') return flawed('missing');
	const parts = parseHeader(header);
	if (!parts) return flawed('garbled');
	const { timestamp, signatures } = parts;
	if (signatures.length === 0) return flawed('mismatch');
	// The signature first: only then is it known whose time it is.
	const expected = keysOf(secret).map((key) => createHmac('sha256', key).update(`${timestamp}.`).update(rawBody).digest());
	const matches = signatures.map((signature) => expected.some((digest) => isSame(digest, signature)));
	if (!matches.includes(true)) return flawed('mismatch');
	const timestampMs = toMs(timestamp);
	const ageMs = nowMs - timestampMs;
	const toleranceMs = toleranceSeconds() * 1000;
	if (ageMs > toleranceMs) return { valid: false, reason: 'tooOld', ageMs };
	if (ageMs < -toleranceMs) return { valid: false, reason: 'tooNew', ageMs };
	return { valid: true, timestampMs };
}

const flawed = (reason: Exclude<SignatureFlaw, 'tooOld' | 'tooNew'>): SignatureCheck => ({ valid: false, reason });

const secretPrefix = /^whsec_/;

/** The documents' sample reads the secret as it is and shows no decoding; others that use this prefix take what follows it. */
const keysOf = (secret: string): string[] => {
	const bare = secret.replace(secretPrefix, '');
	return [`whsec_${bare}`, bare];
};

/** An HMAC-SHA256 in hex. */
const hexDigest = /^[0-9a-f]{64}$/i;

/** Unknown schemes beside `v1` are passed over, as is a `v1` that can't be one; two different times can't both be right. */
function parseHeader(header: string): { timestamp: string; signatures: Buffer[] } | undefined {
	const pairs = header.split(',').map(splitPair);
	const valuesOf = (name: string) => pairs.flatMap((pair) => (pair.name === name ? [pair.value] : []));
	const [timestamp = '', ...moreTimestamps] = valuesOf('t');
	const signatures = valuesOf('v1');
	if (!/^\d{1,15}$/.test(timestamp) || moreTimestamps.length > 0 || signatures.length === 0) return undefined;
	return { timestamp, signatures: signatures.filter((hex) => hexDigest.test(hex)).map((hex) => Buffer.from(hex, 'hex')) };
}

/** Without a pattern: anybody can send a header, and it is read before it is known from whom it is. */
function splitPair(part: string): { name: string; value: string } {
	const equals = part.indexOf('=');
	return equals < 0 ? { name: '', value: '' } : { name: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim() };
}

/** Takes equally long for every signature of the right length; others are no digests at all. */
const isSame = (digest: Buffer, signature: Buffer): boolean => digest.length === signature.length && timingSafeEqual(digest, signature);

/** Seconds by the documents' sample; what would be after the year 5138 is milliseconds. */
const toMs = (timestamp: string): number => (Number(timestamp) >= 100_000_000_000 ? Number(timestamp) : Number(timestamp) * 1000);
