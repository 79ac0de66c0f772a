/**
 * The LearnCoin Trigger under fire, in a real n8n: 10,000 deliveries that are forged, replayed, cut or far too large, with true ones among them.
 * None of the bad may start the workflow, each true one must exactly once, and memory must come back. Before, the rates of true and forged
 * deliveries beside n8n's own Webhook node and a do-it-yourself flow, in turns.
 *
 * Usage: npm run fire [-- COUNT], with 0 for the rates alone
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { kindsOf } from './fire/kinds';
import { openRange, type Range } from './fire/range';
import { ratesOf } from './fire/rates';
import { shootAll, wrongAnswers } from './fire/shoot';
import { volleyOf } from './fire/volley';
import { runScript } from './runScript';

const restMs = 60_000;
const concurrency = 10;

async function main(): Promise<void> {
	const count = Number(process.argv[2] ?? 10_000);
	const range = await openRange();
	try {
		for (const { name, perSecond, timeRatio, workMs, workRatio } of await ratesOf(range, await kindsOf(range)))
			console.log(
				`${name.padEnd(26)} ${perSecond.toFixed(0).padStart(4)}/s, ${timeRatio.toFixed(2)} × n8n’s Webhook node; ` +
					`work of n8n ${workMs.toFixed(1).padStart(5)} ms each, ${workRatio.toFixed(2)} ×`,
			);
		if (count > 0) await fire(range, count);
	} finally {
		await range.stop();
	}
}

async function fire({ url, target, startedWith, residentMb }: Range, count: number): Promise<void> {
	const before = new Set(await startedWith());
	const { rounds, eventIds } = volleyOf(target, { count, truths: Math.round(count / 20), replays: 3, share: Math.min(1, count / 10_000) });
	const restingMb = await residentMb();
	let peakMb = restingMb;
	const watch = setInterval(() => void residentMb().then((mb) => (peakMb = Math.max(peakMb, mb))), 200);
	const started = performance.now();
	const hits = await shootAll(url, rounds, concurrency);
	const took = performance.now() - started;
	clearInterval(watch);
	await sleep(restMs);
	const afterMb = await residentMb();
	const all = await startedWith();
	const fresh = all.filter((id) => !before.has(id));

	const missing = eventIds.filter((id) => !fresh.includes(id));
	const beyond = fresh.filter((id) => !eventIds.includes(id));
	const twice = fresh.length - new Set(fresh).size;
	console.log(
		`${rounds.length} deliveries, ${eventIds.length} of them true, in ${(took / 1000).toFixed(0)} s (${((rounds.length / took) * 1000).toFixed(0)}/s)`,
	);
	console.log(
		`started: ${fresh.length}; missing: ${missing.length}; twice: ${twice}; by a bad one: ${beyond.length} ${beyond.slice(0, 3).join(' ')}`,
	);
	console.log(`memory of n8n: ${restingMb.toFixed(0)} MB before, ${peakMb.toFixed(0)} MB at most, ${afterMb.toFixed(0)} MB a minute after`);
	const wrong = wrongAnswers(hits);
	for (const line of wrong) console.log(line);
	if (wrong.length + missing.length + twice + beyond.length > 0) process.exitCode = 1;
}

runScript(main);
