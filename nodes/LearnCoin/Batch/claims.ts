import type { IExecuteFunctions } from 'n8n-workflow';

import type { Claims } from '../../../lib/learncoin/issued/claims';

/**
 * Far more than are open at a time: claims are dropped once LearnCoin tells whose credentials are in their batch. n8n reads, compares and writes all of
 * them at each change.
 */
const mostClaims = 50_000;
const options = { mode: 'entries', maxEntries: mostClaims } as const;

/** What this process knows of a node's store. */
interface Store {
	/** n8n reads the store, changes it and writes it back without a lock, so within this process one change follows another. */
	lastChange: Promise<unknown>;
	/** Claims that have served once their batch is told, by its ID. */
	open: Map<string, readonly string[]>;
}

const stores = new Map<string, Store>();

/** Claims in n8n's own store of processed data, kept for this node of this workflow; other processes of this n8n see them. */
export function n8nClaims(context: IExecuteFunctions): Claims {
	const { helpers } = context;
	const name = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const store = stores.get(name) ?? { lastChange: Promise.resolve(), open: new Map() };
	stores.set(name, store);
	const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
		const current = store.lastChange.then(work, work);
		store.lastChange = current.catch(() => {});
		return await current;
	};
	const enter = async (marks: readonly string[]) =>
		await inTurn(async () => {
			const { processed } = await helpers.checkProcessedAndRecord([...marks], 'node', options);
			// Once the oldest had to make room, nobody can tell who was claimed.
			const isFull = (await helpers.getProcessedDataCount('node', options)) >= mostClaims;
			return new Set(isFull ? marks : processed.map(String));
		});
	const claim = async (marks: readonly string[]) =>
		await enter(marks)
			// The store's first entry fails when another process makes it at the same moment; then there is one to add to.
			.catch(async () => await enter(marks))
			// A workflow that was never saved has no store.
			.catch(() => new Set(marks));
	const release = async (marks: readonly string[]) => {
		if (marks.length > 0) await inTurn(async () => await helpers.removeProcessed([...marks], 'node', options)).catch(() => {});
	};
	return {
		claim,
		release,
		async accepted(marks, batchId) {
			store.open.set(batchId, marks);
			await claim(marks);
		},
		async dropTold(isTold) {
			const told = [...store.open].filter(([batchId]) => isTold(batchId));
			for (const [batchId] of told) store.open.delete(batchId);
			await release(told.flatMap(([, marks]) => marks));
		},
	};
}
