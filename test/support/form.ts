import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
	ResourceMapperFields,
} from 'n8n-workflow';

import { MocaPartnerApi } from '../../credentials/MocaPartnerApi.credentials';
import { MocaCatalog } from '../../nodes/Moca/Catalog/MocaCatalog.node.ts';
import { MocaIssue } from '../../nodes/Moca/Issue/MocaIssue.node.ts';
import { additionalData, core, Workflow } from './engine';

const nodes: Record<string, INodeType> = { mocaIssue: new MocaIssue(), mocaCatalog: new MocaCatalog() };
const types = { nodes, credentials: { mocaPartnerApi: new MocaPartnerApi() } };

export interface FormState {
	parameters: IDataObject;
	/** Without it, no n8n credential is chosen. */
	credential?: ICredentialDataDecryptedObject;
}

/** What n8n's editor asks a node for while somebody fills in its form: n8n's real context, built as n8n's server builds it. */
function formContext(type: string, { parameters, credential }: FormState) {
	const node: INode = {
		id: 'node',
		name: 'Temp-Node',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INodeParameters,
		...(credential && { credentials: { mocaPartnerApi: { id: '1', name: 'Test' } } }),
	};
	const getByName = (name: string) => nodes[name]!;
	const nodeTypes = { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const data = { ...additionalData(types, credential ?? {}), currentNodeParameters: parameters as INodeParameters };
	return new core.LoadOptionsContext(workflow, workflow.nodes['Temp-Node']!, data, '');
}

export async function searchList(
	type: string,
	method: string,
	form: FormState,
	filter?: string,
	page?: string,
): Promise<INodeListSearchResult> {
	const search = nodes[type]?.methods?.listSearch?.[method];
	if (!search) throw new Error(`${type} has no list ${method}`);
	return await search.call(formContext(type, form) as unknown as ILoadOptionsFunctions, filter, page);
}

export async function mapperFields(type: string, method: string, form: FormState): Promise<ResourceMapperFields> {
	const fields = nodes[type]?.methods?.resourceMapping?.[method];
	if (!fields) throw new Error(`${type} has no fields ${method}`);
	return await fields.call(formContext(type, form) as unknown as ILoadOptionsFunctions);
}
