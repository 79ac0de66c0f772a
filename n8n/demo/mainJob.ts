import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { itemsOf, type Execution } from '../rest/execution';
import { parseCsv } from './csv';
import { examplesFolder } from './examples';
import type { Demo } from './startDemo';

export const mainJobFile = 'moca-bulk-issue-from-csv.json';

/** One row of the result that the main job's workflow makes. */
export interface LearnerResult {
	name: string;
	email: string;
	outcome: string;
	coreClaimHash: string;
	vcId: string;
	whatToFix: string;
}

export interface MainJobResult {
	execution: Execution;
	/** What the workflow's last but one step gave out. */
	rows: LearnerResult[];
	/** The result file that the workflow wrote. */
	fileRows: LearnerResult[];
	/** How long n8n took, ms. */
	durationMs: number;
}

export const resultFileOf = ({ n8n }: Demo): string => join(n8n.filesFolder, 'learners-result.csv');

/** Runs the main job as the editor's Execute button does, and reads what came of it. */
export async function runMainJob(demo: Demo, timeoutMs = 120_000): Promise<MainJobResult> {
	const { rest } = demo.n8n;
	const startedAt = Date.now();
	const id = await rest.runWorkflow(demo.workflowIds[mainJobFile] ?? mainJobFile);
	const execution = await rest.waitForExecution(id, timeoutMs);
	const durationMs = Date.now() - startedAt;
	const rows = itemsOf(execution, 'One row per learner').map(({ json }) => toResult(json));
	return { execution, rows, fileRows: await readResultFile(demo), durationMs };
}

/** What is wrong with a result of the main job, a line for each; nothing when it came out as the learners' file says. */
export async function faultsIn({ execution, rows, fileRows }: MainJobResult, { sandbox }: Demo): Promise<string[]> {
	const learners = parseCsv(await readFile(join(examplesFolder, 'learners.csv'), 'utf8'));
	const failure = execution.data.resultData.error?.message;
	if (execution.status !== 'success') return [`The execution ended with "${execution.status}"${failure ? `: ${failure}` : ''}`];
	const issued = sandbox.moca.issued();
	const holders = new Set(issued.map(({ recipientEmail }) => recipientEmail));
	const wanted = learners.filter((learner) => !isFaulty(learner)).length;
	return [
		...rowFaults(rows, learners),
		...(JSON.stringify(fileRows) === JSON.stringify(rows) ? [] : ['The result file differs from what the workflow gave out']),
		...(issued.length === wanted && holders.size === wanted
			? []
			: [`${issued.length} credentials were issued to ${holders.size} people, not ${wanted}`]),
	];
}

function rowFaults(rows: LearnerResult[], learners: Array<Record<string, string>>): string[] {
	if (rows.length !== learners.length) return [`${rows.length} rows came out for ${learners.length} learners`];
	return rows.flatMap((row, index) => {
		const learner = learners[index] ?? {};
		if (row.name !== learner.name) return [`Row ${index + 1} is about ${row.name}, not ${learner.name}`];
		if (isFaulty(learner))
			return row.outcome === 'failed' && row.whatToFix !== '' ? [] : [`${row.name} should have failed, with what to fix`];
		const complete = row.outcome === 'onChain' && row.coreClaimHash !== '' && row.vcId !== '' && row.whatToFix === '';
		return complete ? [] : [`${row.name} should be on-chain: ${JSON.stringify(row)}`];
	});
}

/** The two mistakes that the learners' file holds on purpose. */
const isFaulty = ({ email = '', score = '' }: Record<string, string>) => !/^[^@\s()]+@[^@\s()]+$/.test(email) || !/^\d+$/.test(score);

async function readResultFile(demo: Demo): Promise<LearnerResult[]> {
	const text = await readFile(resultFileOf(demo), 'utf8').catch(() => '');
	return parseCsv(text).map(toResult);
}

function toResult(fields: Record<string, unknown>): LearnerResult {
	const text = (name: keyof LearnerResult) => String(fields[name] ?? '');
	return {
		name: text('name'),
		email: text('email'),
		outcome: text('outcome'),
		coreClaimHash: text('coreClaimHash'),
		vcId: text('vcId'),
		whatToFix: text('whatToFix'),
	};
}
