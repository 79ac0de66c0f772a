/** What an answer says of its item: the service has it, it hasn't, or nobody knows. */
export type Claim = 'has' | 'hasNot' | 'open';

export type Answer = Record<string, unknown>;

const has = new Set(['issued', 'onChain', 'submitted', 'pending', 'signed', 'anchored', 'alreadyIssued']);

/** How a failed item leaves open whether the work was done: what may have been done is not told as undone. */
const leftOpen = /no whole answer came|ended unclear|could not answer now|not known|nobody knows|does not tell/i;

/**
 * Reads one output item of a node of this package. Outcomes are its contract with saved workflows; a failed item says with its headline whether
 * that is certain. What has neither an outcome nor an error is the service's own answer.
 */
export function claimOf({ outcome, error, note, message }: Answer): Claim {
	if (error === undefined && (outcome === undefined || has.has(String(outcome)))) return 'has';
	if (outcome === 'unknown') return 'open';
	return leftOpen.test([error, note, message].filter((text) => typeof text === 'string').join(' ')) ? 'open' : 'hasNot';
}

/** Whether an answer is true of a service that has the item, or hasn't. */
export const isTrue = (claim: Claim, serviceHasIt: boolean): boolean => claim === 'open' || (claim === 'has') === serviceHasIt;
