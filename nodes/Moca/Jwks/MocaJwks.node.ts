import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { toReadable } from '../../../lib/items/failures';
import { mocaPartnerApiTest } from '../shared/checkCredential';
import { answerWithJwks, readJwks } from './serveJwks';

export class MocaJwks implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Moca JWKS',
		name: 'mocaJwks',
		icon: { light: 'file:mocaJwks.svg', dark: 'file:mocaJwks.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ "/" + $parameter["path"] }}',
		description: 'Serve the public half of your Moca key, so that Moca Network can check what you sign',
		defaults: { name: 'Moca JWKS' },
		inputs: [],
		outputs: [],
		credentials: [{ name: 'mocaPartnerApi', required: true, testedBy: 'mocaPartnerApiTest' }],
		// n8n registers a method for each entry; some fetchers look with HEAD before they get.
		webhooks: [
			{ name: 'default', httpMethod: 'GET', path: '={{ $parameter["path"] }}', isFullPath: true, responseMode: 'onReceived' },
			{
				name: 'setup',
				httpMethod: 'HEAD',
				path: '={{ $parameter["path"] }}',
				isFullPath: true,
				responseMode: 'onReceived',
				ndvHideUrl: true,
			},
		],
		properties: [
			{
				displayName:
					'Publish this workflow, copy the production URL above, and enter it in the Moca dashboard: Account, General Settings, JWKS URL. It has to open over https from everywhere. Then run the n8n credential’s test.',
				name: 'howTo',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: 'moca/jwks.json',
				required: true,
				placeholder: 'e.g. moca/jwks.json',
				description: 'The end of the address. Whoever changes it has to register the new address with Moca.',
			},
			{
				displayName: 'Further Public Keys',
				name: 'furtherKeys',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Public Key',
				default: {},
				description:
					'For changing the key: the next one before you sign with it, and the last one until its tokens have run out. Public keys only: what stands here is not encrypted.',
				options: [
					{
						displayName: 'Public Key',
						name: 'keys',
						values: [
							{
								displayName: 'Public Key',
								name: 'publicKey',
								type: 'string',
								typeOptions: { rows: 4 },
								default: '',
								placeholder: 'e.g. -----BEGIN PUBLIC KEY-----',
								description: 'As PEM, JWK or JWKS. What this node serves now can be pasted as it is.',
							},
							{
								displayName: 'Key ID',
								name: 'keyId',
								type: 'string',
								default: '',
								description: 'The kid that tokens signed with this key carry. Leave empty when the key brings its own.',
							},
						],
					},
				],
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Cache Time (Seconds)',
						name: 'cacheSeconds',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 3600,
						description: 'How long others may keep the keys. Before a new key signs, wait at least this long after adding it here.',
					},
				],
			},
		],
	};

	methods = { credentialTest: { mocaPartnerApiTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			/** There is nothing to set up anywhere else; but a key that can't be served should be known when the workflow is published. */
			async create(this: IHookFunctions): Promise<boolean> {
				try {
					await readJwks(this);
					return true;
				} catch (error) {
					const { message, details } = toReadable(error);
					throw new NodeOperationError(this.getNode(), message, { description: details.hint });
				}
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	/** Answers by itself and gives no data, so that no execution starts and nothing is saved. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { status, headers, body } = await answerWithJwks(this);
		const response = this.getResponseObject();
		response.writeHead(status, headers);
		response.end(this.getRequestObject().method === 'HEAD' ? undefined : body);
		return { noWebhookResponse: true };
	}
}
