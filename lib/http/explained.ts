/** What a person, or a workflow that branches on it, needs to know of something that did not work. `null` = not known or not applicable. */
export interface Explanation {
	/** HTTP status of the last answer. */
	httpStatus: number | null;
	/** The service's own word for the cause, or the system's, such as `ECONNRESET`. */
	code: string | null;
	/** The service's name for this request, to quote to its support. */
	requestId: string | null;
	/** Requests sent for it, retries included; 0 = nothing was sent. */
	attempts: number;
	/** Whether the same again, later, can work. */
	retryable: boolean;
	/** What to do about it, in whole sentences. */
	hint: string;
}

/**
 * Something that did not work, told to the person who can fix it: the message says what happened and to whom, `details.hint` what to do. The
 * message is a headline, without a full stop at its end; the hint is made of sentences.
 */
export class ExplainedFailure extends Error {
	override name = 'ExplainedFailure';
	readonly details: Explanation;

	constructor(message: string, details: Partial<Explanation> & Pick<Explanation, 'hint'>) {
		super(asHeadline(withoutSecrets(message)));
		this.details = {
			httpStatus: null,
			code: null,
			requestId: null,
			attempts: 0,
			retryable: false,
			...details,
			hint: asSentence(withoutSecrets(details.hint)),
		};
	}
}

/** A value that has to be given and isn't. Whoever reads it out of a form can add which field to fill. */
export class MissingValue extends ExplainedFailure {
	override name = 'MissingValue';

	/** @param why what the value is for, or where to find it; as sentences */
	constructor(
		message: string,
		why: string,
		/** The value by the API's own name, where a check looks at several: `recipient.name`. */
		readonly field?: string,
	) {
		super(message, { hint: why });
	}
}

/** Does something; where it fails with an explanation, `retell` tells it in other words. Anything else passes through. */
export function retold<T>(work: () => T, retell: (failure: ExplainedFailure) => ExplainedFailure): T {
	try {
		return work();
	} catch (error) {
		throw error instanceof ExplainedFailure ? retell(error) : error;
	}
}

/** With a full stop, unless it ends a sentence by itself; nothing stays nothing. */
export const asSentence = (text: string): string => (text === '' || /[.!?…][”’)]?$/.test(text) ? text : `${text}.`);

export const asHeadline = (text: string): string => text.replace(/(?<!\.)\.$/, '');

/** A failure in one piece: what happened, then what to do. */
export const inWords = ({ message, details }: { message: string; details: Pick<Explanation, 'hint'> }): string =>
	[message, details.hint].filter(Boolean).map(asSentence).join(' ');

/** No message is worth more than this; what comes from outside can have any length, and the patterns below take their time. */
const longestText = 10_000;

const jwt = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const pemBlock = /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g;
/** A learner may be called Bearer: what follows is a key if it has a digit or is long. */
const bearer = /\b(bearer\s+)(?=\S*\d|\S{16})\S+/gi;
/** The usual way to tell keys by their beginning: `lrn_test_…`, `sk_live_…`, `whsec_…`. */
const prefixedKey = /\b((?:[a-z]{2,8}_)?(?:live|test|whsec)_)[\w-]{6,}/g;

/** What a cut in the middle of an emoji leaves, which not every database takes. */
const halfCharacter = /\p{Surrogate}/gu;

/** A service may quote what it was sent: tokens and keys must not come back in words that are shown, stored and logged. */
export const withoutSecrets = (text: string): string =>
	text
		.slice(0, longestText)
		.replace(pemBlock, '[key removed]')
		.replace(jwt, '[token removed]')
		.replace(bearer, '$1[key removed]')
		.replace(prefixedKey, '$1[removed]')
		.replace(halfCharacter, '\uFFFD');
