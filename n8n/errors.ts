/** Something that the person at the keyboard can put right. Its message is one clear line; the scripts print it alone, without a stack trace. */
export class FixableError extends Error {
	override name = 'FixableError';
}

/** The text of anything that was thrown: of ours the message, of everything else the stack, because that is a fault to report. */
export function explain(error: unknown): string {
	if (error instanceof FixableError) return error.message;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The code of a system error, such as EEXIST. Not by `instanceof Error`: Jest runs us in a realm of its own, where Node's errors fail that. */
export const codeOf = (error: unknown): unknown =>
	typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
