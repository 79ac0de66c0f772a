import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { itemOperation } from '../../../lib/items/nodeOperations';
import type { Run } from '../../../lib/items/run';
import { verify } from '../../../lib/learncoin/credentials/verify';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import type { CredentialId } from '../../../lib/learncoin/api/checks';
import { credentialReader } from './credentialRequest';
import { documentReader, type DocumentRequest } from './verifyDocument';
import { readSource } from './verifyFields';

export { fields } from './verifyFields';

type VerifyRequest = { source: 'id'; client: LearnCoinClient; id: CredentialId } | DocumentRequest;

/**
 * One answer to branch on. By ID, it is what LearnCoin says of a credential, whose signature is checked by the verify page; of a document or a
 * file, its own proof is checked, and nobody has to be trusted.
 */
export const operation = itemOperation<VerifyRequest>((context: IExecuteFunctions, run: Run) => {
	const readId = credentialReader(context, run);
	const readDocument = documentReader(context, run);
	return {
		read: async (index) => {
			const source = readSource(context.getNodeParameter('source', index, 'id'));
			return source === 'id' ? { source, ...(await readId(index)) } : await readDocument(index, source);
		},
		begin: async (request) => {
			if (request.source !== 'id') return { done: await request.verify() };
			const credential = await request.client.getCredential(request.id);
			const { verify_url, status } = credential as IDataObject;
			return { done: { id: credential.id, ...verify(credential, run.clock.now()), status, verify_url } };
		},
		messages: { done: 'verified', runningAgain: () => 'Running again is safe: verifying changes nothing.' },
	};
});
