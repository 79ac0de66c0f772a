import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Run } from '../../../lib/items/run';
import { checkCredentialId, type CredentialId } from '../../../lib/learncoin/api/checks';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import type { History } from '../../../lib/learncoin/issued/history';
import { learnCoinAccess } from '../shared/access';
import { credentialIdSource } from '../shared/hints';

/** LearnCoin has no list of credentials to choose from. */
export const credentialIdProperty: INodeProperties = {
	displayName: 'Credential ID',
	name: 'credentialId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. crd_01HXYZABCDEF1234567890ABCD',
	description: 'LearnCoin Batch gives it as ID once the batch is anchored. It is also the last part of the verification link.',
};

export interface CredentialRequest {
	client: LearnCoinClient;
	history: History;
	id: CredentialId;
}

/** What every operation on a credential reads. */
export function credentialReader(context: IExecuteFunctions, run: Run): (index: number) => Promise<CredentialRequest> {
	const accessFor = learnCoinAccess(context, run);
	return async (index) => {
		const { client, history } = await accessFor(index);
		return {
			client,
			history,
			id: checkCredentialId(context.getNodeParameter('credentialId', index, ''), credentialIdSource),
		};
	};
}
