/**
 * Tells what loading files takes, as n8n loads nodes, in a process of its own.
 *
 * Usage: node --expose-gc load.mjs FILE…
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// It is there already in n8n.
require('n8n-workflow');

globalThis.gc();
const before = process.memoryUsage().heapUsed;
const started = performance.now();
for (const file of process.argv.slice(2)) require(file);
const ms = performance.now() - started;
globalThis.gc();
console.log(JSON.stringify({ ms, heapKb: (process.memoryUsage().heapUsed - before) / 1024 }));
