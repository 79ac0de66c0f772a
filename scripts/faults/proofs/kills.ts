import { join } from 'node:path';

import { saveN8nCredentials } from '../../../n8n/demo/n8nCredentials';
import { startN8n, type RunningN8n } from '../../../n8n/server/startN8n';
import { startSandbox, type Fault, type Sandbox } from '../../../sandbox/index';
import { heldAfter, heldBefore, nextStep, untilHeld } from '../held';
import { untrueIn, verdictOf } from '../judge/judge';
import type { Verdict } from '../judge/verdict';
import { batchRecord } from '../operations/batchRecord';
import { batchNode } from '../operations/learnCoinBatch';
import { newLearners } from '../operations/learnCoinRows';
import { asUsual } from '../operations/operation';
import type { Row } from '../operations/row';
import { publish, type Published } from '../published';
import type { Proof, ProofSetup } from './proof';

/** Where n8n is killed: at the call that this fault holds back. */
const moments: Array<{ what: string; held: Fault }> = [
	{ what: 'before the node’s first request did anything', held: { route: '*', answer: heldBefore } },
	{ what: 'before the batch came about', held: { route: 'learncoin.createBatch', answer: heldBefore } },
	{ what: 'when the batch had come about, before the answer', held: { route: 'learncoin.createBatch', answer: heldAfter } },
	{ what: 'while waiting for the anchor', held: { route: 'learncoin.getBatch', answer: heldBefore } },
	{ what: 'after the node, before n8n stored the execution', held: { route: 'learncoin.getCurrentTenant', answer: heldBefore } },
];

const learnersAList = 500;
const moreLearners = 10;

/** n8n is killed with a list of 500 on its way, started again, and the list executed again: the same, or with ten more rows in another order. */
export async function kills({ folder, tarball, report }: ProofSetup): Promise<Proof[]> {
	const sandbox = await startSandbox({ learncoin: { signedAfterMs: 100, anchoredAfterMs: 400 } });
	try {
		const n8n = await startN8n({ folder: join(folder, 'killed'), tarball, report });
		try {
			return await killAtEachMoment(n8n, sandbox, report);
		} finally {
			await n8n.stop();
		}
	} finally {
		await sandbox.stop();
	}
}

async function killAtEachMoment(n8n: RunningN8n, sandbox: Sandbox, report: ProofSetup['report']): Promise<Proof[]> {
	const tried = { ...batchNode({ avoidDuplicates: 'ledger' }), onError: 'continueRegularOutput' } as const;
	const workflow = await publish<Row>(n8n, await saveN8nCredentials(n8n.rest, sandbox), 'killed', { tried, after: [nextStep] });
	const proofs: Proof[] = [];
	for (const { what, held } of moments)
		for (const more of [0, moreLearners]) {
			report(`Killing n8n ${what}${more > 0 ? ', and ten more rows after it' : ''} …`);
			const verdict = await killAt(held, { n8n, sandbox, workflow }, more);
			proofs.push({ what: `n8n killed ${what}; then the list again${more > 0 ? ` with ${more} more rows` : ''}`, verdict });
		}
	return proofs;
}

interface Stage {
	n8n: RunningN8n;
	sandbox: Sandbox;
	workflow: Published<Row>;
}

async function killAt(held: Fault, { n8n, sandbox, workflow }: Stage, more: number): Promise<Verdict> {
	const learners = newLearners(learnersAList).map(asUsual);
	sandbox.faults.add(held);
	const execution = workflow.execute(learners);
	await untilHeld(sandbox);
	await n8n.kill();
	await execution;
	sandbox.faults.clear();
	await n8n.restart();
	const again = more > 0 ? [...newLearners(more).map(asUsual), ...learners].reverse() : learners;
	await workflow.execute(again);
	const record = batchRecord(sandbox);
	return await verdictOf(record, again, await untrueIn(record, await workflow.runs()), true);
}
