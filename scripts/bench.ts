/**
 * Speed and memory of the nodes, in n8n's own engine against the sandbox (a process of its own). Machines differ and are noisy, so what counts
 * are the ratios, each between two things measured in this run.
 *
 * Usage: npm run bench [-- NAME…]; `-- report` measures in a real n8n beside n8n's own nodes, for three
 * quarters of an hour (`-- report quick`: half of it), and writes docs/benchmarks.md; `-- report deliveries` and `-- report workers` tell of these alone
 */
import { firstRequest } from './bench/firstRequest';
import { history } from './bench/history';
import { issueAndConfirm } from './bench/issueAndConfirm';
import type { Measure } from './bench/measure';
import { memory } from './bench/memory';
import { pace } from './bench/pace';
import { profile } from './bench/profile';
import { holds } from './bench/proof/holds';
import { loading } from './bench/proof/loading';
import { verifying } from './bench/proof/verifying';
import { report } from './bench/report';
import { signing } from './bench/signing';

const benchmarks: Record<string, () => Promise<Measure[]>> = {
	issueAndConfirm,
	firstRequest,
	pace,
	signing,
	memory,
	history,
	verifying,
	holds,
	loading,
};

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	if (wanted.includes('report')) return await report(wanted);
	if (wanted.includes('profile')) return await profile();
	const unknown = wanted.filter((name) => !(name in benchmarks));
	if (unknown.length > 0) throw new Error(`No benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`);
	const measures: Measure[] = [];
	for (const [name, run] of Object.entries(benchmarks)) {
		if (wanted.length === 0 || wanted.includes(name)) measures.push(...(await run()));
	}
	for (const { what, ratio, atMost, from } of measures) {
		const verdict = atMost === undefined ? '' : ratio <= atMost ? ` (at most ${atMost}: holds)` : ` (at most ${atMost}: MISSED)`;
		console.log(`${ratio.toFixed(2).padStart(8)}  ${what}${verdict}\n          ${from}`);
	}
	if (measures.some(({ ratio, atMost }) => atMost !== undefined && ratio > atMost)) process.exitCode = 1;
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
