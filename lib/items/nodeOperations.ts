import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ExplainedFailure } from '../http/explained';
import { readingOnce } from '../n8n/readingOnce';
import type { ItemOperation, UnitOperation } from './operation';
import type { Output } from './outcome';
import { failEveryItem } from './report';
import type { Run } from './run';
import { runOperation } from './runOperation';

/** Does one operation of a node for all input items. */
export type NodeOperation = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** An operation that does the work of many items at once. */
export const unitOperation =
	<Request extends object, Unit, Result>(
		define: (context: IExecuteFunctions, run: Run) => UnitOperation<Request, Unit, Result>,
	): NodeOperation =>
	async (context) =>
		await runOperation(context, (run) => define(readingOnce(context), run));

const alone = <Request>(request: Request) => ({ unit: request, members: [request] });

/** An operation in which each item stands alone, and is a unit of its own. */
export const itemOperation = <Request extends object>(
	define: (context: IExecuteFunctions, run: Run) => ItemOperation<Request>,
): NodeOperation =>
	unitOperation<Request, Request, Output>((context, run) => ({
		...define(context, run),
		plan: (requests: readonly Request[]) => requests.map(alone),
		planOne: alone,
		give: (output: Output) => output,
	}));

/**
 * Does the operation that a node is set to; one that the node doesn't have is an error, never another operation in its place.
 *
 * @param table the node's operations, by the value of its parameter `operation`
 * @throws NodeOperationError or NodeApiError, only with On Error = Stop
 */
export async function runChosen(
	context: IExecuteFunctions,
	table: Readonly<Record<string, NodeOperation>>,
): Promise<INodeExecutionData[][]> {
	const chosen: unknown = context.getNodeParameter('operation', 0);
	if (typeof chosen === 'string' && Object.hasOwn(table, chosen)) return await table[chosen]!(context);
	return failEveryItem(
		context,
		new ExplainedFailure(`This node has no operation “${String(chosen).slice(0, 60)}”`, {
			hint: `It has ${Object.keys(table).join(', ')}. Open the node, and choose one.`,
		}),
	);
}
