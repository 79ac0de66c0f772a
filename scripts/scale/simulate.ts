/** What one piece of work costs, measured; see `measured.ts`. */
export interface Costs {
	/** A worker's processor for one learner, ms. */
	workerPerLearnerMs: number;
	/** And for one execution, whoever is in it, ms. */
	workerPerCallMs: number;
	/** The same of the process that takes the calls, and of the main one. */
	intakePerCallMs: number;
	mainPerCallMs: number;
	/** What n8n's database grows by, kB. */
	storedPerLearnerKb: number;
	storedPerCallKb: number;
}

export interface Setup {
	learnersADay: number;
	/** The hours in which they come. */
	hours: number;
	/** How many times the mean the busiest minute has. */
	peak: number;
	learnersPerCall: number;
	workers: number;
	/** Processes that take the calls. */
	intakes: number;
	/** Executions that a worker does at the same time. */
	executionsPerWorker: number;
	/** The node's Concurrency. */
	concurrency: number;
	/** How long the service takes to answer, ms. */
	latencyMs: number;
	requestsPerLearner: number;
	/** What the service takes altogether, if it says; nobody has published it. */
	serviceRequestsPerSecond: number;
	keepDays: number;
}

/** What each part could do if it were alone, learners a second. */
export interface Limits {
	'the workers’ processors': number;
	'slots for requests': number;
	'the processes that take calls': number;
	'the main process': number;
	'the service': number;
}

export interface Outcome {
	limits: Limits;
	/** The part that gives out first. */
	breaksFirst: keyof Limits;
	learnersASecond: number;
	/** The most that waited, and for how long the unluckiest did, minutes. */
	mostWaiting: number;
	longestWaitMinutes: number;
	/** From the first learner's coming to the last one's credential, hours. */
	throughAfterHours: number;
	databaseGb: number;
}

/** Learners a second that each part is good for. */
export function limitsOf(setup: Setup, costs: Costs): Limits {
	const { learnersPerCall: each, workers, executionsPerWorker, concurrency, latencyMs, requestsPerLearner } = setup;
	const workerMs = costs.workerPerLearnerMs + costs.workerPerCallMs / each;
	const inFlight = workers * executionsPerWorker * Math.min(concurrency, each * Math.max(1, Math.floor(requestsPerLearner)));
	return {
		'the workers’ processors': (workers * 1000) / workerMs,
		'slots for requests': latencyMs === 0 ? Infinity : (inFlight * 1000) / (latencyMs * requestsPerLearner),
		'the processes that take calls': (setup.intakes * 1000 * each) / costs.intakePerCallMs,
		'the main process': (1000 * each) / costs.mainPerCallMs,
		'the service': setup.serviceRequestsPerSecond / requestsPerLearner,
	};
}

/**
 * One day, minute by minute: learners come as a day has them, few at first, most in the middle; what can't be done waits.
 * Beyond the day it goes on until nobody waits, for ten days at most.
 *
 * @param coming learners in each minute
 */
export function simulate(setup: Setup, costs: Costs, coming = comingOf(setup)): Outcome {
	const limits = limitsOf(setup, costs);
	const [[breaksFirst, learnersASecond]] = Object.entries(limits).sort(([, a], [, b]) => a - b) as [[keyof Limits, number]];
	const perMinute = learnersASecond * 60;
	let [waiting, mostWaiting, longestWaitMinutes, minute] = [0, 0, 0, 0];
	for (; minute < coming.length || (waiting > 0.5 && minute < mostMinutes); minute++) {
		waiting += coming[minute] ?? 0;
		mostWaiting = Math.max(mostWaiting, Math.max(0, waiting - perMinute));
		longestWaitMinutes = Math.max(longestWaitMinutes, waiting / perMinute - 1);
		waiting = Math.max(0, waiting - perMinute);
	}
	const { learnersADay, learnersPerCall, keepDays } = setup;
	const storedKb = learnersADay * (costs.storedPerLearnerKb + costs.storedPerCallKb / learnersPerCall);
	return {
		limits,
		breaksFirst,
		learnersASecond,
		mostWaiting: Math.round(mostWaiting),
		longestWaitMinutes,
		throughAfterHours: waiting > 0.5 ? Infinity : minute / 60,
		databaseGb: (storedKb * keepDays) / 1e6,
	};
}

const mostMinutes = 10 * 24 * 60;

/** Learners in each minute: a bell over the hours, as high in its middle as `peak` says. */
function comingOf({ learnersADay, hours, peak }: Setup): number[] {
	const minutes = Math.max(1, Math.round(hours * 60));
	const bell = (steepness: number) =>
		Array.from({ length: minutes }, (_, minute) => Math.sin((Math.PI * (minute + 0.5)) / minutes) ** steepness);
	const sumOf = (shape: number[]) => shape.reduce((a, b) => a + b, 0);
	const peakOf = (shape: number[]) => (Math.max(...shape) * minutes) / sumOf(shape);
	let [flat, steep] = [0, 200];
	for (let step = 0; step < 40; step++) {
		const middle = (flat + steep) / 2;
		if (peakOf(bell(middle)) < peak) flat = middle;
		else steep = middle;
	}
	const shape = bell(flat);
	const sum = sumOf(shape);
	return shape.map((share) => (share / sum) * learnersADay);
}

/** The fewest workers with which nobody waits longer than this; undefined where more workers don't help. */
export function workersFor(setup: Setup, costs: Costs, longestWaitMinutes: number, most = 64): number | undefined {
	const coming = comingOf(setup);
	for (let workers = 1; workers <= most; workers++)
		if (simulate({ ...setup, workers }, costs, coming).longestWaitMinutes <= longestWaitMinutes) return workers;
	return undefined;
}
