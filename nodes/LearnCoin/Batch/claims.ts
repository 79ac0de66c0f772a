import type { IExecuteFunctions } from 'n8n-workflow';

import type { Ledger } from '../../../lib/learncoin/batches/ledger';

const options = { mode: 'entries' } as const;

/** n8n's own store of processed data, kept for this node of this workflow. n8n reads and writes it as a whole, so one change follows another. */
export function createLedger({ helpers }: IExecuteFunctions): Ledger {
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
		const current = last.then(work, work);
		last = current;
		return await current;
	};
	return {
		claim: async (marks) =>
			await inTurn(async () => new Set((await helpers.checkProcessedAndRecord(marks, 'node', options)).new.map(String))),
		whenUnclear:
			'Whether the batch came about is not known, so this node takes its learners for issued. To make sure, run them again within 24 hours with Avoid Duplicates set to the 24-hour choice: if the batch came about, LearnCoin gives it again.',
		release: async (marks) => await inTurn(async () => await helpers.removeProcessed(marks, 'node', options)),
	};
}
