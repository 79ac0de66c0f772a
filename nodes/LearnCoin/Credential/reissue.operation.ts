import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { checkRevocation } from '../../../lib/learncoin/api/checks';
import { batchState } from '../../../lib/learncoin/batches/batchState';
import {
	issueReplacement,
	retireReplaced,
	type Reissued,
	type ReissueRequest,
	type Replacement,
} from '../../../lib/learncoin/credentials/reissue';
import { badgeOf } from '../shared/badge';
import { correctionFields, readCorrection } from '../shared/credential/correction';
import { credentialIdProperty, credentialReader } from './credentialRequest';

const properties: INodeProperties[] = [
	{ ...credentialIdProperty, description: 'The credential that is wrong. Everything that is not corrected below is taken from it.' },
	...correctionFields,
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: 'Issued again with corrected data',
		required: true,
		description: 'Why the old credential no longer counts. Shown to everybody on its verify page, so it should name no person.',
	},
	{
		displayName:
			'The corrected credential is issued and anchored first; then the old one is revoked as reissued, which cannot be taken back. Running it again with the same data is safe: nothing is issued twice.',
		name: 'reissueNotice',
		type: 'notice',
		default: '',
	},
];

export const fields = updateDisplayOptions({ show: { operation: ['reissue'] } }, properties);

export const whyNotForModels =
	'Nothing was issued or revoked: AI agents are not allowed to, because the old credential’s revocation cannot be taken back.';

/** Issues the corrected credential, waits until it is anchored, and then revokes the old one. */
export const operation = itemOperation<ReissueRequest>((context, run) => {
	const read = credentialReader(context, run);
	return {
		read: async (index) => ({
			...(await read(index)),
			correct: readCorrection(context, index),
			reason: checkRevocation(context.getNodeParameter('reason', index, ''), 'reissued').reason,
		}),
		begin: async (request) => {
			const replacement = await issueReplacement(request);
			const times = { ...run.options, clock: run.clock, stop: run.stop };
			return { waiting: async () => toJson(request, replacement, await retireReplaced(request, replacement, times)) };
		},
		keyOf: ({ id }) => id,
		// When another item's failure stops the run, some are issued and the old one not revoked yet.
		isUnfinished: ({ replaced_revoked: isRevoked }) => isRevoked === false,
		messages: {
			done: 'reissued',
			runningAgain: () => 'Running again with the same data is safe: what was issued is found, and what is revoked stays so.',
		},
	};
});

function toJson({ id }: ReissueRequest, { corrected, isDone }: Replacement, { batch, revocation, note }: Reissued): IDataObject {
	const state = batchState(batch);
	const outcome = isDone ? 'alreadyIssued' : state === 'open' ? 'pending' : state;
	const notes = [note, revocation ? (revocation.note as string | undefined) : `${id} is not revoked yet: ${whyNot(outcome)}`].filter(
		Boolean,
	);
	return {
		...badgeOf(batch, corrected.recipient),
		outcome,
		replaces: id,
		replaced_revoked: revocation !== undefined,
		...(notes.length > 0 && { note: notes.join(' ') }),
	};
}

/** Without an end before tomorrow, LearnCoin has forgotten the request, and only an anchored credential can be found. */
const again = 'Run it again within 24 hours with the same data: nothing is issued twice.';

function whyNot(outcome: string): string {
	if (outcome === 'failed')
		return 'LearnCoin gave the new one up. Run it again after 24 hours, when LearnCoin takes the same correction anew.';
	return outcome === 'anchored' ? again : `the new one is not known to be anchored. ${again}`;
}
