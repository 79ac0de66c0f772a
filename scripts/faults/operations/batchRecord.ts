import type { Sandbox } from '../../../sandbox/index';
import { claimOf, type Answer } from '../judge/answers';
import type { Held, Record } from '../judge/judge';
import type { Row } from './operation';

/** Who has a credential of a batch that wasn't given up. */
export const batchRecord = ({ learncoin }: Sandbox): Record<Row> => ({
	held: () => {
		const held = new Map<string, string[][]>();
		for (const { id, batchId, recipientId, status } of learncoin.credentials())
			if (status !== 'failed') held.set(recipientId, [...(held.get(recipientId) ?? []), [batchId, id]]);
		return Promise.resolve((row) => {
			const of = held.get(String(row.id)) ?? [];
			return { count: of.length, ids: of.flat() };
		});
	},
	claimOf,
	whatElseIsUntrue,
});

/** An answer that says a learner has it has to name the batch, and, once it is anchored, the credential. */
function whatElseIsUntrue({ outcome, batch_id: batchId, id, status }: Answer, { ids }: Held): string | undefined {
	if (!ids.includes(String(batchId)))
		return `the answer is ${String(outcome)} and names ${batchId === undefined ? 'no batch' : 'a batch without them'}`;
	const hasToName = id !== undefined || status === 'anchored' || outcome === 'anchored';
	return hasToName && !ids.includes(String(id)) ? `the answer names the credential ${String(id)}, which is not theirs` : undefined;
}
