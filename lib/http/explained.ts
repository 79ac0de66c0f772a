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
	/** What to do about it. */
	hint: string;
}

/** Something that did not work, told to the person who can fix it: the message says what happened and to whom, `details.hint` what to do. */
export class ExplainedFailure extends Error {
	override name = 'ExplainedFailure';
	readonly details: Explanation;

	constructor(message: string, details: Partial<Explanation> & Pick<Explanation, 'hint'>) {
		super(withoutSecrets(message));
		this.details = {
			httpStatus: null,
			code: null,
			requestId: null,
			attempts: 0,
			retryable: false,
			...details,
			hint: withoutSecrets(details.hint),
		};
	}
}

const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const pemBlock = /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g;
const bearer = /\b(bearer\s+)\S+/gi;

/** A service may quote what it was sent: tokens and keys must not come back in words that are shown, stored and logged. */
export const withoutSecrets = (text: string): string =>
	text.replace(pemBlock, '[key removed]').replace(jwt, '[token removed]').replace(bearer, '$1[key removed]');
