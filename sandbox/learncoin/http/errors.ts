import { newRequestId } from '../ids';

/** The error body of every answer that isn't 2xx (docs/api/learncoin.md 4). */
interface LearnCoinErrorBody {
	error: { code: string; message: string; request_id: string };
}

/** A refusal with its HTTP status and code. */
export class LearnCoinRefusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
		this.name = 'LearnCoinRefusal';
	}
}

type ValidationCode =
	| 'invalid_json'
	| 'missing_required_field'
	| 'invalid_field_format'
	| 'recipient_id_invalid'
	| 'achievement_too_large'
	| 'batch_too_large'
	| 'alignment_framework_unknown';

/** Validation is always 400, never 422 (docs/api/learncoin.md 4). */
export function invalid(code: ValidationCode, message: string): LearnCoinRefusal {
	return new LearnCoinRefusal(400, code, message);
}

/** What a fault answers when it names only a status. The codes of 402, 404, 429 and 5xx are made up: no readable text has them. */
const genericErrors: Record<number, { code: string; message: string }> = {
	400: { code: 'invalid_field_format', message: 'A field has the wrong format.' },
	401: { code: 'api_key_invalid', message: 'The API key is malformed or unknown.' },
	402: { code: 'monthly_limit_reached', message: "This month's credentials are used up." },
	403: { code: 'tier_required', message: 'This needs a higher plan.' },
	404: { code: 'not_found', message: 'There is nothing with this id.' },
	409: { code: 'conflict', message: 'The request conflicts with an earlier one.' },
	429: { code: 'rate_limited', message: 'Too many requests, slow down.' },
	500: { code: 'internal_error', message: 'Something went wrong on our side, try again.' },
	503: { code: 'service_unavailable', message: 'The service is not available right now, try again.' },
};

/** The documented error body with a fresh request id; without code and message, the usual ones of the status. */
export function learnCoinErrorBody(status: number, error = genericError(status)): LearnCoinErrorBody {
	return { error: { code: error.code, message: error.message, request_id: newRequestId() } };
}

function genericError(status: number): { code: string; message: string } {
	return genericErrors[status] ?? { code: `http_${status}`, message: `Answered with status ${status}.` };
}
