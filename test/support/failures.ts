import { ExplainedFailure } from '../../lib/http/explained';

/** What the work failed with; anything that doesn't explain itself, and success, fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<ExplainedFailure> {
	const failure = await work.then(
		() => 'nothing',
		(error: unknown) => error,
	);
	if (!(failure instanceof ExplainedFailure)) throw new Error(`Expected an ExplainedFailure, got ${String(failure)}`);
	return saysWhatToDo(failure);
}

/** The words of what the work threw. */
export const thrownBy = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		return (error instanceof ExplainedFailure ? saysWhatToDo(error) : (error as Error)).message;
	}
	return 'nothing was thrown';
};

/** What to do about it, as the work that threw it says. */
export const hintOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof ExplainedFailure) return error.details.hint;
	}
	throw new Error('Nothing was thrown that explains itself');
};

/** Whatever a test is about: nobody is told of a failure without what happened and what to do about it. */
function saysWhatToDo(failure: ExplainedFailure): ExplainedFailure {
	for (const words of [failure.message, failure.details.hint]) {
		if (!/\p{L}{3}/u.test(words)) throw new Error(`A failure without words: “${failure.message}” – “${failure.details.hint}”`);
	}
	return failure;
}
