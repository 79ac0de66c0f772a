import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { NodeOperation } from '../../../lib/items/nodeOperations';

/** Hides an operation where the node is a tool, in versions of n8n that know of it. */
export const hiddenInTools: Pick<INodePropertyOptions, 'displayOptions'> = { displayOptions: { hide: { '@tool': [true] } } };

/**
 * In place of an operation that no language model is to do, and as an answer, not as an error: of an error some agents tell the model nothing.
 *
 * @param note what wasn't done, why, and what to do instead, for the model to pass on
 */
export const notForModels =
	(note: string): NodeOperation =>
	async (context) => {
		const json: IDataObject = { outcome: 'notDone', note };
		return [context.getInputData().map((_, item) => ({ json, pairedItem: { item } }))];
	};
