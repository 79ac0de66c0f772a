/**
 * Checks a list of badges with one of the programs beside it, and tells what that took. A process of its own, so that memory is its own.
 *
 * Usage: node --expose-gc child.mjs bare|library, with a job on stdin
 */
import { text } from 'node:stream/consumers';

const megabyte = 1024 * 1024;
const { prepare } = await import(`./${process.argv[2]}.mjs`);
const { badges, ...settings } = JSON.parse(await text(process.stdin));
const check = prepare(settings);
// With the first one it loads itself.
await fetch('data:,');

globalThis.gc();
const idleMb = process.memoryUsage.rss() / megabyte;
let peakMb = idleMb;
let longestHoldMs = 0;
let last = performance.now();
const turn = () => {
	longestHoldMs = Math.max(longestHoldMs, performance.now() - last);
	last = performance.now();
};
const ticker = setInterval(turn, 1);

const before = process.cpuUsage();
const started = performance.now();
let genuine = 0;
for (const badge of badges) {
	if (await check(badge)) genuine += 1;
	peakMb = Math.max(peakMb, process.memoryUsage.rss() / megabyte);
}
const ms = performance.now() - started;
const { user, system } = process.cpuUsage(before);
clearInterval(ticker);
turn();
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, idleMb, peakMb, longestHoldMs, genuine }));
