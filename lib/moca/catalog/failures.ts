import type { CallDescription, Cause } from '../../http/explain';
import { readJsonObject, readServiceMessage } from '../../http/readAnswer';
import type { Answer } from '../../http/types';
import { isJsonObject } from '../../values/json';
import type { MocaHints } from '../hints';

/** What was asked of the catalog, for messages: its lists, or one entry. */
export interface Asking {
	/** “the list of schemas”, “the schema c28…”. */
	what: string;
	/** Where the catalog is. */
	catalogUrl: string;
	/** What is asked for by ID, if one entry is. */
	entry?: { kind: EntryKind; id: string };
}

export type EntryKind = 'schema' | 'credential' | 'program';

const entryHints: Record<EntryKind, string> = {
	schema: 'Check the schema ID. Only schemas that are enabled and discoverable are in the catalog.',
	credential:
		'Check that this is the ID of an issuance program, not of a schema or of a verification program, that it is published and discoverable, and that it belongs to the chosen environment.',
	program:
		'Check that this is the ID of a verification program. What is issued is an issuance program, which the catalog lists as a credential.',
};

/** What was being done, as the start of a sentence. */
export const actionOf = ({ what }: Pick<Asking, 'what'>): string => `Reading ${what}`;

/** How failures of the catalog's calls are told. */
export const describeCatalogCall = (asking: Asking, { catalogAddress, slowDownHint }: MocaHints): CallDescription => ({
	service: 'the catalog',
	action: actionOf(asking),
	retryHint: 'Run it again later: reading the catalog changes nothing.',
	addressHint: `It was looked for at ${new URL(asking.catalogUrl).host}. ${catalogAddress}`,
	slowDownHint,
	causeOf: (answer, said) => causeOf(answer, said.message ?? '', asking, catalogAddress),
});

function causeOf(answer: Answer, said: string, { catalogUrl, entry }: Asking, catalogAddress: string): Cause | undefined {
	const { status } = answer;
	if (entry && isAboutEntry(answer, said)) return { problem: 'the catalog does not have it', hint: entryHints[entry.kind] };
	if (status === 401 || status === 403 || status === 404)
		return { problem: `at ${new URL(catalogUrl).host} there is no catalog, or it is closed to us (HTTP ${status})`, hint: catalogAddress };
	// Its failures may come with HTTP 200 and another `code` (docs/api/moca.md 5.1).
	return status < 300 ? { problem: 'the catalog did not give it', hint: 'Check what is asked for.' } : undefined;
}

const notFound = /\bnot found\b/i;
const namesTheKind = /^(schema|credential|program)\b/i;

/** A detail call's 404 is documented with a body; a gateway's 404, for a path that it does not know, comes in many other forms. */
function isAboutEntry(answer: Answer, said: string): boolean {
	const body = readJsonObject(answer);
	if (!body || (answer.status !== 404 && answer.status >= 300)) return false;
	const documented = typeof body.error === 'number' || body.code !== undefined;
	return notFound.test(said) && (documented || namesTheKind.test(said));
}

/**
 * Whether the catalog itself answers: with its envelope (docs/api/moca.md 5.1), that it refuses what was asked, or that it doesn't have an
 * entry. A `code` beside a 404 may as well be a gateway's.
 */
export function isCatalogAnswer(answer: Answer, entry?: Asking['entry']): boolean {
	const body = readJsonObject(answer);
	const { status } = answer;
	if (status < 300) return body?.code !== undefined;
	if (status === 400 || status === 422) return body?.error === status;
	const { message = '' } = readServiceMessage(answer);
	return entry !== undefined && isAboutEntry(answer, message) && (typeof body?.error === 'number' || namesTheKind.test(message));
}

/** What is wrong with an answer that counts as a success, as a clause. */
export function flawOf(answer: Answer): string {
	const body = readJsonObject(answer);
	if (!body) return 'it is not JSON, or was cut off';
	return isJsonObject(body.data) ? 'its data is not as documented' : 'it has no data';
}
