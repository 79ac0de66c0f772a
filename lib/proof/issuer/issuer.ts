import { isLoopback } from '../../http/hosts';
import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';
import type { Lookup } from '../lookup';
import type { Finding } from '../verdict';
import { addressOf } from './address';

/** What the issuer's step needs to know of a badge. */
export interface Claimed {
	/** `issuer.id` */
	issuerId: string | undefined;
	/** The key that the proof names. It isn't hashed, so it proves nothing by itself. */
	verificationMethod: string | undefined;
	/** Who sent the transaction. */
	sender: string | undefined;
}

/**
 * Whether the issuer's key sent the transaction: the one thing that binds a badge to its issuer, because a proof of this kind has no signature.
 *
 * @param nowMs milliseconds since the epoch
 */
export async function checkIssuer({ issuerId, verificationMethod, sender }: Claimed, lookup: Lookup, nowMs: number): Promise<Finding> {
	if (sender === undefined) return { verdict: 'notChecked', reason: 'Without the transaction nobody can tell who made the proof.' };
	if (issuerId === undefined || verificationMethod === undefined)
		return open('The document does not name its issuer and the issuer’s key.');
	const [base = '', fragment = ''] = verificationMethod.split('#');
	if (!isOf(verificationMethod, issuerId)) return open('The key that the proof names is not the issuer’s, by its name.');
	const url = documentUrl(base, lookup.mayBeLocal);
	if (!url) return open(`How to look up ${base.slice(0, 100)} is not known here; did:web and https are.`);
	const found = await lookup.get(url);
	if (!found.ok) return open(`The issuer’s keys could not be looked up at ${url.slice(0, 200)}: ${found.why}.`);
	if (found.object.id !== base) return open(`What is at ${url.slice(0, 200)} says that it is another issuer’s.`);
	return judge(found.object, verificationMethod, fragment, sender, nowMs);
}

/** An issuer that is a part of another, `did:web:host#tenant`, has only the keys named after it, as `#tenant-key-1`: the others are its neighbours’. */
function isOf(method: string, issuer: string): boolean {
	if (!issuer.includes('#')) return method.split('#')[0] === issuer;
	return method === issuer || (method.startsWith(issuer) && /^[-_./]keys?[-_./]?\w{0,40}$/i.test(method.slice(issuer.length)));
}

function judge(keys: JsonObject, method: string, fragment: string, sender: string, nowMs: number): Finding {
	const isMeant = (id: unknown): boolean => id === method || id === `#${fragment}`;
	const assertion = listOf(keys.assertionMethod);
	const entry = [...listOf(keys.verificationMethod), ...assertion, ...listOf(keys.publicKey)]
		.filter(isJsonObject)
		.find(({ id }) => isMeant(id));
	if (!entry) return open('The issuer does not list the key that the proof names.');
	// A profile on the web, unlike a DID, need not say what a key is for.
	const isForThis = assertion.some((one) => isMeant(isJsonObject(one) ? one.id : one));
	if (!isForThis && (keys.assertionMethod !== undefined || method.startsWith('did:')))
		return open('The issuer lists the key, but not for issuing.');
	if (isOver(entry.revoked, nowMs)) return fails('The issuer revoked the key.');
	if (isOver(entry.expires, nowMs)) return fails('The issuer’s key has expired.');
	const address = addressOf(entry);
	if (address === undefined) return open('The issuer’s key is of a kind, or in a form, that is not known here.');
	if (address !== sender)
		return open(
			`The transaction was sent by ${sender}, the issuer’s key belongs to ${address}. Somebody may send for the issuer; nothing here says so.`,
		);
	return { verdict: 'holds', reason: 'The issuer lists the key that sent the transaction.' };
}

const open = (reason: string): Finding => ({ verdict: 'notProven', reason });
const fails = (reason: string): Finding => ({ verdict: 'fails', reason });

const listOf = (value: unknown): unknown[] => (value === undefined || value === null ? [] : [value].flat());

/** A date that can't be read counts as reached. */
const isOver = (date: unknown, nowMs: number): boolean => date !== undefined && date !== null && !(Date.parse(textOf(date)) > nowMs);

/**
 * Where the keys of a DID or a profile are (did:web: the last but one section of W3C's method; `%3A` is the port's colon).
 *
 * @param mayBeLocal whether plain http is taken on this machine, as nobody has a certificate there
 */
export function documentUrl(base: string, mayBeLocal: boolean): string | undefined {
	if (!base.startsWith('did:web:')) return base.startsWith('https://') || (mayBeLocal && base.startsWith('http://')) ? base : undefined;
	const [host = '', ...path] = base.slice('did:web:'.length).split(':');
	const authority = host.replace(/%3A/i, ':');
	if (!/^[\w.-]+(:\d{1,5})?$/.test(authority) || !path.every((part) => /^[\w.~%-]+$/.test(part) && !/^\.+$/.test(part))) return undefined;
	const scheme = mayBeLocal && isLoopback(authority.replace(/:\d+$/, '')) ? 'http' : 'https';
	return `${scheme}://${authority}/${path.length > 0 ? path.join('/') : '.well-known'}/did.json`;
}
