import type { IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';

import { plainFields, templateOf } from './plainFields';

/**
 * Whether n8n evaluates something in a value as the workflow holds it: it takes each text that starts with `=` for an expression, however deep
 * it stands in collections, locators and mappings.
 */
export function holdsExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(holdsExpression);
}

/**
 * The same context, in which a parameter without an expression is read from n8n once for all items: each reading takes n8n a good part of a
 * millisecond, whatever it comes to. What fails is read again, because n8n's words for it name the item. One whose expressions are
 * fields of the item and nothing else is read from the item.
 */
export function readingOnce(context: IExecuteFunctions): IExecuteFunctions {
	const { parameters } = context.getNode();
	const constants = new Map<string, unknown>();
	const varying = new Map(
		Object.entries(parameters).flatMap(([name, raw]) => (holdsExpression(raw) ? [[name, { template: templateOf(raw) }] as const] : [])),
	);
	const readFields = plainFields(context.getInputData());
	const fromN8n = context.getNodeParameter.bind(context) as (...args: unknown[]) => unknown;

	function read(name: string, index: number, fallback?: unknown, options?: IGetNodeParameterOptions): unknown {
		const known = varying.get(name);
		if (known?.template && options === undefined) return readFields(name, known.template, index, () => fromN8n(name, index, fallback));
		const isGiven = Object.hasOwn(parameters, name) || fallback !== undefined;
		// Of a path into a parameter, n8n knows more than its name.
		if (known || !isGiven || name.includes('.')) return fromN8n(name, index, fallback, options);
		const key = JSON.stringify([name, fallback, options]);
		if (!constants.has(key)) constants.set(key, fromN8n(name, index, fallback, options));
		const value = constants.get(key);
		// Whoever changes what an item got must not change it for the others.
		return typeof value === 'object' ? structuredClone(value) : value;
	}

	return Object.create(context, { getNodeParameter: { value: read } }) as IExecuteFunctions;
}
