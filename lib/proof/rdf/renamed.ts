import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';
import type { Work } from '../breather';
import { contextsIn, knownNames } from './contexts';
import { expand, NotJsonLd } from './expand';

/**
 * Whether a context that is written into the document changes what known names mean. The hash is of meanings, so somebody could write “validUntil” as
 * “note” and say in such a context that a note is the end of validity: the same hash, and whoever reads the fields reads something else. So the
 * document is read a second time without such contexts: of what is known, both readings have to say the same.
 *
 * @param nodes the expanded document
 * @throws TooMuchWork
 */
export async function isRenamed(document: JsonObject, nodes: unknown[], work: Work): Promise<boolean> {
	if (!contextsIn(document).some(hasOwnTerms)) return false;
	try {
		const plain = await expand(withoutOwnTerms(document) as JsonObject, work);
		return !saysTheSame(plain.nodes, nodes);
	} catch (error) {
		if (error instanceof NotJsonLd) return true;
		return await Promise.reject(error);
	}
}

const hasOwnTerms = (context: unknown): boolean =>
	Array.isArray(context) ? context.some(hasOwnTerms) : context === null || isJsonObject(context);

function withoutOwnTerms(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutOwnTerms);
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, inner]) => {
			if (name !== '@context') return [[name, withoutOwnTerms(inner)]];
			const bundled = (Array.isArray(inner) ? (inner as unknown[]) : [inner]).filter((one) => typeof one === 'string');
			return bundled.length > 0 ? [[name, bundled]] : [];
		}),
	);
}

/** @param plain what the known contexts alone make of it @param own what comes out with those of the document */
function saysTheSame(plain: unknown, own: unknown): boolean {
	if (Array.isArray(plain) && Array.isArray(own)) {
		return plain.length === own.length && plain.every((one, index) => saysTheSame(one, own[index]));
	}
	if (!isJsonObject(plain) || !isJsonObject(own)) return plain === own;
	return [...new Set([...Object.keys(plain), ...Object.keys(own)])].every((name) => {
		if (name === '@type') return sameTypes(typesOf(plain), typesOf(own));
		if (name in plain) return name in own && saysTheSame(plain[name], own[name]);
		return !name.startsWith('@') && !knownNames().has(name);
	});
}

const typesOf = (node: JsonObject): unknown[] => [node['@type'] ?? []].flat();

/** A type that no context knows stays as it is written. */
const sameTypes = (plain: unknown[], own: unknown[]): boolean =>
	plain.filter(isFull).every((type) => own.includes(type)) && own.every((type) => plain.includes(type) || !knownNames().has(textOf(type)));

const isFull = (type: unknown): boolean => typeof type === 'string' && type.includes(':');
