import type { Run } from '../published';
import { isTrue, type Answer, type Claim } from './answers';
import type { Verdict } from './verdict';

/** What the service has of what one row asks for. */
export interface Held {
	count: number;
	/** Everything by which an answer may name it. */
	ids: readonly string[];
	/** False while something is still to be done besides; true if not given. */
	isWhole?: boolean;
}

/** How an operation's answers are held against the sandbox's own record. */
export interface Record<Row> {
	/** The sandbox's record of now. */
	held(rows: readonly Row[]): Promise<(row: Row) => Held>;
	claimOf(answer: Answer): Claim;
	/** What a true claim says wrongly besides, such as somebody else's credential. */
	whatElseIsUntrue?(answer: Answer, held: Held): string | undefined;
}

/**
 * What is untrue of executions that are just through, a line for each answer. Where n8n gave no items, because it stopped, there is none.
 *
 * @param others whether executions at the same moment may have done what failed here: then a failure tells of its own request alone
 */
export async function untrueIn<Row extends { name: string }>(
	record: Record<Row>,
	runs: ReadonlyArray<Run<Row>>,
	others = false,
): Promise<string[]> {
	const heldBy = await record.held(runs.flatMap(({ rows }) => rows));
	return runs
		.filter(({ error }) => error === undefined)
		.flatMap(({ rows, answers }) =>
			rows.flatMap((row, index) => {
				const given = answers.filter((answer) => answer.row === index);
				if (given.length !== 1) return [`${row.name} has ${given.length} answers`];
				const why = whatIsUntrue(record, given[0]!.json, heldBy(row), others);
				return why === undefined ? [] : [`${row.name}: ${why}`];
			}),
		);
}

function whatIsUntrue<Row>(record: Record<Row>, answer: Answer, held: Held, others: boolean): string | undefined {
	const claim = record.claimOf(answer);
	if (claim === 'hasNot' && others) return undefined;
	if (!isTrue(claim, held.count > 0)) return `the answer is ${told(answer)}, the sandbox has ${held.count}`;
	return claim === 'has' ? record.whatElseIsUntrue?.(answer, held) : undefined;
}

const told = ({ outcome, error, note }: Answer): string =>
	[outcome, error, note]
		.filter((part) => part !== undefined)
		.map((part) => (typeof part === 'string' ? part : JSON.stringify(part)).slice(0, 120))
		.join(', ') || 'a success';

/**
 * The end of the matter, when all executions are through.
 *
 * @param untrue what was untrue on the way there
 * @param couldBeHad whether everybody could have got theirs
 */
export async function verdictOf<Row extends { name: string }>(
	record: Record<Row>,
	rows: readonly Row[],
	untrue: readonly string[],
	couldBeHad: boolean,
): Promise<Verdict> {
	const heldBy = await record.held(rows);
	const twice = rows.filter((row) => heldBy(row).count > 1);
	const without = rows.filter((row) => couldBeHad && (heldBy(row).count === 0 || heldBy(row).isWhole === false));
	return {
		asked: rows.length,
		twice: twice.length,
		without: without.length,
		untrue: untrue.length,
		examples: [
			...untrue,
			...twice.map((row) => `${row.name} has ${heldBy(row).count}: ${heldBy(row).ids.join(' ')}`),
			...without.map(({ name }) => `${name} has none`),
		].slice(0, 5),
	};
}
