import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { filled, table } from '../../../docs/markdown';
import { atMost, times, type Target } from '../targets';
import { setup, type WorkersResult } from './measure';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
/** What answers alone would take. */
const answersMs = (workers: number): number => (setup.learners * setup.latencyMs) / (workers * setup.jobs * setup.concurrency);
const ratio = ({ one, two }: WorkersResult): number => two.ms / one.ms;

export async function workersSection(result: WorkersResult | undefined): Promise<string> {
	if (!result) return '_Not measured in this run: PostgreSQL or Redis was not there._';
	return filled(await readFile(join(__dirname, 'section.md'), 'utf8'), {
		learners: setup.learners.toLocaleString('en'),
		perCall: String(setup.perCall),
		latency: `${setup.latencyMs} ms`,
		jobs: String(setup.jobs),
		command: `npm run demo:queue -- --workers=2 --learners=${setup.learners} --per-call=${setup.perCall} --latency=${setup.latencyMs} --concurrency=${setup.concurrency} --jobs=${setup.jobs}`,
		table: workersTable(result),
		ratio: times(ratio(result)),
		beyond: `${seconds(result.one.ms - answersMs(1))} and ${seconds(result.two.ms - answersMs(2))}`,
	});
}

const workersTable = ({ one, two }: WorkersResult): string =>
	table(
		['workers', 'answers alone', 'time', 'learners a second', 'learners by each', 'n8n’s work, all processes', 'of what the cores had'],
		[one, two].map(({ ms, workedMs, shares }, index) => [
			String(index + 1),
			seconds(answersMs(index + 1)),
			`**${seconds(ms)}**`,
			((setup.learners * 1000) / ms).toFixed(0),
			shares
				.slice(0, index + 1)
				.map(({ learners }) => learners.toLocaleString('en'))
				.join(', '),
			seconds(workedMs),
			`${((100 * workedMs) / (ms * availableParallelism())).toFixed(0)} %`,
		]),
	);

export const workerTargets = (result: WorkersResult | undefined): Target[] =>
	result ? [atMost(`two workers, latency as the limit (${setup.latencyMs} ms): time to one worker’s`, ratio(result), 0.6, '×')] : [];
