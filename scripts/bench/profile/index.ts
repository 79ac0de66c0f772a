import type { Range } from '../report/range';
import { learnersFor } from '../report/cases';
import { ours } from '../report/flows';
import { openRange } from '../report/range';
import { keepProfiles } from './keep';
import { sharesText } from './section';
import { sharesOf, type Shares } from './shares';

const settings = { concurrency: 50, latencyMs: 0, algorithm: 'RS256' };

/** Records 10,000 learners, keeps the profiles, and adds them up. */
export async function profileOf(range: Range): Promise<Shares> {
	const recorded = await range.record(ours, learnersFor(10_000, 'profile'), settings);
	await keepProfiles('10000-learners', recorded);
	return sharesOf(recorded);
}

/** Records 10,000 learners in a real n8n, and prints where time and memory went. */
export async function profile(): Promise<void> {
	const range = await openRange();
	try {
		await range.run(ours, learnersFor(200, 'warm'), settings);
		console.log(sharesText(await profileOf(range)));
	} finally {
		await range.stop();
	}
}
