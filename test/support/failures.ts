import { ExplainedFailure } from '../../lib/http/explained';

/** What the work failed with; anything that doesn't explain itself, and success, fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<ExplainedFailure> {
	const failure = await work.then(
		() => 'nothing',
		(error: unknown) => error,
	);
	if (!(failure instanceof ExplainedFailure)) throw new Error(`Expected an ExplainedFailure, got ${String(failure)}`);
	return failure;
}

/** The words of what the work threw. */
export const thrownBy = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		return (error as Error).message;
	}
	return 'nothing was thrown';
};
