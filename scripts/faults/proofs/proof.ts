import { table } from '../../../n8n/demo/table';
import { nothingWrong, type Verdict } from '../judge/verdict';

export interface ProofSetup {
	/** What a proof starts keeps its files in here. */
	folder: string;
	/** The packed nodes. */
	tarball: string;
	report: (line: string) => void;
}

/** One thing that was tried on purpose, and what the sandbox's record says of it. */
export interface Proof {
	what: string;
	verdict: Verdict;
}

export function asTable(proofs: readonly Proof[]): string {
	const rows = proofs.map(({ what, verdict }) => [
		String(verdict.asked),
		String(verdict.twice),
		String(verdict.without),
		String(verdict.untrue),
		what,
	]);
	return table(['learners', 'twice', 'without', 'answers untrue', 'what was done'], rows, 120);
}

/** A line for each promise that was broken. */
export const brokenIn = (proofs: readonly Proof[]): string[] =>
	proofs.filter(({ verdict }) => !nothingWrong(verdict)).map(({ what, verdict }) => `${what}: ${verdict.examples.join('; ')}`);
