import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { itemOperation } from '../../../lib/items/nodeOperations';
import { Outputs } from '../../../lib/items/outcome';
import type { Credential } from '../../../lib/learncoin/api/types';
import { isJsonObject } from '../../../lib/values/json';
import { credentialIdProperty, credentialReader, type CredentialRequest } from './credentialRequest';

const properties: INodeProperties[] = [
	credentialIdProperty,
	{
		displayName: 'Download',
		name: 'download',
		type: 'boolean',
		default: false,
		description: 'Whether to add the signed document as a file (.jsonld), which can be checked without LearnCoin',
	},
];

export const fields = updateDisplayOptions({ show: { operation: ['get'] } }, properties);

interface GetRequest extends CredentialRequest {
	download: boolean;
}

export const operation = itemOperation<GetRequest>((context, run) => {
	const read = credentialReader(context, run);
	return {
		read: async (index) => ({ ...(await read(index)), download: context.getNodeParameter('download', index, false) === true }),
		begin: async ({ client, id, download }) => {
			const credential = await client.getCredential(id);
			const json = credential as IDataObject;
			return { done: download ? new Outputs([{ json, binary: { data: await toFile(context, credential) } }]) : json };
		},
		messages: { done: 'looked up', runningAgain: () => 'Running again is safe: looking changes nothing.' },
	};
});

async function toFile({ helpers }: IExecuteFunctions, { id, signed_credential: document }: Credential) {
	if (!isJsonObject(document)) {
		throw new ExplainedFailure(`There is no signed document of ${id} to download`, {
			hint: 'LearnCoin has it once the credential’s batch is anchored: LearnCoin Batch, Wait.',
			retryable: true,
		});
	}
	return await helpers.prepareBinaryData(Buffer.from(JSON.stringify(document, null, 2)), `${id}.jsonld`, 'application/ld+json');
}
