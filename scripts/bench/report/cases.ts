import type { FlowRun } from './flows';

/** One line of the report: so many learners under these conditions. */
export interface Case extends FlowRun {
	learners: number;
	/** Whether n8n's own nodes are tried too; with 10,000 they take n8n many minutes. */
	doItYourself: boolean;
	/** Also among those of the quick report. */
	isQuick?: boolean;
	/** The most that our time may be of the bare program's. */
	atMost?: number;
	/** The most memory beyond an n8n that holds the same items, MB; and that the event loop may be late while sending, ms. */
	atMostMb?: number;
	atMostLateMs?: number;
}

const rsa = { algorithm: 'RS256', doItYourself: true };

export const cases: readonly Case[] = [
	{ ...rsa, learners: 100, latencyMs: 0, concurrency: 10 },
	{ ...rsa, learners: 100, latencyMs: 50, concurrency: 10, isQuick: true },
	{ ...rsa, learners: 100, latencyMs: 200, concurrency: 10 },
	{ ...rsa, learners: 1_000, latencyMs: 0, concurrency: 10 },
	{ ...rsa, learners: 1_000, latencyMs: 50, concurrency: 10, atMost: 1.15, isQuick: true },
	{ ...rsa, learners: 1_000, latencyMs: 50, concurrency: 40, atMost: 1.4, isQuick: true },
	{ ...rsa, learners: 1_000, latencyMs: 50, concurrency: 40, algorithm: 'ES256', isQuick: true },
	{ ...rsa, learners: 1_000, latencyMs: 200, concurrency: 40, isQuick: true },
	{
		...rsa,
		learners: 10_000,
		latencyMs: 0,
		concurrency: 50,
		doItYourself: false,
		atMost: 2.5,
		atMostMb: 250,
		atMostLateMs: 20,
		isQuick: true,
	},
	{ ...rsa, learners: 10_000, latencyMs: 50, concurrency: 50 },
	{ ...rsa, learners: 10_000, latencyMs: 200, concurrency: 50, doItYourself: false },
];

/** What answers alone would take, ms: no run with as many in flight can be quicker. */
export const limitMs = ({ learners, latencyMs, concurrency }: Case): number => (2 * learners * latencyMs) / concurrency;

export const learnersFor = (count: number, tag: string) =>
	Array.from({ length: count }, (_, index) => ({ email: `${tag}-${index}@example.com`, course: 'First Aid', score: 60 + (index % 41) }));
