import { ExpressionError, NodeOperationError, UserError, type IDataObject } from 'n8n-workflow';

/** What a failed item says besides its message; the names are part of the contract with saved workflows. */
export interface FailureDetails {
	httpStatus: number | null;
	code: string | null;
	requestId: string | null;
	attempts: number;
	retryable: boolean;
	hint: string;
}

const nothingKnown = { httpStatus: null, code: null, requestId: null, attempts: 0, retryable: false };

export interface ReadableFailure {
	message: string;
	details: FailureDetails;
}

/**
 * A failure in words that may be shown. Failures that carry an explanation keep it, and n8n's own are about the node's settings; anything
 * else is a fault of this package, whose text is not shown because nobody checked what it contains.
 */
export function toReadable(error: unknown): ReadableFailure {
	if (isReadable(error)) return { message: error.message, details: error.details };
	if (error instanceof ExpressionError || error instanceof NodeOperationError || error instanceof UserError) return fromN8n(error);
	const kind = error instanceof Error ? error.name : typeof error;
	return {
		message: 'Something unexpected happened inside this node',
		details: {
			...nothingKnown,
			code: kind,
			hint: 'Please report it with the node version and what this item holds; the outcome of this item is not known.',
		},
	};
}

const fromN8n = (error: ExpressionError | NodeOperationError | UserError): ReadableFailure => ({
	message: error.message,
	details: { ...nothingKnown, hint: error.description ?? 'Check the expressions in this node’s fields, and its n8n credential.' },
});

const isReadable = (error: unknown): error is ReadableFailure =>
	error instanceof Error && 'details' in error && typeof error.details === 'object' && error.details !== null && 'hint' in error.details;

/** The JSON of a failed item. n8n's error branch takes only items with no other keys than these. */
export const failureJson = ({ message, details }: ReadableFailure): IDataObject => ({ error: message, details: { ...details } });
