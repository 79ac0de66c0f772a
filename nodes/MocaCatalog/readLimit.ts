import type { IExecuteFunctions } from 'n8n-workflow';

import { ExplainedFailure } from '../../lib/http/explained';

/** @throws ExplainedFailure for a limit that isn't a whole number from 1 on */
export function readLimit(context: IExecuteFunctions, index: number): { limit?: number } {
	if (context.getNodeParameter('returnAll', index) === true) return {};
	const limit = Number(context.getNodeParameter('limit', index));
	if (Number.isInteger(limit) && limit >= 1) return { limit };
	throw new ExplainedFailure('Limit is out of range', { hint: 'Enter a whole number from 1 on, or switch on Return All.' });
}
