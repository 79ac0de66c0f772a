import type { IncomingHttpHeaders } from 'node:http';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWK, type JWTPayload } from 'jose';
import { MocaRefusal } from '../errors';
import { mocaTime } from '../clock';
import type { MocaSettings } from '../settings';
import { JwksUnreachable, type JwksCache } from './jwks';
import type { PartnerAlgorithm, PartnerRegistry, RegisteredPartner } from './registry';

/** Who calls, and for whom: the JWT's email routes the credential (docs/api/moca.md 2.3). */
export interface AuthenticatedCall {
	partner: RegisteredPartner;
	recipientEmail: string;
}

interface PartnerAuthContext {
	settings: MocaSettings;
	partners: PartnerRegistry;
	jwks: JwksCache;
}

const keyTypes: Record<PartnerAlgorithm, { kty: string; crv?: string }> = {
	RS256: { kty: 'RSA' },
	ES256: { kty: 'EC', crv: 'P-256' },
};

/**
 * Checks the `x-partner-auth` header (docs/api/moca.md 2).
 * @throws MocaRefusal 401 whose message names the cause
 */
export async function authenticatePartner(headers: IncomingHttpHeaders, context: PartnerAuthContext): Promise<AuthenticatedCall> {
	const token = readToken(headers);
	const { alg, kid } = readJoseHeader(token);
	const partner = readPartner(token, context.partners);
	const key = await findKey(partner, kid, context.jwks);
	requireFittingKey(key, alg);
	const nowMs = mocaTime(context.settings);
	const claims = await verify(token, key, nowMs);
	requireIssued(claims, nowMs, context.settings.issuedAtToleranceSeconds);
	requireLifetime(claims, nowMs, context.settings.maxJwtLifetimeSeconds);
	requireScope(claims, context.settings.acceptedScopes);
	return { partner, recipientEmail: readEmail(claims) };
}

/** The recipient a JWT names, without checking the JWT: only to match faults and to label the traffic. */
export function claimedRecipient(headers: IncomingHttpHeaders): string | undefined {
	try {
		const { email } = decodeJwt(readToken(headers));
		return typeof email === 'string' ? email : undefined;
	} catch {
		return undefined;
	}
}

function unauthorized(message: string): MocaRefusal {
	return new MocaRefusal(401, message);
}

function readToken(headers: IncomingHttpHeaders): string {
	const value = headers['x-partner-auth'];
	if (typeof value !== 'string' || value === '') throw unauthorized('Missing x-partner-auth header');
	// Every documented example sends the bare token (docs/api/moca.md 2.1).
	if (/^bearer\s/i.test(value)) throw unauthorized('x-partner-auth must be the JWT alone, without a Bearer prefix');
	return value;
}

function readJoseHeader(token: string): { alg: PartnerAlgorithm; kid: string } {
	const { alg, typ, kid } = decodedOrRefused(() => decodeProtectedHeader(token));
	if (alg !== 'RS256' && alg !== 'ES256') throw unauthorized(`JWT alg must be RS256 or ES256, got ${String(alg)}`);
	if (typ === undefined) throw unauthorized('JWT typ is missing from the header, it must be JWT');
	if (typ !== 'JWT') throw unauthorized(`JWT typ must be JWT, got ${typ}`);
	if (typeof kid !== 'string' || kid === '') throw unauthorized('JWT kid is missing from the header');
	return { alg, kid };
}

function readPartner(token: string, partners: PartnerRegistry): RegisteredPartner {
	const { partnerId } = decodedOrRefused(() => decodeJwt(token));
	if (typeof partnerId !== 'string' || partnerId === '') throw unauthorized('JWT claim partnerId is missing');
	const partner = partners.find(partnerId);
	if (!partner) throw unauthorized(`Unknown partnerId ${partnerId}`);
	return partner;
}

function decodedOrRefused<T>(decode: () => T): T {
	try {
		return decode();
	} catch {
		throw unauthorized('x-partner-auth is not a compact JWT');
	}
}

async function findKey(partner: RegisteredPartner, kid: string, jwks: JwksCache): Promise<JWK> {
	try {
		const key = await jwks.find(partner.jwksUrl, kid);
		if (!key) throw unauthorized(`Unknown kid ${kid}: the registered JWKS has no such key`);
		return key;
	} catch (error) {
		if (error instanceof JwksUnreachable) throw unauthorized(`JWKS unreachable: ${error.message}`);
		throw error;
	}
}

function requireFittingKey(key: JWK, alg: PartnerAlgorithm): void {
	const expected = keyTypes[alg];
	const fits =
		key.kty === expected.kty && (expected.crv === undefined || key.crv === expected.crv) && (key.alg === undefined || key.alg === alg);
	if (!fits) throw unauthorized(`JWT alg ${alg} does not fit the key published under this kid`);
}

async function verify(token: string, key: JWK, nowMs: number): Promise<JWTPayload> {
	try {
		return (await jwtVerify(token, key, { requiredClaims: ['exp'], currentDate: new Date(nowMs) })).payload;
	} catch (error) {
		throw unauthorized(verifyProblem(error));
	}
}

function verifyProblem(error: unknown): string {
	if (error instanceof errors.JWTExpired) return 'JWT expired';
	if (error instanceof errors.JWTClaimValidationFailed) {
		return error.reason === 'missing' ? `JWT claim ${error.claim} is missing` : `JWT claim ${error.claim} is invalid`;
	}
	if (error instanceof errors.JWSSignatureVerificationFailed) return 'JWT signature does not verify against the registered JWKS';
	return 'JWT could not be verified with the key published under this kid';
}

function requireIssued({ iat }: JWTPayload, nowMs: number, toleranceSeconds: number | undefined): void {
	if (toleranceSeconds === undefined || iat === undefined) return;
	if (iat > nowMs / 1000 + toleranceSeconds) throw unauthorized('JWT was issued in the future');
}

function requireLifetime({ iat, exp }: JWTPayload, nowMs: number, maxSeconds: number | undefined): void {
	if (maxSeconds === undefined || exp === undefined) return;
	if (exp - (iat ?? Math.floor(nowMs / 1000)) > maxSeconds) throw unauthorized(`JWT lives longer than ${maxSeconds} s`);
}

function requireScope({ scope }: JWTPayload, accepted: string[]): void {
	if (typeof scope !== 'string') throw unauthorized('JWT claim scope is missing');
	if (!accepted.includes(scope)) throw unauthorized(`JWT scope "${scope}" is not accepted`);
}

function readEmail({ email }: JWTPayload): string {
	if (typeof email !== 'string' || email === '') throw unauthorized('JWT claim email is missing');
	if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw unauthorized('JWT claim email is not an email address');
	return email;
}
