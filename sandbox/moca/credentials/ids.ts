import { createHash, randomBytes } from 'node:crypto';
import { randomText } from '../../shared/randomText';

const idAlphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A vcId of the documented shape: 22 letters and digits that begin with `c2` (docs/api/moca.md 4). */
export function newVcId(): string {
	return `c2${randomText(idAlphabet, 20)}`;
}

/** A coreClaimHash of the documented shape: 64 hex characters without 0x (docs/api/moca.md 3.3). */
export function newCoreClaimHash(): string {
	return randomBytes(32).toString('hex');
}

/** The AIR user of an email: always the same uuid for the same address, whatever its letter case. */
export function userUuidOf(email: string): string {
	const hex = createHash('sha256').update(email.toLowerCase()).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
