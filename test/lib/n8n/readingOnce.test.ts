import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { holdsExpression, readingOnce } from '../../../lib/n8n/readingOnce';
import { createEngine } from '../../support/engine';
import { readerNode } from '../../support/readerNode';

const properties = [
	{ displayName: 'Text', name: 'text', type: 'string', default: '' },
	{ displayName: 'Number', name: 'number', type: 'number', default: 0, validateType: 'number' },
	{
		displayName: 'Chosen',
		name: 'chosen',
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: [{ displayName: 'ID', name: 'id', type: 'string', extractValue: { type: 'regex', regex: 'id-(.+)' } }],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: ['deep', 'list'].map((name) => ({ displayName: name, name, type: 'json', default: '' })),
	},
] as unknown as INodeProperties[];

type Read = (context: IExecuteFunctions, index: number) => unknown;

/** What n8n's engine gives for each item, and what reading once gives; and how often n8n was asked by that. */
async function compared(parameters: IDataObject, read: Read) {
	const result = { fromN8n: [] as unknown[], readOnce: [] as unknown[], asked: 0 };
	const attempt = (work: () => unknown) => {
		try {
			return work();
		} catch (error) {
			return `threw: ${(error as Error).message}`;
		}
	};
	const type = readerNode({ credentials: [{ name: 'none' }], properties }, (context) => {
		const items = context.getInputData();
		result.fromN8n = items.map((_, index) => attempt(() => read(context, index)));
		const counted = Object.create(context, {
			getNodeParameter: {
				value: (...args: Parameters<IExecuteFunctions['getNodeParameter']>) => {
					result.asked++;
					return context.getNodeParameter(...args);
				},
			},
		}) as IExecuteFunctions;
		const once = readingOnce(counted);
		result.readOnce = items.map((_, index) => attempt(() => read(once, index)));
	});
	const run = createEngine({ nodes: { reader: type }, credentials: {} });
	await run('reader', { parameters, input: [{ a: 1 }, { a: 2 }, { a: 3 }], credential: {} });
	return result;
}

const locator = (value: unknown) => ({ __rl: true, mode: 'id', value });

const same: Array<[string, IDataObject, Read]> = [
	['a text', { text: 'plain' }, (context, index) => context.getNodeParameter('text', index, '')],
	['an equals sign further on', { text: 'a=b' }, (context, index) => context.getNodeParameter('text', index, '')],
	['a fallback for what is not there', {}, (context, index) => context.getNodeParameter('text', index, 'usual')],
	['a value that n8n converts', { number: '12' }, (context, index) => context.getNodeParameter('number', index)],
	['a locator', { chosen: locator('id-7') }, (context, index) => context.getNodeParameter('chosen', index, '', { extractValue: true })],
	['a collection', { options: { deep: { er: [1, 'two'] } } }, (context, index) => context.getNodeParameter('options', index, {})],
];

it.each(same)('%s comes out as from n8n, which is asked for it once', async (_, parameters, read) => {
	const { fromN8n, readOnce, asked } = await compared(parameters, read);
	expect(readOnce).toEqual(fromN8n);
	expect(fromN8n).toHaveLength(3);
	expect(asked).toBe(1);
});

const differing: Array<[string, IDataObject, Read]> = [
	['a text', { text: '={{ $json.a + 1 }}' }, (context, index) => context.getNodeParameter('text', index, '')],
	[
		'a locator',
		{ chosen: locator('=id-{{ $json.a }}') },
		(context, index) => context.getNodeParameter('chosen', index, '', { extractValue: true }),
	],
	[
		'a collection',
		{ options: { deep: [{ er: '={{ $itemIndex }}' }] } },
		(context, index) => context.getNodeParameter('options', index, {}),
	],
];

it.each(differing)('an expression anywhere in %s is evaluated for each item', async (_, parameters, read) => {
	const { fromN8n, readOnce, asked } = await compared(parameters, read);
	expect(readOnce).toEqual(fromN8n);
	expect(new Set(fromN8n.map((one) => JSON.stringify(one))).size).toBe(3);
	expect(asked).toBe(3);
});

it.each([
	['a field of the item', { text: '={{ $json.a }}' }, 'text', [1, 2, 3]],
	[
		'fields in a collection',
		{ options: { deep: { er: '={{ $json["a"] }}', fixed: 'x' } } },
		'options',
		[1, 2, 3].map((er) => ({ deep: { er, fixed: 'x' } })),
	],
])('%s: as from n8n, which is asked for the first two', async (_, parameters, name, expected) => {
	const { fromN8n, readOnce, asked } = await compared(parameters as IDataObject, (context, index) =>
		context.getNodeParameter(name, index, ''),
	);
	expect(readOnce).toEqual(fromN8n);
	expect(fromN8n).toEqual(expected);
	expect(asked).toBe(2);
});

it('what is wrong with a value is asked of n8n for each item, for its words name the item', async () => {
	const { fromN8n, readOnce, asked } = await compared({ chosen: locator('other') }, (context, index) =>
		context.getNodeParameter('chosen', index, '', { extractValue: true }),
	);
	expect(readOnce).toEqual(fromN8n);
	expect(fromN8n[2]).toMatch(/^threw: /);
	expect(asked).toBe(3);
});

it('what is missing is missing, also after it was read with a fallback', async () => {
	const { fromN8n, readOnce } = await compared({}, (context, index) => {
		context.getNodeParameter('nothing', index, null);
		return context.getNodeParameter('nothing', index);
	});
	expect(readOnce).toEqual(fromN8n);
	expect(fromN8n[0]).toMatch(/^threw: /);
});

it('whoever changes what one item got doesn’t change it for the others', async () => {
	const { readOnce } = await compared({ options: { list: ['first'] } }, (context, index) => {
		const options = context.getNodeParameter('options', index, {}) as { list: string[] };
		options.list.push('mine');
		return options.list;
	});
	expect(readOnce).toEqual([
		['first', 'mine'],
		['first', 'mine'],
		['first', 'mine'],
	]);
});

it.each([
	['={{ 1 }}', true],
	['=', true],
	[' ={{ 1 }}', false],
	[{ deep: [{ er: '=x' }] }, true],
	[{ '=key': 'value' }, false],
	[null, false],
	[12, false],
])('%j holds an expression: %s', (raw, expected) => {
	expect(holdsExpression(raw)).toBe(expected);
});
