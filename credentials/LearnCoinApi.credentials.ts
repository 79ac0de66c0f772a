import type { Icon, ICredentialDataDecryptedObject, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { checkApiKey } from '../lib/learncoin/api/checks';

export class LearnCoinApi implements ICredentialType {
	name = 'learnCoinApi';

	displayName = 'LearnCoin API';

	icon: Icon = { light: 'file:learnCoin.svg', dark: 'file:learnCoin.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-moca-learncoin/n8n-nodes-moca-learncoin#the-learncoin-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. lrn_test_…',
			description: 'From the admin console. A key that starts with lrn_test_ is for trying out, one with lrn_live_ issues for good.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.learncoin.me/v1',
			required: true,
			description: 'The same for test and live keys. Takes https, or plain http on this machine only.',
		},
	];

	/** A function rather than a template, so that blanks around a pasted key do no harm and anything else is never sent. */
	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, Authorization: `Bearer ${checkApiKey(credentials.apiKey, 'in the LearnCoin credential')}` },
		};
	}
}
