import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Made anew for each test file; nothing here was ever used anywhere. */
export const rsaKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
export const ecKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

type PrivateType = 'pkcs8' | 'pkcs1' | 'sec1';
export const pem = (key: KeyObject, type: PrivateType): string => key.export({ format: 'pem', type } as never) as unknown as string;
export const publicPem = (key: KeyObject): string => createPublicKey(key).export({ format: 'pem', type: 'spki' }) as string;
export const jwk = (key: KeyObject): string => JSON.stringify(key.export({ format: 'jwk' }));
export const publicJwk = (key: KeyObject): Record<string, unknown> => ({ ...createPublicKey(key).export({ format: 'jwk' }) });

/** A PEM without its frame, in one line. */
export const bare = (text: string) => text.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');
export const base64 = (text: string) => Buffer.from(text).toString('base64');
const withParameters = (text: string) => `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${text}`;

/** A private key in every form that people paste: the name of the form, the key, the text. */
export const everyForm = (rsa: KeyObject, ec: KeyObject): Array<[string, KeyObject, string]> => [
	['RSA PEM, PKCS#8', rsa, pem(rsa, 'pkcs8')],
	['RSA PEM, PKCS#1', rsa, pem(rsa, 'pkcs1')],
	['EC PEM, PKCS#8', ec, pem(ec, 'pkcs8')],
	['EC PEM, SEC1', ec, pem(ec, 'sec1')],
	['EC PEM behind a block of parameters', ec, withParameters(pem(ec, 'sec1'))],
	['PEM with \\n written out', rsa, pem(rsa, 'pkcs8').replace(/\n/g, '\\n')],
	['PEM with \\r\\n written out', rsa, pem(rsa, 'pkcs1').replace(/\n/g, '\\r\\n')],
	['PEM with blanks for line ends', rsa, pem(rsa, 'pkcs8').replace(/\n/g, ' ')],
	['PEM with Windows line ends and blanks around', ec, `  ${pem(ec, 'pkcs8').replace(/\n/g, '\r\n')}  `],
	['PEM in quotes', ec, `"${pem(ec, 'pkcs8').replace(/\n/g, '\\n')}"`],
	['the bare base64 body, PKCS#8', rsa, bare(pem(rsa, 'pkcs8'))],
	['the bare base64 body, PKCS#1', rsa, bare(pem(rsa, 'pkcs1'))],
	['the bare base64 body, SEC1', ec, bare(pem(ec, 'sec1'))],
	['the bare body in lines', ec, pem(ec, 'pkcs8').replace(/-----[^-]+-----/g, '')],
	['base64 of a whole PEM', rsa, base64(pem(rsa, 'pkcs8'))],
	['a private RSA JWK', rsa, jwk(rsa)],
	['a private EC JWK', ec, jwk(ec)],
	['base64 of a private JWK', ec, base64(jwk(ec))],
];

/**
 * What must never be seen: each private number of a key, as a JWK writes it, in base64 and in hex, in pieces of 16 characters, so that a
 * part of one is found too.
 */
export function privateParts(key: KeyObject): string[] {
	const { d, p, q, dp, dq, qi } = key.export({ format: 'jwk' });
	const numbers = [d, p, q, dp, dq, qi].filter((number) => number !== undefined);
	const written = numbers.flatMap((number) => {
		const bytes = Buffer.from(number, 'base64url');
		return [number, bytes.toString('base64'), bytes.toString('hex')];
	});
	return written.flatMap((text) =>
		Array.from({ length: Math.floor(text.length / 16) }, (_, piece) => text.slice(piece * 16, piece * 16 + 16)),
	);
}
