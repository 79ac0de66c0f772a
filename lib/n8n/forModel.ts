import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether what this node puts out goes to a language model: then it may hold no secret, and a mistake is a model's, not a person's.
 *
 * n8n has three ways to run a node as a tool (2.40): as the agent's own call, which `isToolExecution` tells; as a step of the execution that
 * an agent asked for, which only the name of the node's type tells (n8n makes a type of its own, ending in `Tool`); and alone, without a
 * workflow, in the mode `internal`, with the type of either name.
 */
export const isForModel = (context: IExecuteFunctions): boolean =>
	context.getNode().type.endsWith('Tool') || context.getMode() === 'internal' || isToolExecution(context);

/** Older versions of n8n don't have it. */
const isToolExecution = (context: Partial<Pick<IExecuteFunctions, 'isToolExecution'>>): boolean => context.isToolExecution?.() === true;
