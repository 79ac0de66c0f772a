import type { IExecuteFunctions } from 'n8n-workflow';

/** Which credentials this node issued in earlier runs. */
export interface Ledger {
	/** Enters the marks. Resolves with those that weren't in it yet. */
	claim(marks: string[]): Promise<Set<string>>;
	/** Takes marks out: what they stand for was not issued after all. */
	release(marks: string[]): Promise<void>;
}

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
		release: async (marks) => await inTurn(async () => await helpers.removeProcessed(marks, 'node', options)),
	};
}
