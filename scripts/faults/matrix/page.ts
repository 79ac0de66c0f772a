import { nothingWrong, sumOf, type Verdict } from '../judge/verdict';
import { colourOf, type Judged } from './colour';
import { faultNamed, faultNames, type FaultName } from './faults';
import type { Tried } from './runMatrix';
import { togetherWays, type Together, type TogetherWay } from './together';
import { triedWays, ways } from './ways';

/** One operation on the page, with the flow that people would build instead. */
export interface OnPage extends Tried {
	instead?: Tried;
}

export interface Findings {
	tables: OnPage[];
	together: Together;
	/** The figures of the proofs, as text. */
	proofs: string;
}

const toBeNothing = 'Every figure but the first is to be 0: learners with two, learners with none, and answers that are not true.';

const signs = { green: '✅', red: '❌', grey: '◽' } as const;

/** The part of docs/faults.md that a run writes, as Markdown. */
export function pageOf({ tables, together, proofs }: Findings): string {
	const legend = [
		...triedWays.map((way) => `- **${ways[way].heading}**: ${ways[way].says}`),
		...Object.values(togetherWays).map(({ heading, says }) => `- **${heading}**: ${says}`),
	];
	return [
		'## The ways of running again\n',
		legend.join('\n'),
		...tables.map(tableOf),
		'## Killed, and on two workers\n',
		togetherTable(together),
		...(proofs === '' ? [] : ['## Long lists\n', toBeNothing, `\`\`\`\n${proofs}\n\`\`\``]),
	].join('\n\n');
}

function tableOf({ operation, cells, instead }: OnPage): string {
	const tried = triedWays.filter((way) => cells.some((cell) => cell.way === way));
	const head = ['', ...tried.map((way) => ways[way].heading), ...(instead ? ['do-it-yourself'] : [])];
	const rows = faultNames
		.filter((fault) => cells.some((cell) => cell.fault === fault))
		.map((fault) => [
			faultNamed(fault).title,
			...tried.map((way) => shown(cells.find((cell) => cell.fault === fault && cell.way === way))),
			...(instead ? [insteadUnder(instead, fault)] : []),
		]);
	const about = instead ? [`Do-it-yourself: ${waysOf(instead).join('; ')}; added up.`] : [];
	return [`## ${operation.title}\n`, markdownTable(head, rows), ...reasonsIn(cells), ...about].join('\n\n');
}

const waysOf = ({ cells }: Tried): string[] =>
	triedWays.filter((way) => cells.some((cell) => cell.way === way)).map((way) => ways[way].heading);

function insteadUnder({ cells }: Tried, fault: FaultName): string {
	const verdict = sumOf(cells.filter((cell) => cell.fault === fault).map((cell) => cell.verdict));
	return `${figures(verdict)} (of ${verdict.asked})`;
}

const shown = (cell: Judged | undefined): string => {
	if (!cell) return '·';
	const figure = nothingWrong(cell.verdict) ? '' : ` ${figures(cell.verdict)}`;
	return `${signs[colourOf(cell)]}${figure}`;
};

function figures({ twice, without, untrue }: Verdict): string {
	const parts = [twice > 0 ? `${twice} twice` : '', without > 0 ? `${without} without` : '', untrue > 0 ? `${untrue} untrue` : ''];
	return parts.filter(Boolean).join(', ') || 'none wrong';
}

/** Each reason once, with the columns or rows that it is for. */
function reasonsIn(cells: Tried['cells']): string[] {
	const places = new Map<string, Set<string>>();
	for (const { way, fault, notPromised } of cells) {
		if (notPromised === undefined) continue;
		const isOfFault = cells.some((cell) => cell.way === way && cell.fault !== fault && cell.notPromised === undefined);
		const place = isOfFault ? faultNamed(fault).title : ways[way].heading;
		places.set(notPromised, (places.get(notPromised) ?? new Set()).add(place));
	}
	return places.size === 0 ? [] : [[...places].map(([reason, of]) => `- ◽ *${[...of].join(', ')}*: ${reason}`).join('\n')];
}

function togetherTable(together: Together): string {
	const names = Object.keys(togetherWays) as TogetherWay[];
	const rows = together.map(({ operation, ways: of }) => [operation.title, ...names.map((way) => shown(of[way]))]);
	const reasons = together.flatMap(({ operation, ways: of }) =>
		[...new Set(Object.values(of).flatMap(({ notPromised }) => notPromised ?? []))].map((reason) => `- ◽ *${operation.title}*: ${reason}`),
	);
	return [
		markdownTable(['', ...names.map((way) => togetherWays[way].heading)], rows),
		...(reasons.length > 0 ? [reasons.join('\n')] : []),
	].join('\n\n');
}

const markdownTable = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** How many cells have which colour. */
export function countsOf({ tables, together }: Pick<Findings, 'tables' | 'together'>): Record<keyof typeof signs, number> {
	const judged = [...tables.flatMap(({ cells }): Judged[] => cells), ...together.flatMap(({ ways: of }) => Object.values(of))];
	const count = (colour: keyof typeof signs) => judged.filter((one) => colourOf(one) === colour).length;
	return { green: count('green'), red: count('red'), grey: count('grey') };
}

/** What is broken, a line for each cell, with examples. */
export function redIn({ tables, together }: Pick<Findings, 'tables' | 'together'>): string[] {
	const line = (place: string, cell: Judged) =>
		colourOf(cell) === 'red' ? [`${place}: ${figures(cell.verdict)}. ${cell.verdict.examples.join('; ')}`] : [];
	return [
		...tables.flatMap(({ operation, cells }) =>
			cells.flatMap((cell) => line(`${operation.title} | ${faultNamed(cell.fault).title} | ${ways[cell.way].heading}`, cell)),
		),
		...together.flatMap(({ operation, ways: of }) =>
			(Object.keys(of) as TogetherWay[]).flatMap((way) => line(`${operation.title} | ${togetherWays[way].heading}`, of[way]!)),
		),
	];
}
