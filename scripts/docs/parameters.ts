import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { conditionsOf } from './conditions';
import { cell, code, sentence, table } from './markdown';
import { choicesOf } from './nodeTypes';

/** How a form's fields are called here, by n8n's types. */
const kinds: Partial<Record<INodeProperties['type'], string>> = {
	boolean: 'on or off',
	collection: 'parts to add',
	color: 'colour',
	dateTime: 'date and time',
	fixedCollection: 'list to add to',
	json: 'JSON',
	multiOptions: 'several choices',
	number: 'number',
	options: 'choice',
	resourceLocator: 'from a list, or by ID',
	resourceMapper: 'the program’s own fields',
	string: 'text',
};

interface Row {
	/** With the titles of the groups that it is in. */
	title: string;
	/** As it stands in a workflow's file. */
	name: string;
	property: INodeProperties;
}

/**
 * A table of fields, and what the form says beside them.
 *
 * @param all where fields are that they depend on
 * @param path the group that they are in, by its name in a workflow's file
 */
export function parameters(properties: INodeProperties[], all: INodeProperties[], path: string[] = []): string {
	const rows = properties.filter(({ type }) => type !== 'notice' && type !== 'hidden').flatMap((property) => rowsOf(property, [], path));
	const notices = properties.filter(({ type }) => type === 'notice');
	const body = rows.map(({ title, name, property }) => [
		`**${cell(title)}**<br>${code(name)}`,
		cell([kindOf(property), property.required === true ? 'required' : ''].filter(Boolean).join(', ')),
		whatItIs(property, all),
	]);
	return [
		body.length > 0 ? table(['Field', 'Kind', 'What it is'], body) : '',
		...notices.map((notice) => `> ${[onlyIf(notice, all), sentence(notice.displayName)].filter(Boolean).join(' ')}`),
	]
		.filter(Boolean)
		.join('\n\n');
}

function rowsOf(property: INodeProperties, titles: string[], path: string[]): Row[] {
	const title = [...titles, property.displayName];
	const name = [...path, property.name];
	return [{ title: title.join(' → '), name: name.join('.'), property }, ...partsOf(property).flatMap((part) => rowsOf(part, title, name))];
}

/** The fields in a group. n8n keeps each list of a fixed collection under a name of its own. */
function partsOf({ type, options, typeOptions }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return (options ?? []) as INodeProperties[];
	if (type !== 'fixedCollection') return [];
	const list = typeOptions?.multipleValues === true ? '[]' : '';
	return ((options ?? []) as INodePropertyCollection[]).flatMap(({ name, values }) =>
		values.map((value) => ({ ...value, name: `${name}${list}.${value.name}` })),
	);
}

function kindOf({ name, type, typeOptions }: INodeProperties): string {
	if (typeOptions?.password === true) return 'secret text';
	const kind = kinds[type];
	if (kind === undefined) throw new Error(`The field ${name} is of the type ${type}: say in parameters.ts what that is called.`);
	return kind;
}

function whatItIs(property: INodeProperties, all: INodeProperties[]): string {
	const choices = choicesOf(property);
	const text = [
		onlyIf(property, all),
		sentence(property.description ?? ''),
		choices.length > 0 ? '' : defaultOf(property),
		exampleOf(property),
	];
	return [cell(text.filter(Boolean).join(' ')), ...choices.map((choice) => choiceOf(choice, property))].filter(Boolean).join('<br>');
}

function onlyIf(property: INodeProperties, all: INodeProperties[]): string {
	const conditions = conditionsOf(property, all);
	return conditions.length > 0 ? `Only ${conditions.join(', and ')}.` : '';
}

function choiceOf({ name, value, description, displayOptions }: INodePropertyOptions, property: INodeProperties): string {
	const isDefault = [property.default].flat().includes(value as never) ? ', the default' : '';
	const notForTools = displayOptions?.hide?.['@tool'] ? 'Not for AI agents.' : '';
	const said = [sentence(description ?? ''), notForTools].filter(Boolean).join(' ');
	return `• _${cell(name)}_ (${value === '' ? 'empty' : code(String(value))}${isDefault})${said === '' ? '' : `: ${cell(said)}`}`;
}

function defaultOf({ type, default: value }: INodeProperties): string {
	if (type === 'boolean') return `Default: ${value === true ? 'on' : 'off'}.`;
	if (typeof value === 'number' || (typeof value === 'string' && value !== '' && type !== 'json'))
		return `Default: ${code(String(value))}.`;
	return '';
}

function exampleOf({ placeholder = '', default: value }: INodeProperties): string {
	const example = /^e\.g\. =?([^]+)/.exec(placeholder)?.[1];
	return example === undefined || example === value ? '' : `Example: ${code(example)}`;
}
