import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { n8nLine } from '../../../n8n/install/lines';
import { filled, table } from '../../docs/markdown';
import { causesIn, writeLearnersProfile } from '../profile/page';
import { badgesSection, badgeTargets } from './badges/section';
import { limitMs } from './cases';
import { barChart } from './chart';
import { writeProfilePage } from './deliveries/profilePage';
import { deliveryTargets, deliveryTexts } from './deliveries/section';
import { seconds, type CaseResult, type Results } from './measureAll';
import { atMost, times, type Target } from './targets';
import { workersSection, workerTargets } from './workers/section';

const checkout = join(__dirname, '..', '..', '..');
const page = join(checkout, 'docs', 'benchmarks.md');
const chartFile = join(checkout, 'docs', 'images', 'benchmarks.svg');

/** Writes docs/benchmarks.md and its chart out of what was measured, and gives the page's path. */
export async function writePage(results: Results): Promise<string> {
	const facts: Record<string, string> = {
		when: new Date().toISOString().slice(0, 10),
		n8n: n8nLine().version,
		cores: String(availableParallelism()),
		cases: casesTable(results.cases),
		heaps: heapsTable(results),
		batches: batchesText(results),
		...causesIn(results.profile),
		...(await deliveryTexts(results.deliveries)),
		workers: await workersSection(results.workers),
		badges: await badgesSection(results.badges),
		targets: targetsTable(results),
	};
	const written = async (name: string) => filled(await readFile(join(__dirname, name), 'utf8'), facts);
	facts.causes = await written('causes.md');
	const text = await written('template.md');
	await writeFile(page, await format(text, { ...(await resolveConfig(page)), parser: 'markdown' }));
	await writeFile(chartFile, chartOf(results.cases));
	await writeProfilePage(results.deliveries);
	await writeLearnersProfile(results.profile);
	return page;
}

const conditions = ({ case: { learners, latencyMs, concurrency, algorithm } }: CaseResult): string[] => [
	learners.toLocaleString('en'),
	`${latencyMs} ms`,
	String(concurrency),
	algorithm,
];

const casesTable = (results: readonly CaseResult[]): string =>
	table(
		[
			'learners',
			'an answer takes',
			'in flight',
			'key',
			'answers alone',
			'bare',
			'this package',
			'to bare',
			'n8n’s own nodes (really in flight)',
			'requests a learner: ours, bare',
			'processor: ours, bare',
			'memory',
			'late',
			'first request',
		],
		results.map((result) => {
			const { case: one, ours, bare, doItYourself } = result;
			const each = ({ requests }: { requests: number }) => (requests / one.learners).toFixed(2);
			return [
				...conditions(result),
				seconds(limitMs(one)),
				seconds(bare.ms),
				`**${seconds(ours.ms)}**`,
				times(ours.ms / bare.ms),
				doItYourself ? `${seconds(doItYourself.ms)} (${doItYourself.mostInFlight})` : '',
				`${each(ours)}, ${each(bare)}`,
				`${seconds(ours.cpuMs)}, ${seconds(bare.cpuMs)}`,
				memoryOf(result),
				`${ours.lateMs.toFixed(0)} ms`,
				`${ours.firstRequestMs} ms`,
			];
		}),
	);

/** Below some thousand learners it is lost in what n8n itself takes and gives back. */
const memoryOf = ({ case: { learners }, ours, idleMb }: CaseResult): string =>
	learners < 10_000 ? '' : `${Math.max(0, Math.round(ours.peakMb - idleMb))} MB`;

function heapsTable({ heaps }: Results): string {
	const usual = heaps[0]?.taken?.ms;
	return table(
		['limit', 'time', 'to the first line', 'memory'],
		heaps.map(({ limitMb, taken }) => [
			`${limitMb} MB`,
			taken ? seconds(taken.ms) : 'did not get through',
			taken && usual !== undefined ? times(taken.ms / usual) : '',
			taken ? `${Math.max(0, Math.round(taken.peakMb - taken.idleMb))} MB` : '',
		]),
	);
}

const batchesText = ({ batches: { learners, taken, idleMb } }: Results): string =>
	`${learners.toLocaleString('en')} learners in batches of 500, asked for first who has the credential (_Avoid Duplicates: For Good_) and waited for until anchored, answers after 50 ms: ` +
	`**${seconds(taken.ms)}**, ${taken.requests} requests, ${Math.max(0, Math.round(taken.peakMb - idleMb))} MB, late ${taken.lateMs.toFixed(0)} ms, first request after ${taken.firstRequestMs} ms.`;

/** What was to be reached, as figures of this run. */
function targetsOf({ cases, deliveries, workers, badges }: Results): Target[] {
	const ofCase = (result: CaseResult): Target[] => {
		const { case: one, ours, bare, doItYourself, idleMb } = result;
		const what = `${one.learners.toLocaleString('en')} learners, ${one.latencyMs} ms, ${one.concurrency} in flight`;
		return [
			...(one.atMost === undefined ? [] : [atMost(`${what}: time to the bare program’s`, ours.ms / bare.ms, one.atMost, '×')]),
			...(one.atMostMb === undefined ? [] : [atMost(`${what}: memory`, Math.max(0, ours.peakMb - idleMb), one.atMostMb, 'MB')]),
			...(one.atMostLateMs === undefined ? [] : [atMost(`${what}: late`, ours.lateMs, one.atMostLateMs, 'ms')]),
			...(doItYourself && one.atMost !== undefined
				? [
						{
							what: `${what}: to n8n’s own nodes`,
							wanted: 'faster',
							found: times(ours.ms / doItYourself.ms),
							holds: ours.ms < doItYourself.ms,
						},
					]
				: []),
		];
	};
	const firsts = Math.max(...cases.map(({ ours }) => ours.firstRequestMs ?? Infinity));
	return [
		...cases.flatMap(ofCase),
		atMost('first request with On Error = Continue, the latest of all', firsts, 200, 'ms'),
		...deliveryTargets(deliveries),
		...workerTargets(workers),
		...badgeTargets(badges),
	];
}

const targetsTable = (results: Results): string =>
	table(
		['', 'wanted', 'found', ''],
		targetsOf(results).map(({ what, wanted, found, holds }) => [what, wanted, found, holds ? 'holds' : '**missed**']),
	);

const chartOf = (results: readonly CaseResult[]): string =>
	barChart(
		'Time for the same learners',
		results
			.filter(({ case: { algorithm } }) => algorithm === 'RS256')
			.map(({ case: { learners, latencyMs, concurrency }, bare, ours, doItYourself }) => ({
				title: `${learners.toLocaleString('en')} · ${latencyMs} ms · ${concurrency}`,
				bars: [
					{ label: 'bare program', value: bare.ms, text: seconds(bare.ms) },
					{ label: 'this package', value: ours.ms, text: seconds(ours.ms) },
					...(doItYourself ? [{ label: 'n8n’s own nodes', value: doItYourself.ms, text: seconds(doItYourself.ms) }] : []),
				],
			})),
	);
