import type { IDataObject } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import { verify } from '../../../lib/learncoin/credentials/verify';
import { credentialIdProperty, credentialReader, type CredentialRequest } from './credentialRequest';

export const fields = updateDisplayOptions({ show: { operation: ['verify'] } }, [credentialIdProperty]);

/** One answer to branch on, from what LearnCoin says of the credential; the signature itself is checked by the verify page. */
export const operation = itemOperation<CredentialRequest>((context, run) => ({
	read: credentialReader(context, run),
	begin: async ({ client, id }) => {
		const credential = await client.getCredential(id);
		const { verify_url, status } = credential as IDataObject;
		return { done: { id: credential.id, ...verify(credential, run.clock.now()), status, verify_url } };
	},
	messages: { done: 'verified', runningAgain: () => 'Running again is safe: verifying changes nothing.' },
}));
