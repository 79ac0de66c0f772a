import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

import type { ExplainedFailure } from '../../http/explained';
import { attempt } from '../../values/attempt';
import type { JsonObject } from '../../values/json';
import { shorten } from '../../values/texts';
import { keyIdOf } from './partnerJwt';
import { algorithmFor, publicHalfOf } from './privateKey';
import { failure, fetchServedKeys, type FetchKeySet } from './servedKeySet';
import type { PartnerSettings } from './settings';

/**
 * Whether the key set at the partner's JWKS address has the public half of the private key, under the key ID that tokens carry, in the form that
 * Moca's documents want (docs/api/moca.md 2.2 and 2.5); and no private key, of any kind.
 *
 * @returns the address, as messages show it
 * @throws ExplainedFailure for the first thing that is wrong; it quotes nothing of any key but its `kid`, `kty`, `alg` and `use`
 */
export async function checkServedKey(settings: PartnerSettings, fetchKeySet: FetchKeySet): Promise<string> {
	const kid = keyIdOf(settings);
	const own = publicHalfOf(settings.privateKey, settings.algorithm);
	const { at, keys } = await fetchServedKeys(settings.jwksUrl, fetchKeySet);
	const elsewhere = keys.find((key) => isSame(key, own));
	const named = keys.filter((key) => key.kid === kid);
	const [key] = named;
	if (!key) throw unknownKeyId(at, kid, keys, elsewhere);
	if (named.length > 1)
		throw failure(`${named.length} keys have the key ID “${kid}” at ${at}`, 'Which of them Moca takes is not documented. Leave one.');
	checkKey(key, own, { at, kid, algorithm: algorithmFor(settings.privateKey, settings.algorithm), elsewhere });
	return at;
}

const mostNamed = 10;

function unknownKeyId(at: string, kid: string, keys: JsonObject[], elsewhere: JsonObject | undefined): ExplainedFailure {
	const kids = keys.map((key) => (typeof key.kid === 'string' ? `“${shorten(key.kid)}”` : 'one without kid'));
	const more = kids.length > mostNamed ? ` and ${kids.length - mostNamed} more` : '';
	const there = kids.length === 0 ? 'It is empty.' : `It has ${kids.slice(0, mostNamed).join(', ')}${more}.`;
	return failure(
		`Unknown key ID: the JWKS at ${at} has no key “${kid}”`,
		`${there} ${whereTheKeyIs(elsewhere) ?? 'Enter the kid of your published key as Key ID, or publish the key under this one.'}`,
	);
}

/** What to do where the right key is there, under another ID. */
const whereTheKeyIs = (elsewhere: JsonObject | undefined): string | undefined =>
	typeof elsewhere?.kid === 'string' ? `The right key is there as “${shorten(elsewhere.kid)}”: enter that as Key ID.` : undefined;

interface Expected {
	at: string;
	kid: string;
	algorithm: 'RS256' | 'ES256';
	elsewhere: JsonObject | undefined;
}

const keyKinds: Record<string, string> = { RSA: 'an RSA key', EC: 'an EC key' };

function checkKey(key: JsonObject, own: KeyObject, { at, kid, algorithm, elsewhere }: Expected): void {
	const { kty } = own.export({ format: 'jwk' });
	const correct = whereTheKeyIs(elsewhere) ?? 'Paste the private key that belongs to it, or publish the public half of this one.';
	if (key.kty !== kty) {
		const kind = keyKinds[String(key.kty)] ?? `a key of the type “${shorten(String(key.kty))}”`;
		throw failure(`Wrong key: “${kid}” at ${at} is ${kind}, and the private key here is ${keyKinds[String(kty)]} (${algorithm})`, correct);
	}
	if (!toKey(key))
		throw failure(
			`The key “${kid}” at ${at} is not a public key that can be read`,
			'Publish it anew, with all its members: n and e, or crv, x and y.',
		);
	if (!isSame(key, own)) throw failure(`Wrong key: the private key is not the counterpart of “${kid}” at ${at}`, correct);
	if (key.alg !== undefined && key.alg !== algorithm)
		throw failure(
			`The key “${kid}” at ${at} has the alg “${shorten(String(key.alg))}”, and tokens are signed with ${algorithm}`,
			`Publish it with "alg": "${algorithm}".`,
		);
	if (key.use !== undefined && key.use !== 'sig')
		throw failure(
			`The key “${kid}” at ${at} has the use “${shorten(String(key.use))}”, which is not for signatures`,
			'Publish it with "use": "sig".',
		);
}

/** By its public members alone, whatever else the entry says. */
const toKey = ({ kty, n, e, crv, x, y }: JsonObject): KeyObject | undefined =>
	attempt(() => createPublicKey({ key: { kty, n, e, crv, x, y } as JsonWebKey, format: 'jwk' }));

const isSame = (jwk: JsonObject, own: KeyObject): boolean => toKey(jwk)?.equals(own) === true;
