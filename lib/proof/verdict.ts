/** What is looked at, in this order. Each stands on its own. */
export const stepNames = ['format', 'hash', 'coverage', 'path', 'anchor', 'issuer', 'expiry', 'status'] as const;

export type StepName = (typeof stepNames)[number];

/**
 * What came of one step: it `holds`; it holds `partly` (something is left out, the reason says what); it `fails`, for sure; it is `notProven`,
 * because what there is leaves it open; it was `notChecked`.
 */
export type Verdict = 'holds' | 'partly' | 'fails' | 'notProven' | 'notChecked';

export type Outcome = 'genuine' | 'revoked' | 'expired' | 'altered' | 'unverifiable';

export interface Finding {
	verdict: Verdict;
	/** In whole sentences, for the person who wants to know. */
	reason: string;
	/** What a failure says of the whole document. */
	means?: 'altered' | 'revoked' | 'expired';
}

export interface Step {
	step: StepName;
	verdict: Verdict;
	reason: string;
}

/** What a step came to, for each that was looked at; the others were not checked. */
export type Findings = Partial<Record<StepName, Finding>>;

/**
 * What has to hold unless somebody chooses otherwise. Hash and path alone prove nothing: whoever makes up a document can make up its proof. The
 * transaction and the key that sent it are what nobody can make up.
 */
export const usuallyRequired: readonly StepName[] = ['format', 'hash', 'path', 'anchor', 'issuer', 'expiry'];

export interface Conclusion {
	/** All that is required holds, and nothing fails. */
	valid: boolean;
	outcome: Outcome;
	steps: Step[];
}

/** Whatever is certain to be wrong decides, required or not; what is merely open decides only where it is required. */
export function conclude(findings: Findings, required: readonly StepName[]): Conclusion {
	const steps = stepNames.map((step): Step => {
		const { verdict, reason } = findings[step] ?? { verdict: 'notChecked', reason: 'An earlier step leaves nothing to check here.' };
		return { step, verdict, reason };
	});
	const meanings = stepNames.map((step) => findings[step]?.means);
	const wrong = (['altered', 'revoked', 'expired'] as const).find((meaning) => meanings.includes(meaning));
	const fails = steps.some(({ verdict }) => verdict === 'fails');
	const holds = steps.filter(({ step }) => required.includes(step)).every(isEnough);
	const outcome = wrong ?? (holds && !fails ? 'genuine' : 'unverifiable');
	return { valid: outcome === 'genuine', outcome, steps };
}

/** Something left out is tolerable everywhere but where the question is whether something is left out. */
const isEnough = ({ step, verdict }: Step): boolean => verdict === 'holds' || (verdict === 'partly' && step !== 'coverage');
