import { ExplainedFailure } from '../http/explained';
import { readRequestId, readServiceMessage } from '../http/readAnswer';
import { isTransient } from '../http/retry';
import type { Answer, ConnectionFailure } from '../http/types';

/** What was being done and for whom, as the start of a sentence: “issuing to ada@example.com”. */
export interface Doing {
	what: 'issue' | 'status';
	email: string;
}

const phrase = ({ what, email }: Doing) => (what === 'issue' ? `Issuing to ${email}` : `Checking the credential of ${email}`);

interface Cause {
	happened: string;
	hint: string;
}

// The documented causes of each status (fact sheet 3.6, 4 and 9); several share one, and the body doesn't tell which.
const causes: Record<Doing['what'], Record<number, Cause>> = {
	issue: {
		400: {
			happened: 'Moca refused the data',
			hint: 'Compare the subject with the program’s schema: every required field, no extra ones, and text, number or true/false as the schema has it.',
		},
		401: unauthorized(),
		403: {
			happened: 'the partner may not issue',
			hint: 'Either Issue on Behalf is not switched on for your partner account (Moca dashboard: Issuer, Advanced, or Account, General), or the issuer or schema is not allowed for it.',
		},
		404: {
			happened: 'Moca does not know the issuer or the program',
			hint: 'Check that the program is published (drafts are not found), that its ID is the issuance program’s and not the schema’s, that the issuer DID is yours, and that all belong to the chosen environment.',
		},
		409: {
			happened: 'this person declined credentials from you',
			hint: 'Moca refuses until they agree again in their AIR account. Ask them; running again does not help before that.',
		},
	},
	status: {
		401: unauthorized(),
		403: {
			happened: 'the partner may not read this',
			hint: 'Check that the credential was issued by this partner account, and that Issue on Behalf is switched on for it.',
		},
		404: {
			happened: 'Moca knows no credential with this claim hash',
			hint: 'Check that the hash is whole, and that it was issued in the environment chosen in the n8n credential: sandbox and production know nothing of each other.',
		},
	},
};

function unauthorized(): Cause {
	return {
		happened: 'Moca did not accept the partner’s signature',
		hint:
			'Check, in this order: the JWKS address is registered in the Moca dashboard and opens over https; it holds a key with the Key ID of the n8n credential; ' +
			'that key is the public half of the private key; the Scope; the clock of this machine. The n8n credential’s test tells more.',
	};
}

/** What Moca says, as a sentence, so that another can follow. */
export const quoted = (message: string): string => `Moca says: ${/[.!?…]$/.test(message) ? message : `${message}.`}`;

/** Why an answer other than success came, in words for the person who can do something about it. */
export function explainRefusal(answer: Answer, doing: Doing, hintForRetry: string): ExplainedFailure {
	const { message, code } = readServiceMessage(answer);
	const cause = causes[doing.what][answer.status] ?? generalCause(answer, hintForRetry);
	const said = message ? ` ${quoted(message)}` : '';
	return new ExplainedFailure(`${phrase(doing)} did not work: ${cause.happened}.${said}`, {
		httpStatus: answer.status,
		code: code ?? null,
		requestId: readRequestId(answer),
		attempts: answer.attempts,
		retryable: isTransient(answer),
		hint: cause.hint,
	});
}

function generalCause({ status, attempts }: Answer, hintForRetry: string): Cause {
	const tries = attempts === 1 ? 'once' : `${attempts} times`;
	if (status === 429)
		return {
			happened: `Moca asked to slow down (asked ${tries})`,
			hint: `Lower Concurrency or set Requests per Second in the node’s options. ${hintForRetry}`,
		};
	if (status >= 500 || status === 408)
		return { happened: `Moca could not answer now (HTTP ${status}, asked ${tries})`, hint: hintForRetry };
	if (status >= 300 && status < 400)
		return {
			happened: `the address points elsewhere (HTTP ${status})`,
			hint: 'Check the environment and the API Base URL in the n8n credential.',
		};
	return { happened: `Moca answered with HTTP ${status}`, hint: 'Check the n8n credential and what this item sends.' };
}

/** No whole answer came, however often it was tried. */
export function explainNoAnswer(failure: ConnectionFailure, doing: Doing, hintForRetry: string): ExplainedFailure {
	const { code, attempts, neverSent } = failure;
	const happened = neverSent ? 'Moca could not be reached' : 'no whole answer came from Moca';
	const hint = neverSent ? `Check this machine’s network and the API address in the n8n credential. ${hintForRetry}` : hintForRetry;
	return new ExplainedFailure(`${phrase(doing)} did not work: ${happened}${attempts > 1 ? ` in ${attempts} attempts` : ''}.`, {
		code,
		attempts,
		retryable: true,
		hint,
	});
}

/** Success by its status, but not the documented body. */
export function explainUnreadable(answer: Answer, doing: Doing, missing: string | undefined, hintForRetry: string): ExplainedFailure {
	const what = missing ? `the answer has no ${missing}` : 'the answer could not be read: it is not JSON, or was cut off';
	return new ExplainedFailure(`${phrase(doing)} ended unclear: Moca accepted the request, but ${what}.`, {
		httpStatus: answer.status,
		code: 'unreadable_answer',
		requestId: readRequestId(answer),
		attempts: answer.attempts,
		retryable: true,
		hint: hintForRetry,
	});
}
