import { randomBytes } from 'node:crypto';
import { randomText } from '../shared/randomText';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

type IdPrefix = 'bat' | 'crd' | 'whk' | 'evt' | 'dlv';

/** The id made last, so that ids made within one millisecond sort by age too. */
const last = { ms: 0, count: 0 };

/** A ULID behind a prefix, as `bat_01J…`: 26 upper-case letters and digits that sort by age (docs/api/learncoin.md 2). */
export function newId(prefix: IdPrefix): string {
	const now = Math.max(Date.now(), last.ms);
	last.count = now === last.ms ? last.count + 1 : 0;
	last.ms = now;
	return `${prefix}_${encode(now, 10)}${encode(last.count, 4)}${randomText(crockford, 12)}`;
}

/** `req_` and 12 upper-case letters and digits (docs/api/learncoin.md 1). */
export function newRequestId(): string {
	return `req_${randomText(crockford, 12)}`;
}

/** An API key with the documented prefix and the length of 32 bytes in base58 (docs/api/learncoin.md 1). */
export function newApiKey(environment: 'test' | 'live'): string {
	return `lrn_${environment}_${randomText(base58, 44)}`;
}

/** `whsec_` and 40 characters, as in the guide's sample (docs/api/learncoin.md 2). */
export function newSigningSecret(): string {
	return `whsec_${randomText(alphanumeric, 40)}`;
}

/** 32 random bytes as 0x-hex: a Merkle root or a transaction hash. */
export function newHash(): string {
	return `0x${randomBytes(32).toString('hex')}`;
}

function encode(number: number, length: number): string {
	let rest = number;
	let text = '';
	while (text.length < length) {
		text = `${crockford[rest % 32]}${text}`;
		rest = Math.floor(rest / 32);
	}
	return text;
}
