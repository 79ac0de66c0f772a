/**
 * What goes wrong at night, tried in a real n8n against the sandbox, whose own record is the judge. Without an argument: everything, and
 * docs/faults.md is written anew. It needs PostgreSQL and Redis for queue mode (n8n/server/queue/stores.ts).
 *
 * Usage: npm run faults [-- workers | kills | matrix [--only=PART OF A TITLE]]
 */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { FixableError } from '../n8n/errors';
import { temporaryFolder } from '../n8n/processes/temporaryFolder';
import { matrix, type Matrix } from './faults/matrix/index';
import { countsOf, redIn } from './faults/matrix/page';
import { kills } from './faults/proofs/kills';
import { asTable, brokenIn, type Proof, type ProofSetup } from './faults/proofs/proof';
import { workers } from './faults/proofs/workers';
import { writePage } from './faults/writePage';
import { packPackage } from './pack';
import { runScript } from './runScript';

const proofs: Record<string, (setup: ProofSetup) => Promise<Proof[]>> = { workers, kills };
const parts = [...Object.keys(proofs), 'matrix'];

const say = (line: string) => console.log(line);

async function main(): Promise<void> {
	const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'));
	const only = process.argv.find((name) => name.startsWith('--only='))?.slice('--only='.length);
	const unknown = wanted.filter((name) => !parts.includes(name));
	if (unknown.length > 0) throw new FixableError(`There is no ${unknown.join(', ')}; there are ${parts.join(', ')}.`);
	const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
	const folder = await temporaryFolder('faults');
	say('Building and packing the nodes …');
	const tarball = await packPackage();
	try {
		const setup = { folder, tarball, report: say };
		// At the same time, each in an n8n of its own: most of it is waiting.
		const [found, tried] = await Promise.all([
			prove(Object.keys(proofs).filter(isWanted), setup),
			isWanted('matrix') ? matrix({ ...setup, ...(only !== undefined && { only }) }) : undefined,
		]);
		const broken = tell(found, tried);
		if (tried && found.length > 0 && only === undefined) say(`\n${await writePage({ ...tried, proofs: asTable(found) })} is written.`);
		process.exitCode = broken.length === 0 ? 0 : 1;
	} finally {
		await rm(dirname(tarball), { recursive: true, force: true });
		await rm(folder, { recursive: true, force: true });
	}
}

/** One after the other: each asks much of the machine. */
async function prove(names: readonly string[], setup: ProofSetup): Promise<Proof[]> {
	const found: Proof[] = [];
	for (const name of names) found.push(...(await proofs[name]!(setup)));
	return found;
}

function tell(found: readonly Proof[], tried: Matrix | undefined): string[] {
	if (found.length > 0) say(`\n${asTable(found)}`);
	if (tried) say(`\n${JSON.stringify(countsOf(tried))}`);
	const broken = [...brokenIn(found), ...(tried ? redIn(tried) : [])];
	if (broken.length > 0) say(`\nBroken:\n${broken.map((line) => `  ${line}`).join('\n')}`);
	return broken;
}

runScript(main);
