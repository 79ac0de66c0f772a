import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { Outputs, startingWith, type Output } from '../../../lib/items/outcome';
import type { BatchId } from '../../../lib/learncoin/api/checks';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import type { Batch } from '../../../lib/learncoin/api/types';
import { batchState, listedCredentials } from '../../../lib/learncoin/batches/batchState';
import { badgeAs, batchJson } from '../shared/badge';
import { outcomeOf } from './output';

/** What comes out of batches that are looked up, by Get, Get Many and Wait. */
export const lookedUpProperty: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'One Item for Each Batch', value: 'batches' },
		{
			name: 'One Item for Each Credential',
			value: 'credentials',
			description: 'A batch of which LearnCoin does not list the credentials comes out as one item that says so',
		},
	],
	default: 'batches',
	description: 'What comes out',
};

export type LookedUp = 'batches' | 'credentials';

export const readLookedUp = (context: IExecuteFunctions, index: number): LookedUp =>
	context.getNodeParameter('output', index, 'batches') === 'credentials' ? 'credentials' : 'batches';

/** What comes out for one batch. */
export const ofOne = (batch: Batch, output: LookedUp): Output =>
	output === 'batches' ? batchOutput(batch) : new Outputs(badgesOf(batch).map((json) => ({ json })));

/**
 * What comes out for a list of batches; a batch's credentials are looked up where the list leaves them out.
 *
 * @param limit most items
 * @throws CallFailure; SendingStopped
 */
export async function ofMany(batches: readonly Batch[], output: LookedUp, limit: number, client: LearnCoinClient): Promise<Outputs> {
	if (output === 'batches') return new Outputs(batches.map((batch) => ({ json: batchOutput(batch) })));
	const badges = await Promise.all(
		enoughFor(limit, batches).map(async (batch) => badgesOf(leavesThemOut(batch) ? await client.getBatch(batch.id as BatchId) : batch)),
	);
	return new Outputs(
		badges
			.flat()
			.slice(0, limit)
			.map((json) => ({ json })),
	);
}

const batchOutput = (batch: Batch): IDataObject =>
	startingWith(['id', 'outcome'], { ...batchJson(batch), outcome: outcomeOf(batch, 'pending') });

/** The first of the batches, as many as hold so many credentials by what the list says. */
function enoughFor(limit: number, batches: readonly Batch[]): readonly Batch[] {
	let held = 0;
	const end = batches.findIndex((batch) => (held += countOf(batch)) >= limit);
	return end < 0 ? batches : batches.slice(0, end + 1);
}

/** One for a batch that may come out as a single item. */
const countOf = (batch: Batch): number => {
	const count = batchState(batch) === 'anchored' ? batch.credentials_count : 1;
	return typeof count === 'number' && count > 0 ? count : 1;
};

const leavesThemOut = (batch: Batch): boolean => batchState(batch) === 'anchored' && listedCredentials(batch).length < countOf(batch);

function badgesOf(batch: Batch): IDataObject[] {
	const outcome = outcomeOf(batch, 'pending');
	const listed = listedCredentials(batch);
	if (listed.length === 0) return [startingWith(first, { ...badgeAs(batch, {}), outcome, note: whyNobody(batch) })];
	return listed.map((credential) => startingWith(first, { ...badgeAs(batch, credential), outcome }));
}

const first = ['recipient_id', 'outcome', 'verify_url', 'id', 'batch_id'] as const;

function whyNobody(batch: Batch): string {
	switch (batchState(batch)) {
		case 'open':
			return 'The batch is not anchored yet, and LearnCoin does not say whose credentials are in it.';
		case 'failed':
			return 'The batch was given up, so nothing of it is anchored. LearnCoin does not say whose credentials were in it: look into the run that sent it.';
		default:
			return 'LearnCoin lists no credentials of this batch.';
	}
}
