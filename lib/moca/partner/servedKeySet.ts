import { ExplainedFailure } from '../../http/explained';
import { isLoopback } from '../../http/hosts';
import { ConnectionFailure } from '../../http/types';
import { isJsonObject, parseJson, type JsonObject } from '../../values/json';
import { shorten } from '../../values/texts';
import { privateMembers } from './jwks';

/** What is found at an address, as far as it was read. */
export interface FetchedText {
	status: number;
	text: string;
	/** There is more than a key set ever has, and the rest was not read. */
	isTooLong: boolean;
}

/** Reads what is at an address, unsigned and without following it elsewhere. @throws ConnectionFailure when no whole answer came in time */
export type FetchKeySet = (url: string) => Promise<FetchedText>;

/** A key set that was found, each key as it is published, unread. */
export interface ServedKeySet {
	/** The address, as messages show it. */
	at: string;
	keys: JsonObject[];
}

/**
 * The key set at the partner's JWKS address.
 *
 * @throws ExplainedFailure when there is none; and, before all else, for a private key, of any kind
 */
export async function fetchServedKeys(jwksUrl: string, fetchKeySet: FetchKeySet): Promise<ServedKeySet> {
	const url = checkJwksUrl(jwksUrl);
	// A query may hold what is nobody else's business.
	const at = url.origin + url.pathname;
	return { at, keys: readKeys(await fetched(url, at, fetchKeySet), at) };
}

function checkJwksUrl(value: string): URL {
	const text = value.trim();
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || url.username !== '' || url.password !== '' || !['https:', 'http:'].includes(url.protocol)) {
		throw failure(
			`The JWKS URL “${shorten(text)}” is not a web address`,
			'Enter it as it is registered in the Moca dashboard, such as https://n8n.example.com/webhook/moca/jwks.json, or leave it empty.',
		);
	}
	if (url.protocol === 'http:' && !isLoopback(url.hostname))
		throw failure(
			`The JWKS URL ${url.origin} is not https`,
			'Moca takes https alone. Plain http is taken here for this machine only (localhost).',
		);
	return url;
}

async function fetched(url: URL, at: string, fetchKeySet: FetchKeySet): Promise<string> {
	const { status, text, isTooLong } = await fetchKeySet(url.href).catch((error: unknown) =>
		Promise.reject(error instanceof ConnectionFailure ? unreachable(at, error.code) : error),
	);
	if (status >= 300 && status < 400)
		throw failure(
			`The JWKS URL ${at} points elsewhere (HTTP ${status})`,
			'Enter the address at which the keys are, and register that one with Moca: whether Moca follows is not documented.',
		);
	if (status !== 200)
		throw failure(
			`There is no JWKS at ${at}: it answers with HTTP ${status}`,
			'Open it in a browser: it has to show the keys to everybody, without a log-in. With the node Moca JWKS: publish its workflow, and enter its Production URL.',
		);
	if (isTooLong) throw failure(`What is at ${at} is too long for a JWKS`, notAJwks);
	return text;
}

/** In n8n, codes such as CERT_HAS_EXPIRED, DEPTH_ZERO_SELF_SIGNED_CERT and ERR_TLS_CERT_ALTNAME_INVALID. */
const isAboutCertificate = (code: string): boolean => /CERT|SIGNATURE/.test(code);

const unreachable = (at: string, code: string): ExplainedFailure =>
	isAboutCertificate(code)
		? failure(`The certificate of ${at} is not accepted (${code})`, 'Moca wants one that is valid, as browsers do.')
		: failure(
				`Your JWKS could not be fetched at ${at} (${code})`,
				'Check the JWKS URL, and that it opens over https from everywhere. If only this machine cannot reach it, leave JWKS URL empty: the test then leaves this part out.',
			);

/** @throws ExplainedFailure for anything but a key set, and before all else for private keys */
function readKeys(text: string, at: string): JsonObject[] {
	const body = parseJson(text);
	const exposed = objectsIn(body).find(isPrivateKey);
	if (exposed) throw isPublic(at, exposed);
	if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) throw isPublic(at);
	if (body === undefined) throw failure(`What is at ${at} is not JSON`, notAJwks);
	if (isJsonObject(body) && Array.isArray(body.keys)) return body.keys.filter(isJsonObject);
	throw failure(`What is at ${at} is not a JWKS: it has no list “keys”`, notAJwks);
}

const notAJwks = 'It has to be JSON like {"keys": [ … ]}, with each public key as one entry.';

/** Deeper than anybody puts a key. */
const deepest = 6;

const objectsIn = (value: unknown, depth = 0): JsonObject[] => {
	if (depth > deepest || typeof value !== 'object' || value === null) return [];
	const inside = Object.values(value).flatMap((one) => objectsIn(one, depth + 1));
	return isJsonObject(value) ? [value, ...inside] : inside;
};

const isPrivateKey = (jwk: JsonObject): boolean =>
	[jwk.kty, jwk.n, jwk.x].some((member) => typeof member === 'string') && privateMembers.some((member) => jwk[member] !== undefined);

function isPublic(at: string, jwk: JsonObject = {}): ExplainedFailure {
	const members = privateMembers.filter((member) => jwk[member] !== undefined).map((member) => `“${member}”`);
	const which =
		members.length > 0 ? `${nameOf(jwk)} has the private ${members.length > 1 ? 'members' : 'member'} ${members.join(', ')}. ` : '';
	return failure(
		`Your private key is public at ${at}: take it down and make a new one`,
		`${which}Whoever has read it can issue in your name, also after it is gone from there. Make a new key pair, publish its public half alone, and put the new private key here.`,
	);
}

const nameOf = ({ kid }: JsonObject): string => (typeof kid === 'string' ? `The key “${shorten(kid)}”` : 'A key without kid');

export const failure = (message: string, hint: string): ExplainedFailure => new ExplainedFailure(message, { code: 'jwks', hint });
