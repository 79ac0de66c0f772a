import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHookFunctions,
	INode,
	INodeType,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { MocaPartnerApi } from '../../credentials/MocaPartnerApi.credentials';
import { additionalData, core, Workflow } from './engine';
import { serve } from './loopback';

export interface ServedNode {
	url: string;
	/** Changes from the next request on. */
	parameters: IDataObject;
	credential: ICredentialDataDecryptedObject;
	/** What the node gave n8n for each request: with data in it, n8n would start an execution and save it. */
	results: IWebhookResponseData[];
	/** Publishes the workflow, as far as the node takes part in it. */
	publish(): Promise<void>;
	stop(): Promise<void>;
}

/** A webhook node behind real HTTP, in n8n's real webhook context. */
export async function serveNode(type: INodeType, parameters: IDataObject, credential: ICredentialDataDecryptedObject): Promise<ServedNode> {
	const contextOf = (more: object) => {
		const node: INode = {
			id: 'node',
			name: 'Node',
			type: 'node',
			typeVersion: 1,
			position: [0, 0],
			parameters: served.parameters as INode['parameters'],
			credentials: { mocaPartnerApi: { id: '1', name: 'Test' } },
		};
		const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
		const workflow = new Workflow({ nodes: [node], connections: {}, active: true, nodeTypes });
		const data = additionalData({ nodes: {}, credentials: { mocaPartnerApi: new MocaPartnerApi() } }, served.credential);
		const webhook = { webhookDescription: type.description.webhooks![0]! };
		return new core.WebhookContext(workflow, node, { ...data, ...more } as never, 'webhook', webhook as never, [], null);
	};
	const { url, stop } = await serve((httpRequest, httpResponse) => {
		type.webhook!.call(contextOf({ httpRequest, httpResponse }) as unknown as IWebhookFunctions).then(
			(result) => served.results.push(result),
			(error: unknown) => httpResponse.writeHead(599).end(String(error)),
		);
	});
	const served: ServedNode = {
		url: `${url}/webhook/moca/jwks.json`,
		parameters,
		credential,
		results: [],
		publish: async () => {
			await type.webhookMethods!.default!.create!.call(contextOf({}) as unknown as IHookFunctions);
		},
		stop,
	};
	return served;
}
