import type { INodeProperties } from 'n8n-workflow';

import { isFor } from './conditions';
import { code, sentence, writtenBy } from './markdown';
import { operationsOf, type NodeOperation, type NodeSource } from './nodeTypes';
import { outputsOf, outputTable } from './outputs';
import { parameters } from './parameters';

export interface Surroundings {
	packageName: string;
	/** Display names of n8n credentials, by their names. */
	credentialTitles: Map<string, string>;
	/** Files of workflows, with the names of the node types in them. */
	workflows: Array<{ file: string; name: string; types: Set<string> }>;
}

/** As `moca-issue`. */
export const pageName = ({ folder }: NodeSource): string => folder.split('/').slice(1).join('-').toLowerCase();

/** Everything that can be filled in, and everything that comes out. */
export async function nodePage(node: NodeSource, surroundings: Surroundings): Promise<string> {
	const { description, folder } = node;
	const operations = operationsOf(description);
	const sections = await Promise.all(operations.map(async (operation) => await operationSection(node, operation, operations.length > 1)));
	const shared = sharedFields(description.properties, operations);
	return [
		writtenBy(`${folder}: change the words there`),
		`# ${description.displayName}`,
		sentence(description.description),
		facts(node, surroundings),
		...sections,
		...sharedSections(shared, description.properties),
		description.outputs.length > 0 ? more : '',
		examples(node, surroundings),
	]
		.filter(Boolean)
		.join('\n\n');
}

const more =
	'Fields that the API gives besides these come out, too. What each `outcome` means, and how an item that failed comes out: [messages](../messages.md).';

function facts({ description }: NodeSource, { packageName, credentialTitles }: Surroundings): string {
	const credentials = (description.credentials ?? []).map(({ name, required }) => {
		const title = credentialTitles.get(name) ?? name;
		return `[${title}](../credentials.md#${anchorOf(title)})${required === true ? '' : ', or none'}`;
	});
	const isTrigger = description.group.includes('trigger');
	return [
		`- n8n credential: ${credentials.join(', ')}`,
		isTrigger ? '' : `- As a tool for AI agents: ${description.usableAsTool ? 'yes' : 'no'}`,
		`- In a workflow’s file: ${code(`${packageName}.${description.name}`)}`,
	]
		.filter(Boolean)
		.join('\n');
}

export const anchorOf = (title: string): string =>
	title
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');

/** Fields that every operation has stand once, at the end; the node's options do in any case. */
function sharedFields(properties: INodeProperties[], operations: NodeOperation[]): Set<INodeProperties> {
	const isShared = (property: INodeProperties) =>
		property.name === 'options' || (operations.length > 1 && operations.every((operation) => isFor(property, operation)));
	return new Set(properties.filter((property) => !isChoice(property) && isShared(property)));
}

const isChoice = ({ name }: INodeProperties): boolean => name === 'resource' || name === 'operation';

async function operationSection(node: NodeSource, operation: NodeOperation, isOneOfMany: boolean): Promise<string> {
	const all = node.description.properties;
	const shared = sharedFields(all, operationsOf(node.description));
	const own = all.filter((property) => !isChoice(property) && !shared.has(property) && isFor(property, operation));
	const outputs = await outputsOf(node, operation);
	const level = operation.operation ? '###' : '##';
	return [
		operation.operation ? `## ${headingOf(operation)}` : '',
		sentence(operation.operation?.description ?? ''),
		own.length > 0 ? `${level} ${isOneOfMany ? `${headingOf(operation)}: fields` : 'Fields'}\n\n${parameters(own, all)}` : '',
		...outputs.map(({ schema }) =>
			[`${level} ${outputHeading(operation, schema.title, isOneOfMany)}`, schema.description ?? '', outputTable(schema)]
				.filter(Boolean)
				.join('\n\n'),
		),
		outputs.length === 0 ? `${level} What comes out\n\nNothing: this node gives no data to a workflow.` : '',
	]
		.filter(Boolean)
		.join('\n\n');
}

const headingOf = ({ resource, operation }: NodeOperation): string =>
	resource && resource.name !== operation?.name ? `${resource.name}: ${operation?.name}` : (operation?.name ?? '');

/** Headings are links, too: each once on a page. */
const outputHeading = (operation: NodeOperation, title: string | undefined, isOneOfMany: boolean): string =>
	[isOneOfMany ? `${headingOf(operation)}: what comes out` : 'What comes out', title === undefined ? '' : `, ${title}`].join('');

function sharedSections(shared: Set<INodeProperties>, all: INodeProperties[]): string[] {
	const options = [...shared].find(({ name }) => name === 'options');
	const others = [...shared].filter((property) => property !== options);
	return [
		others.length > 0 ? `## For every operation\n\n${parameters(others, all)}` : '',
		options ? `## Options\n\n${parameters((options.options ?? []) as INodeProperties[], all, ['options'])}` : '',
	];
}

function examples({ description }: NodeSource, { packageName, workflows }: Surroundings): string {
	const using = workflows.filter(({ types }) => types.has(`${packageName}.${description.name}`));
	const list = using.map(({ file, name }) => `- [${name}](../../workflows/${file})`);
	return list.length > 0 ? `## Example workflows\n\n${list.join('\n')}` : '';
}
