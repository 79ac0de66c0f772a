import { nothingWrong, type Verdict } from '../judge/verdict';

/** A promise that was kept, one that was broken, or none that was made. */
export type Colour = 'green' | 'red' | 'grey';

export interface Judged {
	verdict: Verdict;
	/** Why it is not promised to come out well, if it isn't. */
	notPromised?: string;
}

/** Also where nothing is promised, an answer may not say what isn't so. */
export function colourOf({ verdict, notPromised }: Judged): Colour {
	if (notPromised === undefined) return nothingWrong(verdict) ? 'green' : 'red';
	return verdict.untrue > 0 ? 'red' : 'grey';
}
