import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';

import { checkRecipientEmail } from '../../../../lib/moca/issuing/checks';
import { signPartnerJwt, type Partner } from '../../../../lib/moca/partner/partnerJwt';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const partner: Partner = {
	partnerId: 'partner-1',
	privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
	keyId: '',
	algorithm: 'auto',
	scope: 'issue on-behalf',
};
const email = checkRecipientEmail('ada@example.com');
const now = Date.parse('2026-11-20T12:00:00.900Z');

it('has the documented claims and lives five minutes', async () => {
	const { payload } = await jwtVerify(await signPartnerJwt(partner, email, now), createPublicKey(privateKey), {
		currentDate: new Date(now),
	});
	expect(payload).toEqual({ partnerId: 'partner-1', email: 'ada@example.com', scope: 'issue on-behalf', iat: 1795176000, exp: 1795176300 });
});

it('names its type, its algorithm, and the partner ID as key ID unless another is given', async () => {
	expect(decodeProtectedHeader(await signPartnerJwt(partner, email, now))).toEqual({ alg: 'ES256', kid: 'partner-1', typ: 'JWT' });
	expect(decodeProtectedHeader(await signPartnerJwt({ ...partner, keyId: ' key-2 ' }, email, now)).kid).toBe('key-2');
});

it('is refused without a partner ID', async () => {
	await expect(signPartnerJwt({ ...partner, partnerId: ' ' }, email, now)).rejects.toThrow('has no partner ID');
});

it('signs with the new key as soon as the n8n credential holds it', async () => {
	const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
	await signPartnerJwt(partner, email, now);
	const token = await signPartnerJwt({ ...partner, privateKey: other.export({ format: 'pem', type: 'pkcs8' }) as string }, email, now);
	await expect(jwtVerify(token, createPublicKey(other), { currentDate: new Date(now) })).resolves.toBeDefined();
});
