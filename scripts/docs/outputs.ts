import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { cell, code, oneOf, sentence, table } from './markdown';
import { checkout, pathOf, type NodeOperation, type NodeSource } from './nodeTypes';

/**
 * What comes out of an operation, as a JSON Schema. It lies where n8n looks for it (`__schema__` beside the node): its editor shows these fields
 * before a node was run.
 */
export interface OutputSchema {
	type: 'object';
	/** The choice in _Output_ with which this comes out, where a node has it. */
	title?: string;
	description?: string;
	properties: Record<string, OutputField>;
}

export interface OutputField {
	type: string | string[];
	description?: string;
	enum?: string[];
	/** Of an object. Without them, anything may be in it. */
	properties?: Record<string, OutputField>;
	/** Of a list. */
	items?: OutputField;
}

/** n8n's names for the files: the node's version, then resource and operation. A node without operations has one file. */
export const schemaFile = ({ folder, description }: NodeSource, operation: NodeOperation): string => {
	// n8n looks for a version of three numbers, whatever the node's has.
	const version = `v${[...String([description.version].flat().at(-1)).split('.'), '0', '0'].slice(0, 3).join('.')}`;
	return `${[folder, '__schema__', version, pathOf(operation)].filter(Boolean).join('/')}.json`;
};

/**
 * What an operation gives, the usual first; then, in files like `create.batches.json`, what it gives with another _Output_.
 *
 * @returns by file; none for a node without outputs
 * @throws Error when nothing says it
 */
export async function outputsOf(node: NodeSource, operation: NodeOperation): Promise<Array<{ file: string; schema: OutputSchema }>> {
	if (node.description.outputs.length === 0) return [];
	const file = schemaFile(node, operation);
	if (!existsSync(join(checkout, file))) throw new Error(`Nothing says what comes out of ${node.description.displayName}: write ${file}.`);
	const name = basename(file, '.json');
	const others = (await readdir(join(checkout, dirname(file)))).filter((one) => one.startsWith(`${name}.`) && one !== `${name}.json`);
	const files = [file, ...others.map((one) => `${dirname(file)}/${one}`)];
	return await Promise.all(
		files.map(async (one) => ({ file: one, schema: JSON.parse(await readFile(join(checkout, one), 'utf8')) as OutputSchema })),
	);
}

/** A table of the fields that come out, those in objects and lists too. */
export const outputTable = ({ properties }: OutputSchema): string => table(['Field', 'Kind', 'What it is'], rowsOf(properties, ''));

function rowsOf(properties: Record<string, OutputField>, before: string): string[][] {
	return Object.entries(properties).flatMap(([name, field]) => {
		const path = `${before}${name}`;
		const row = [code(path), kindOf(field), cell([sentence(field.description ?? ''), valuesOf(field)].filter(Boolean).join(' '))];
		return [row, ...rowsOf(field.properties ?? {}, `${path}.`), ...rowsOf(field.items?.properties ?? {}, `${path}[].`)];
	});
}

const kinds: Record<string, string> = {
	array: 'list',
	boolean: 'true or false',
	null: 'null',
	number: 'number',
	object: 'object',
	string: 'text',
};

const kindOf = ({ type }: OutputField): string => oneOf([type].flat().map((one) => kinds[one] ?? one));

const valuesOf = ({ enum: values }: OutputField): string => (values ? `${sentence(oneOf(values.map(code)))}` : '');
