import { createHmac } from 'node:crypto';
import type { LearnCoinSettings } from '../settings';

/**
 * `t=<seconds since epoch>,v1=<hex HMAC-SHA256 of "t.body">` (docs/api/learncoin.md 6.3).
 * @param body the exact text that is sent
 * @param seconds since epoch
 */
export function signatureHeader(
	secret: string,
	body: string,
	seconds: number,
	{ secretEncoding }: Pick<LearnCoinSettings, 'secretEncoding'>,
): string {
	const key = secretEncoding === 'with prefix' ? secret : secret.replace(/^whsec_/, '');
	return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
}
