import { table } from '../../n8n/demo/table';
import { measured } from './measured';
import { simulate, workersFor, type Setup } from './simulate';

/** What a day is like, unless said otherwise. */
export const usual: Omit<Setup, 'workers' | 'learnersADay'> = {
	hours: 10,
	peak: 3,
	learnersPerCall: 20,
	intakes: 1,
	executionsPerWorker: 10,
	concurrency: 10,
	latencyMs: 200,
	requestsPerLearner: 2.3,
	serviceRequestsPerSecond: Infinity,
	keepDays: 14,
};

export const usualDays = [10_000, 100_000, 1_000_000];

/** The longest that anybody may wait, minutes. */
export const usualWait = 5;

/** What each of these days needs, as a table of text. */
export function tableFor(days: readonly number[], setup: Omit<Setup, 'workers' | 'learnersADay'>, wait: number): string {
	const titles = ['learners a day', 'workers', 'longest wait', 'waiting at most', 'database', 'gives out first', 'learners a second'];
	return table(
		titles,
		days.map((learnersADay) => row({ ...setup, learnersADay }, wait)),
		160,
	);
}

function row(setup: Omit<Setup, 'workers'>, wait: number): string[] {
	const workers = workersFor({ ...setup, workers: 1 }, measured, wait);
	const { breaksFirst, learnersASecond, longestWaitMinutes, mostWaiting, databaseGb } = simulate(
		{ ...setup, workers: workers ?? 16 },
		measured,
	);
	return [
		setup.learnersADay.toLocaleString('en'),
		workers === undefined ? 'more do not help' : String(workers),
		longestWaitMinutes <= 0 ? 'none' : `${longestWaitMinutes.toFixed(longestWaitMinutes < 10 ? 1 : 0)} min`,
		mostWaiting.toLocaleString('en'),
		`${databaseGb.toFixed(1)} GB`,
		breaksFirst,
		learnersASecond.toFixed(0),
	];
}
