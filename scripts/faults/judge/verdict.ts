/** What the service's own record says of a run, against what its answers say. */
export interface Verdict {
	/** Learners that were asked for. */
	asked: number;
	/** Learners with more than one. */
	twice: number;
	/** Learners with none, although they could have had one. */
	without: number;
	/** Input items without exactly one answer that is true. */
	untrue: number;
	/** In words, the first few things that are wrong. */
	examples: string[];
}

export const nothingWrong = ({ twice, without, untrue }: Verdict): boolean => twice + without + untrue === 0;

const mostExamples = 5;

export function sumOf(verdicts: readonly Verdict[]): Verdict {
	const total = (name: 'asked' | 'twice' | 'without' | 'untrue') => verdicts.reduce((sum, verdict) => sum + verdict[name], 0);
	return {
		asked: total('asked'),
		twice: total('twice'),
		without: total('without'),
		untrue: total('untrue'),
		examples: verdicts.flatMap(({ examples }) => examples).slice(0, mostExamples),
	};
}
