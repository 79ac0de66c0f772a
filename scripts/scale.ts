/**
 * How many workers a day of credentials needs, how long it takes, and what gives out first; by the costs that were measured (docs/scale.md).
 *
 * Usage: npm run scale [-- --per-day=100000 --hours=10 --peak=3 --per-call=20 --intakes=1 --latency=200 --concurrency=10 --requests=2.3
 *        --service-limit=50 --keep-days=14 --wait=5]
 */
import { parseArgs } from 'node:util';

import { FixableError } from '../n8n/errors';
import { runScript } from './runScript';
import { tableFor, usual, usualDays, usualWait } from './scale/tableFor';

/** Each option, and what of the setup it is. */
const optionNames = {
	hours: 'hours',
	peak: 'peak',
	'per-call': 'learnersPerCall',
	intakes: 'intakes',
	executions: 'executionsPerWorker',
	concurrency: 'concurrency',
	latency: 'latencyMs',
	requests: 'requestsPerLearner',
	'service-limit': 'serviceRequestsPerSecond',
	'keep-days': 'keepDays',
} as const;

function main(): Promise<void> {
	const names = [...Object.keys(optionNames), 'per-day', 'wait'];
	const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])) });
	const read = (name: string, otherwise: number): number => positive(name, values[name], otherwise);
	const setup = Object.fromEntries(Object.entries(optionNames).map(([name, field]) => [field, read(name, usual[field])]));
	const days = values['per-day'] === undefined ? usualDays : [read('per-day', 0)];
	console.log(tableFor(days, { ...usual, ...setup }, read('wait', usualWait)));
	return Promise.resolve();
}

function positive(name: string, given: unknown, otherwise: number): number {
	const value = given === undefined ? otherwise : Number(given);
	if (value > 0) return value;
	throw new FixableError(`--${name} wants a number above 0.`);
}

runScript(main);
