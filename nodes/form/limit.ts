import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ExplainedFailure } from '../../lib/http/explained';

/** Get Many’s two fields. */
export const manyProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/**
 * How many results Get Many is to return.
 *
 * @returns Infinity for all
 * @throws ExplainedFailure for a limit that is no whole number from 1 on
 */
export function readLimit(context: IExecuteFunctions, index: number): number {
	if (context.getNodeParameter('returnAll', index, false) === true) return Infinity;
	const value = context.getNodeParameter('limit', index, 50) as unknown;
	const limit = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
	throw new ExplainedFailure('Limit is out of range', { hint: 'Enter a whole number from 1 on, or switch Return All on.' });
}
