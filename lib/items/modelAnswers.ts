import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isForModel } from '../n8n/forModel';
import { errorBranchJson, type ReadableFailure } from './failures';

/**
 * Whether a failure is thrown. A language model is answered instead: of what is thrown, n8n’s agents tell it the message alone (version 3 of
 * the agent node, n8n 2.40), or nothing at all, which reads like success (version 2).
 */
export const throwsFailures = (context: IExecuteFunctions): boolean => !context.continueOnFail() && !isForModel(context);

/** What a language model is told of a failure. */
export const failureForModel = (failure: ReadableFailure): IDataObject => ({
	outcome: 'failed',
	error: failure.message,
	whatToDo: `${errorBranchJson(failure).message as string}. If what you can fill in here does not change that, tell a person.`,
});

/** An empty answer looks to a model as if all had gone well. */
const nothingFound: IDataObject = { outcome: 'nothingFound', note: 'Nothing was found.' };

/** What comes out of the node, as it may go to a language model: no file, nothing secret, no address of a person, and never nothing at all. */
export const forModel = (items: INodeExecutionData[]): INodeExecutionData[] =>
	items.length === 0
		? [{ json: { ...nothingFound }, pairedItem: { item: 0 } }]
		: items.map(({ json, pairedItem }) => ({ json: withoutPrivate(json) as IDataObject, ...(pairedItem !== undefined && { pairedItem }) }));

/** The signed document holds the learner’s data in full, and who has it can show it. */
const privateFields = /^(signing_?secret|signed_?(credential|document)|.*email)$/i;

const emailAddress = /[^\s<>"'“”„’(),;:=]+@[^\s<>"'“”„’(),;:=]+\.[^\s<>"'“”„’(),;:=.]+/g;

function withoutPrivate(value: unknown): unknown {
	if (typeof value === 'string') return value.replace(emailAddress, '[email left out]');
	if (Array.isArray(value)) return value.map(withoutPrivate);
	if (typeof value !== 'object' || value === null) return value;
	const open = Object.entries(value).filter(([name]) => !privateFields.test(name));
	return Object.fromEntries(open.map(([name, inner]) => [name, withoutPrivate(inner)]));
}
