import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { verify } from '../../../lib/learncoin/verify';
import type { Operation, Run } from '../../../lib/items/runOperation';
import { credentialIdProperty, credentialReader, type CredentialRequest } from './credentialRequest';

export const description = updateDisplayOptions({ show: { operation: ['verify'] } }, [credentialIdProperty]);

/** One answer to branch on, from what LearnCoin says of the credential; the signature itself is checked by the verify page. */
export const createVerify =
	(context: IExecuteFunctions) =>
	(run: Run): Operation<CredentialRequest> => ({
		read: credentialReader(context, run),
		begin: async ({ client, id }) => {
			const credential = await client.getCredential(id);
			const { verify_url, status } = credential as IDataObject;
			return { done: { id: credential.id, ...verify(credential, run.clock.now()), status, verify_url } };
		},
		words: { done: 'verified', runningAgain: () => 'Running again is safe: verifying changes nothing.' },
	});
