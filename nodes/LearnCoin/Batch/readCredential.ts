import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import { checkCredentialInput, type CheckedCredential } from '../../../lib/learncoin/credentialInput';
import { deriveRecipientId } from '../../../lib/learncoin/recipientId';
import { parseObject } from '../../../lib/values/json';
import { isEmpty, toIsoDate } from '../shared/dates';

/**
 * The credential of item `index`.
 *
 * @param today what an empty issuance date means, ISO 8601 UTC
 * @throws ExplainedFailure for what LearnCoin would not take, with the learner's name where it is known
 */
export function readCredential(context: IExecuteFunctions, index: number, today: string): CheckedCredential {
	const isJson = context.getNodeParameter('credentialSource', index, 'fields') === 'json';
	const input = isJson ? fromJson(context.getNodeParameter('credentialJson', index)) : fromFields(context, index);
	try {
		if (!isJson) (input.recipient as IDataObject).id = recipientIdOf(context, index);
		return checkCredentialInput({ ...input, ...datesOf(input, today) });
	} catch (error) {
		return rethrowFor(nameOf(input), error);
	}
}

function fromJson(value: unknown): IDataObject {
	const parsed = parseObject(value);
	if (parsed.ok) return parsed.object as IDataObject;
	throw new ExplainedFailure(`The credential ${parsed.why}`, { hint: parsed.hint });
}

function fromFields(context: IExecuteFunctions, index: number): IDataObject {
	const read = (name: string) => context.getNodeParameter(name, index, '') as IDataObject[string];
	const narrative = read('criteriaNarrative');
	const alignment = entriesOf(read('alignment'), 'alignment');
	const evidence = entriesOf(read('evidence'), 'evidence').filter((entry) => Object.keys(entry).length > 0);
	return {
		recipient: { name: read('recipientName'), email: read('recipientEmail') },
		achievement: {
			id: read('achievementId'),
			name: read('achievementName'),
			description: read('achievementDescription'),
			...(!isEmpty(narrative) && { criteria: { narrative } }),
			...(alignment.length > 0 && { alignment }),
		},
		issuanceDate: read('issuanceDate'),
		expirationDate: read('expirationDate'),
		// Open Badges 3.0's names: LearnCoin documents that evidence can be given, but not how (fact sheet 3.1).
		...(evidence.length > 0 && { evidence: evidence.map((entry) => ({ ...entry, type: ['Evidence'] })) }),
	};
}

/** The entries of a fixed collection, each with its filled fields only. */
function entriesOf(collection: unknown, name: string): IDataObject[] {
	const entries = (collection as Record<string, unknown> | '')?.[name as never] as unknown;
	const list = Array.isArray(entries) ? (entries as IDataObject[]) : [];
	return list.map((entry) => Object.fromEntries(Object.entries(entry).filter(([, value]) => !isEmpty(value))));
}

function recipientIdOf(context: IExecuteFunctions, index: number): string {
	if (context.getNodeParameter('recipientIdMode', index, 'value') !== 'derive')
		return context.getNodeParameter('recipientId', index, '') as string;
	return deriveRecipientId(
		context.getNodeParameter('recipientReference', index, ''),
		context.getNodeParameter('recipientNamespace', index, ''),
	);
}

/** An empty issuance date is a whole day, not this moment, so that the same run later that day sends the same (design: nothing twice). */
const datesOf = ({ issuanceDate, expirationDate }: IDataObject, today: string) => ({
	issuanceDate: isEmpty(issuanceDate) ? today : toIsoDate(issuanceDate, 'The issuance date'),
	...(!isEmpty(expirationDate) && { expirationDate: toIsoDate(expirationDate, 'The expiration date') }),
});

function nameOf({ recipient }: IDataObject): string {
	const name = typeof recipient === 'object' && recipient !== null && 'name' in recipient ? recipient.name : undefined;
	return typeof name === 'string' ? name.trim() : '';
}

function rethrowFor(name: string, error: unknown): never {
	if (name === '' || !(error instanceof ExplainedFailure)) throw error as Error;
	throw new ExplainedFailure(`${name}: ${error.message}`, error.details);
}
