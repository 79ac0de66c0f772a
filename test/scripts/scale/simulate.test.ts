import { limitsOf, simulate, workersFor, type Costs, type Setup } from '../../../scripts/scale/simulate';

const costs: Costs = {
	workerPerLearnerMs: 10,
	workerPerCallMs: 200,
	intakePerCallMs: 20,
	mainPerCallMs: 10,
	storedPerLearnerKb: 1,
	storedPerCallKb: 20,
};

const setup: Setup = {
	learnersADay: 36_000,
	hours: 10,
	peak: 1,
	learnersPerCall: 20,
	workers: 1,
	intakes: 1,
	executionsPerWorker: 10,
	concurrency: 10,
	latencyMs: 100,
	requestsPerLearner: 2,
	serviceRequestsPerSecond: Infinity,
	keepDays: 10,
};

it('each part is good for what its own costs allow', () => {
	expect(limitsOf(setup, costs)).toEqual({
		'the workers’ processors': 50, // 10 ms and a twentieth of 200 ms
		'slots for requests': 500, // 100 in flight, 10 answers a second each, two a learner
		'the processes that take calls': 1000,
		'the main process': 2000,
		'the service': Infinity,
	});
});

it('one learner in a call costs a whole execution each', () => {
	expect(limitsOf({ ...setup, learnersPerCall: 1 }, costs)['the workers’ processors']).toBeCloseTo(1000 / 210);
});

it('nobody waits while fewer come than can be done', () => {
	expect(simulate(setup, costs)).toMatchObject({ mostWaiting: 0, breaksFirst: 'the workers’ processors', throughAfterHours: 10 });
});

it('what can’t be done waits, and is done after the day: nobody is lost', () => {
	const { mostWaiting, throughAfterHours, longestWaitMinutes } = simulate({ ...setup, learnersADay: 3_600_000 }, costs);
	expect(mostWaiting).toBeGreaterThan(1_700_000);
	expect(throughAfterHours).toBeCloseTo(3_600_000 / 50 / 3600, 0);
	expect(longestWaitMinutes).toBeGreaterThan(500);
});

it('the busiest minute has as many times the mean as the peak says', () => {
	// 1 a second on average: with a peak of 4 the busiest minute has 4 a second, which 3 a second can't do, and 5 can.
	const slow = { ...setup, learnersADay: 36_000, peak: 4 };
	expect(simulate({ ...slow, serviceRequestsPerSecond: 7.6 }, costs).mostWaiting).toBeGreaterThan(0);
	expect(simulate({ ...slow, serviceRequestsPerSecond: 8.2 }, costs).mostWaiting).toBe(0);
});

it('more workers are said to be needed only where they help', () => {
	const busy = { ...setup, learnersADay: 7_200_000 };
	expect(workersFor(busy, costs, 5)).toBe(4);
	expect(workersFor({ ...busy, serviceRequestsPerSecond: 10 }, costs, 5)).toBeUndefined();
});

it('n8n’s database holds what the kept days bring', () => {
	expect(simulate(setup, costs).databaseGb).toBeCloseTo((36_000 * 2 * 10) / 1e6);
});
