import type { IExecuteFunctions } from 'n8n-workflow';

import type { Claims } from '../../../lib/learncoin/issued/claims';

/** Older ones are dropped: once its batch is anchored, LearnCoin tells whose a credential is. n8n reads and writes all of them at once. */
const options = { mode: 'entries', maxEntries: 20_000 } as const;

/** n8n reads the store, changes it and writes it back without a lock, so within this process one change of a node's store follows another. */
const lastChange = new Map<string, Promise<unknown>>();

/** Claims in n8n's own store of processed data, kept for this node of this workflow; other processes of this n8n see them. */
export function n8nClaims(context: IExecuteFunctions): Claims {
	const { helpers } = context;
	const store = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
		const current = (lastChange.get(store) ?? Promise.resolve()).then(work, work);
		const settled = current.catch(() => {});
		lastChange.set(store, settled);
		try {
			return await current;
		} finally {
			if (lastChange.get(store) === settled) lastChange.delete(store);
		}
	};
	const enter = async (marks: readonly string[]) => {
		const { processed } = await helpers.checkProcessedAndRecord([...marks], 'node', options);
		return new Set(processed.map(String));
	};
	return {
		claim: async (marks) =>
			await inTurn(async () => await enter(marks))
				// The store's first entry fails when another process makes it at the same moment; then there is one to add to.
				.catch(async () => await inTurn(async () => await enter(marks)))
				// A workflow that was never saved has no store.
				.catch(() => new Set(marks)),
		release: async (marks) => {
			if (marks.length > 0) await inTurn(async () => await helpers.removeProcessed([...marks], 'node', options)).catch(() => {});
		},
	};
}
