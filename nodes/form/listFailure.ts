import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { toReadable } from '../../lib/items/failures';

/**
 * What n8n’s editor shows in place of a list or a form that can’t be loaded. Of all that may be thrown there it gets the description of a
 * NodeApiError alone, and shows about four lines of it: hence the way around it first.
 *
 * @param instead what works without the list
 */
export function listFailure(context: ILoadOptionsFunctions, error: unknown, instead: string): NodeApiError {
	const { message, details } = toReadable(error);
	return new NodeApiError(context.getNode(), {}, { message, description: `${instead} ${details.hint}` });
}

export const insteadOfList = 'Choose By ID, and enter the ID. To have the list:';
