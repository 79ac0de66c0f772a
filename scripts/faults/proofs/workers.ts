import { join } from 'node:path';

import { saveN8nCredentials } from '../../../n8n/demo/n8nCredentials';
import { startQueue } from '../../../n8n/server/queue/startQueue';
import type { RunningN8n } from '../../../n8n/server/startN8n';
import { startSandbox, type SandboxOptions } from '../../../sandbox/index';
import { untrueIn, verdictOf } from '../judge/judge';
import { sumOf, type Verdict } from '../judge/verdict';
import { batchRecord } from '../operations/batchRecord';
import { batchNode } from '../operations/learnCoinBatch';
import { newLearners } from '../operations/learnCoinRows';
import { asUsual } from '../operations/operation';
import type { Row } from '../operations/row';
import { publish } from '../published';
import type { Proof, ProofSetup } from './proof';

const rounds = 25;
const executionsARound = 8;
const learnersAnExecution = 4;
/** Each execution shares half of its learners with the one before it, and the other half with the one after. */
const step = learnersAnExecution / 2;

const anchoring = { signedAfterMs: 100, anchoredAfterMs: 400 };

/** The ways in which LearnCoin may show what it has; the documents allow both. */
const readings: Record<string, SandboxOptions['learncoin']> = {
	'lists show credentials': anchoring,
	'credentials only in the anchored batch itself': { ...anchoring, credentialsAppearAt: 'anchored', listHasCredentials: false },
};

/** Executions on two workers that have learners in common and start at once, with Avoid Duplicates: For Good. */
export async function workers({ folder, tarball, report }: ProofSetup): Promise<Proof[]> {
	const queue = await startQueue({ folder: join(folder, 'queue'), tarball, workers: 2, report });
	try {
		const proofs: Proof[] = [];
		for (const [reading, settings] of Object.entries(readings))
			for (const waitForAnchor of [true, false]) {
				report(`Two workers; ${reading}; ${waitForAnchor ? 'waiting for the anchor' : 'not waiting'} …`);
				const verdict = await overlapping(queue.main, { learncoin: settings! }, waitForAnchor);
				proofs.push({ what: `Two workers, ${waitForAnchor ? 'waiting' : 'not waiting'}; ${reading}`, verdict });
			}
		return proofs;
	} finally {
		await queue.stop();
	}
}

async function overlapping(n8n: RunningN8n, options: SandboxOptions, waitForAnchor: boolean): Promise<Verdict> {
	const sandbox = await startSandbox(options);
	try {
		const record = batchRecord(sandbox);
		const tried = { ...batchNode({ avoidDuplicates: 'ledger', waitForAnchor }), onError: 'continueRegularOutput' } as const;
		const workflow = await publish<Row>(n8n, await saveN8nCredentials(n8n.rest, sandbox), `overlapping-${Date.now()}`, { tried });
		const verdicts: Verdict[] = [];
		for (let round = 0; round < rounds; round++) {
			const learners = newLearners(step * (executionsARound - 1) + learnersAnExecution).map(asUsual);
			const lists = Array.from({ length: executionsARound }, (_, index) =>
				learners.slice(step * index, step * index + learnersAnExecution),
			);
			await Promise.all(lists.map((list) => workflow.execute(list)));
			const untrue = await untrueIn(record, await workflow.runs());
			verdicts.push(await verdictOf(record, learners, untrue, true));
		}
		return sumOf(verdicts);
	} finally {
		await sandbox.stop();
	}
}
