import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether what this node puts out goes to a language model: then it may hold no secret, and a mistake is a model's, not a person's.
 *
 * n8n has three ways to run a node as a tool (2.40). Called by the agent, and as a step of the execution that an agent asked for, it is of a
 * type that n8n makes for tools, whose name ends in `Tool` (`isToolExecution` tells the first way alone). Without any workflow it runs in
 * the mode `internal`, under either name.
 */
export const isForModel = (context: IExecuteFunctions): boolean =>
	context.getNode().type.endsWith('Tool') || context.getMode() === 'internal';
