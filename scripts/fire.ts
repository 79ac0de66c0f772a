/**
 * The LearnCoin Trigger under fire, in a real n8n: 10,000 deliveries that are forged, replayed, cut or far too large, with true ones among them.
 * None of the bad may start the workflow, each true one must exactly once, and memory must come back. Before, the rates of true and forged
 * deliveries beside n8n's own Webhook node, in turns.
 *
 * Usage: npm run fire [-- COUNT], with 0 for the rates alone
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { openRange, type Range } from './fire/range';
import { shootAll, wrongAnswers } from './fire/shoot';
import { bad, trueShot, type Shot } from './fire/shots';
import { volleyOf } from './fire/volley';
import { runScript } from './runScript';

const restMs = 60_000;
const settleMs = 1_500;
const concurrency = 10;

async function main(): Promise<void> {
	const count = Number(process.argv[2] ?? 10_000);
	const range = await openRange();
	try {
		await tellRates(range);
		if (count > 0) await fire(range, count);
	} finally {
		await range.stop();
	}
}

/** In turns, so that what else the machine does falls on all alike. */
async function tellRates({ url, plainUrl, target, workedMs }: Range): Promise<void> {
	const turns = 4;
	const each = 60;
	const kinds: Array<[string, string, (n: number) => Shot]> = [
		['n8n’s Webhook node', plainUrl, (n) => trueShot(target, `evt_plain_${n}`)],
		['true deliveries', url, (n) => trueShot(target, `evt_rate_${n}`)],
		['forged deliveries', url, (n) => ({ kind: 'wrong key', ...bad['wrong key']!(target, n) })],
	];
	const spent = kinds.map(() => ({ ms: 0, workedMs: 0 }));
	// The first round warms up, and fills what the node remembers.
	for (let turn = 0; turn <= turns; turn++) {
		for (const [index, [name, address, make]] of kinds.entries()) {
			const rounds = Array.from({ length: turn === 0 ? 4 * each : each }, (_, n) => ({ load: () => make(turn * 1_000 + n) }));
			const started = { ms: performance.now(), workedMs: await workedMs() };
			const wrong = wrongAnswers(await shootAll(address, rounds, concurrency));
			if (wrong.length > 0) throw new Error(`${name}: ${wrong.join('; ')}`);
			// What n8n does for an execution after the answer belongs to it.
			await sleep(settleMs);
			if (turn === 0) continue;
			spent[index]!.ms += performance.now() - started.ms - settleMs;
			spent[index]!.workedMs += (await workedMs()) - started.workedMs;
		}
	}
	const count = turns * each;
	for (const [index, [name]] of kinds.entries()) {
		const [own, plain] = [spent[index]!, spent[0]!];
		console.log(
			`${name.padEnd(20)} ${((count * 1000) / own.ms).toFixed(0).padStart(4)}/s, ${(own.ms / plain.ms).toFixed(2)} × n8n’s Webhook node; ` +
				`work of n8n ${(own.workedMs / count).toFixed(1).padStart(5)} ms each, ${(own.workedMs / plain.workedMs).toFixed(2)} ×`,
		);
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
