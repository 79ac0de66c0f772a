import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { NodeOperation } from '../../lib/items/nodeOperations';
import { isForModel } from '../../lib/n8n/forModel';

/** Hides an operation where the node is a tool, in versions of n8n that know of it. */
export const hiddenInTools: Pick<INodePropertyOptions, 'displayOptions'> = { displayOptions: { hide: { '@tool': [true] } } };

/**
 * The resource of a node that has only one. Nothing to choose: n8n tells a model by an operation’s action what a tool does only where the
 * operation hangs on a resource. The one option keeps the operations in the editor’s list of actions.
 */
export const onlyResource = (name: string, value: string): INodeProperties => ({
	displayName: 'Resource',
	name: 'resource',
	type: 'hidden',
	noDataExpression: true,
	options: [{ name, value }],
	default: value,
});

const optionName = 'letAiAgents';

/**
 * By this a person lets AI agents do what can’t be undone.
 *
 * @param when the values of parameters with which it can’t be
 */
export const letAiAgentsOption = (when: Record<string, string[]>): INodeProperties => ({
	displayName: 'Let AI Agents Do This',
	name: optionName,
	type: 'boolean',
	default: false,
	description:
		'Whether an AI agent may do this with the node as its tool. It cannot be undone, so put n8n’s human review before the tool. In a workflow without an agent, this changes nothing.',
	displayOptions: { show: Object.fromEntries(Object.entries(when).map(([name, values]) => [`/${name}`, values])) },
});

/** As it was saved: a model can fill in an expression, so one doesn’t count. */
const isLet = (context: IExecuteFunctions): boolean =>
	(context.getNode().parameters.options as IDataObject | undefined)?.[optionName] === true;

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

/** An operation that a language model may do only where a person lets it. @param what wasn’t done otherwise, and why, as sentences */
export const unlessLetForModels =
	(operation: NodeOperation, what: string): NodeOperation =>
	async (context) =>
		await (isForModel(context) && !isLet(context) ? notForModels(`${what} ${whoCan}`) : operation)(context);

const whoCan =
	'Nothing was changed. Tell a person: they can do it with this node in a workflow, outside an agent, or let agents do it in this tool with its option Let AI Agents Do This.';
