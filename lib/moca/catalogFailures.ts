import { ExplainedFailure } from '../http/explained';
import { isJsonObject, readJsonObject, readRequestId, readServiceMessage } from '../http/readAnswer';
import { isTransient } from '../http/retry';
import type { Answer, ConnectionFailure } from '../http/types';
import { addressHint } from './catalogAddress';

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
		'Check that this is the ID of a verification program. What Moca Issue issues is an issuance program, which the catalog lists as a credential.',
};

const againReads = 'Run it again later: reading the catalog changes nothing.';

const hostOf = ({ catalogUrl }: Asking) => new URL(catalogUrl).host;

/** Why the catalog's answer is not the one asked for. Its failures may come with HTTP 200 and another `code` (fact sheet 5.1). */
export function explainCatalogRefusal(answer: Answer, asking: Asking): ExplainedFailure {
	const { message, code } = readServiceMessage(answer);
	const { happened, hint } = causeOf(answer, asking, message ?? '');
	return new ExplainedFailure(`${happened}${message ? ` Moca says: ${message}` : ''}`, {
		httpStatus: answer.status,
		code: code ?? null,
		requestId: readRequestId(answer),
		attempts: answer.attempts,
		retryable: isTransient(answer),
		hint,
	});
}

function causeOf(answer: Answer, asking: Asking, said: string): { happened: string; hint: string } {
	const { status, attempts } = answer;
	const tries = attempts === 1 ? 'once' : `${attempts} times`;
	if (asking.entry && isAboutEntry(answer, said)) {
		return { happened: `The catalog does not have ${asking.what}.`, hint: entryHints[asking.entry.kind] };
	}
	if (status === 401 || status === 403 || status === 404) {
		return { happened: `At ${hostOf(asking)} there is no catalog, or it is closed to us (HTTP ${status}).`, hint: addressHint };
	}
	if (status === 429) {
		const slower = 'Lower Concurrency or set Requests per Second in the node’s options.';
		return { happened: `The catalog asked to slow down (asked ${tries}).`, hint: `${slower} ${againReads}` };
	}
	if (isTransient(answer)) return { happened: `The catalog could not answer now (HTTP ${status}, asked ${tries}).`, hint: againReads };
	if (status >= 300 && status < 400) return { happened: `The catalog’s address points elsewhere (HTTP ${status}).`, hint: addressHint };
	return { happened: `The catalog did not give ${asking.what}.`, hint: `Check what this node asks for. ${againReads}` };
}

/** A detail call's 404 is documented with a body; a gateway's 404, for a path that it does not know, comes in many other forms. */
function isAboutEntry(answer: Answer, said: string): boolean {
	const body = readJsonObject(answer);
	if (!body || (answer.status !== 404 && answer.status >= 300)) return false;
	const documented = typeof body.error === 'number' || body.code !== undefined;
	return /\bnot found\b/i.test(said) && (documented || /^(schema|credential|program)\b/i.test(said));
}

export function explainCatalogSilence({ code, attempts, neverSent }: ConnectionFailure, asking: Asking): ExplainedFailure {
	const happened = neverSent ? 'could not be reached' : 'gave no whole answer';
	const hint = neverSent ? `Check this machine’s network. ${addressHint}` : againReads;
	const tries = attempts > 1 ? ` in ${attempts} attempts` : '';
	return new ExplainedFailure(`The catalog at ${hostOf(asking)} ${happened}${tries}.`, { code, attempts, retryable: true, hint });
}

/** Success by its status and code, but not what is documented. */
export function explainUnreadableCatalog(answer: Answer, asking: Asking): ExplainedFailure {
	const body = readJsonObject(answer);
	const how = !body
		? 'what came is not JSON, or was cut off'
		: isJsonObject(body.data)
			? 'the data is not as documented'
			: 'the answer has no data';
	return new ExplainedFailure(`The catalog did not give ${asking.what}: ${how}.`, {
		httpStatus: answer.status,
		code: 'unreadable_answer',
		requestId: readRequestId(answer),
		attempts: answer.attempts,
		retryable: true,
		hint: body ? againReads : `Is this the catalog’s address? ${addressHint}`,
	});
}
