import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ICredentialType, INodeProperties, INodePropertyOptions, INodeType, INodeTypeDescription } from 'n8n-workflow';

export const checkout = join(__dirname, '..', '..');

interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

export const readManifest = async (): Promise<Manifest> => JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as Manifest;

export interface NodeSource {
	/** As `nodes/Moca/Issue`. */
	folder: string;
	description: INodeTypeDescription;
}

/** One thing that a node does: by its operation, where it has resources by both. A node that does one thing alone has neither. */
export interface NodeOperation {
	resource?: INodePropertyOptions;
	operation?: INodePropertyOptions;
}

/** Every node that package.json registers, out of its source. */
export async function loadNodes(): Promise<NodeSource[]> {
	const { n8n } = await readManifest();
	return await Promise.all(
		n8n.nodes.map(async (built) => ({
			folder: dirname(sourceOf(built)).slice(2),
			description: (await load<INodeType>(built)).description,
		})),
	);
}

/** Every n8n credential that package.json registers. */
export async function loadCredentials(): Promise<ICredentialType[]> {
	const { n8n } = await readManifest();
	return await Promise.all(n8n.credentials.map(async (built) => await load<ICredentialType>(built)));
}

/** With its ending: without one, Node would take a codex file (.node.json) for the node. */
const sourceOf = (built: string): string => built.replace(/^dist\//, './').replace(/\.js$/, '.ts');

async function load<Type>(built: string): Promise<Type> {
	const exported = (await import(join(checkout, sourceOf(built)))) as Record<string, unknown>;
	const [Class] = Object.values(exported).filter((value) => typeof value === 'function') as Array<new () => Type>;
	if (!Class) throw new Error(`${built} exports no class.`);
	return new Class();
}

/** In the order of the form. */
export function operationsOf({ properties }: INodeTypeDescription): NodeOperation[] {
	const resources = choicesOf(properties.find(({ name }) => name === 'resource'));
	const operations = properties.filter(({ name }) => name === 'operation');
	if (resources.length > 0) {
		return resources.flatMap((resource) =>
			operations
				.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource.value) === true)
				.flatMap((property) => choicesOf(property).map((operation) => ({ resource, operation }))),
		);
	}
	const choices = choicesOf(operations[0]);
	return choices.length > 0 ? choices.map((operation) => ({ operation })) : [{}];
}

export const choicesOf = (property: INodeProperties | undefined): INodePropertyOptions[] =>
	property?.type === 'options' || property?.type === 'multiOptions' ? ((property.options ?? []) as INodePropertyOptions[]) : [];

/** As `issue` or `schema/get`; empty for a node that does one thing alone. */
export const pathOf = ({ resource, operation }: NodeOperation): string =>
	[resource?.value, operation?.value].filter((part) => part !== undefined).join('/');
