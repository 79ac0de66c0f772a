/** The error body that Moca documents (docs/api/moca.md 3.6). What the live host really sends is unknown (docs/api/moca.md 11, no. 5). */
interface MocaErrorBody {
	error: number;
	message: string;
}

/** A refusal with the HTTP status and the text of its documented cause. */
export class MocaRefusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
		this.name = 'MocaRefusal';
	}
}

const genericMessages: Record<number, string> = {
	400: 'Bad request',
	401: 'Invalid x-partner-auth',
	403: 'issueOnBehalf is not allowed',
	404: 'Not found',
	409: 'Conflict',
	429: 'Too many requests, slow down',
	500: 'Internal server error, retry with backoff',
	502: 'Bad gateway',
	503: 'Service unavailable',
};

/** Moca's error body for a status; without a message, the generic one of that status. */
export function mocaErrorBody(status: number, message: string = genericMessage(status)): MocaErrorBody {
	return { error: status, message };
}

/** The text for a status when nothing about the cause is told. */
export function genericMessage(status: number): string {
	return genericMessages[status] ?? `Error ${status}`;
}
