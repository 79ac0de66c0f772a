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

/** The JSON of a failed item where all items come out together: who, that it failed, what happened, and the facts to branch on. */
export const failedJson = ({ message, details }: ReadableFailure, who: IDataObject): IDataObject => ({
	...who,
	outcome: 'failed',
	error: message,
	details: { ...details },
});

/**
 * The JSON of a failed item for n8n's error branch. n8n tells by the keys which branch an item takes: n8n 1.x knows just these two, and would
 * send an item with any other key out as a success. n8n adds the fields of the input item, which say who it was.
 */
export const errorBranchJson = ({ message, details }: ReadableFailure): IDataObject => ({
	error: message,
	message: `${details.hint}${factsOf(details)}`,
});

function factsOf({ httpStatus, code, requestId, attempts, retryable }: FailureDetails): string {
	const facts = [
		httpStatus === null ? '' : `HTTP ${httpStatus}`,
		code === null ? '' : `code ${code}`,
		requestId === null ? '' : `request ${requestId}`,
		attempts === 0 ? 'nothing was sent' : attempts === 1 ? '1 attempt' : `${attempts} attempts`,
		retryable ? 'a later try can work' : '',
	];
	return ` (${facts.filter(Boolean).join(', ')})`;
}
