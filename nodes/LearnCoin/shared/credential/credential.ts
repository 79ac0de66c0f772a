import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { ExplainedFailure, retold } from '../../../../lib/http/explained';
import { checkCredentialInput, type CheckedCredential } from '../../../../lib/learncoin/credentials/credentialInput';
import { attempt } from '../../../../lib/values/attempt';
import { isJsonObject, parseObject, type JsonObject } from '../../../../lib/values/json';
import { isEmpty, shorten, textOf } from '../../../../lib/values/texts';
import { fillColumn, pointingTo } from '../../../form/missing';
import { achievementFields, readAchievement, readEvidence } from './achievement';
import { checkedRecipientId, readRecipient, readRecipientId, recipientFields } from './recipient';
import { readValidity, validityFields } from './validity';

/** What one item's credential says, in fields or as JSON. */
export const credentialFields: INodeProperties[] = [
	{
		displayName: 'Specify Credential',
		name: 'credentialSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json', description: 'Write the whole credential as JSON, or build it in an expression' },
		],
		default: 'fields',
		description: 'How to give what each item’s credential says',
	},
	...updateDisplayOptions({ show: { credentialSource: ['fields'] } }, [...recipientFields, ...achievementFields, ...validityFields]),
	{
		displayName: 'Credential JSON',
		name: 'credentialJson',
		type: 'json',
		default:
			'{\n  "recipient": { "id": "urn:uuid:…", "name": "Ada Lovelace" },\n  "achievement": { "name": "First Aid", "description": "…" },\n  "issuanceDate": "2026-12-31"\n}',
		required: true,
		description:
			'One credential with the names of LearnCoin’s API. Dates are read as in the fields; what the API does not document is sent as it is.',
		displayOptions: { show: { credentialSource: ['json'] } },
	},
];

export interface ReadCredential {
	credential: CheckedCredential;
	/** Whether somebody gave an issuance date, and it is the same each time. */
	hasOwnDate: boolean;
}

/**
 * The credential of item `index`.
 *
 * @param today what an empty issuance date means, ISO 8601 UTC
 * @throws ExplainedFailure for what LearnCoin would not take, with the learner's name where it is known
 */
export function readCredential(context: IExecuteFunctions, index: number, today: string): ReadCredential {
	const read = (name: string): unknown => context.getNodeParameter(name, index, '');
	const isJson = read('credentialSource') === 'json';
	const input = isJson ? fromJson(read('credentialJson')) : fromFields(read);
	const credential = naming(input, () => {
		return pointingTo(isJson ? {} : whereInForm, () => {
			if (!isJson) (input.recipient as JsonObject).id = checkedRecipientId(read);
			return checkCredentialInput({ ...input, ...readValidity(input.issuanceDate, input.expirationDate, today) });
		});
	});
	return { credential, hasOwnDate: !isEmpty(input.issuanceDate) && !isOfTheMoment(context) };
}

/** The date is taken from the clock by the expression itself, so it is another one each time. */
function isOfTheMoment(context: IExecuteFunctions): boolean {
	const { issuanceDate, credentialJson } = context.getNode().parameters;
	return [issuanceDate, credentialJson].some(
		(raw) => typeof raw === 'string' && /\$now\b|\$today\b|\bDate\.now\b|\bnew Date\(\s*\)|\bDateTime\.(?:now|local|utc)\(\s*\)/.test(raw),
	);
}

/** Whose credential item `index` is, as far as that can be read. */
export function whoseCredential(context: IExecuteFunctions, index: number): IDataObject {
	const read = (name: string): unknown => context.getNodeParameter(name, index, '');
	const isJson = read('credentialSource') === 'json';
	const recipient = isJson
		? fromJson(read('credentialJson')).recipient
		: { ...readRecipient(read), id: attempt(() => readRecipientId(read)) };
	const { id, name } = isJsonObject(recipient) ? recipient : {};
	return { recipient_id: textOf(id), recipientName: textOf(name) };
}

/** Where the values that have to be there are filled in. */
const whereInForm = {
	'recipient.id': fillColumn('Recipient ID'),
	'recipient.name': fillColumn('Recipient Name'),
	'achievement.name': fillColumn('Achievement Name'),
	'achievement.description': fillColumn('Achievement Description'),
};

function fromJson(value: unknown): JsonObject {
	const parsed = parseObject(value);
	if (parsed.ok) return oneOf(parsed.object);
	throw new ExplainedFailure(`The credential ${parsed.why}`, { hint: parsed.hint });
}

/** A whole body for the API, as LearnCoin's pages show it, holds a list of credentials; here each item is one. */
function oneOf(object: JsonObject): JsonObject {
	const { credentials } = object;
	if (!Array.isArray(credentials) || 'recipient' in object) return object;
	const [only] = credentials as unknown[];
	if (credentials.length === 1 && isJsonObject(only)) return only;
	throw new ExplainedFailure(`The JSON holds a list of ${credentials.length} credentials, and each item is to be one`, {
		hint: 'Put a Split Out node before this one, with credentials as the field to split out; then give {{ $json }} here. This node puts them into batches by itself.',
	});
}

const fromFields = (read: (name: string) => unknown): JsonObject => ({
	recipient: readRecipient(read),
	achievement: readAchievement(read),
	issuanceDate: read('issuanceDate'),
	expirationDate: read('expirationDate'),
	...readEvidence(read),
});

/** Says of a failure whose credential it was, if the name is known. */
const naming = <T>({ recipient }: JsonObject, read: () => T): T =>
	retold(read, (failure) => {
		const name = isJsonObject(recipient) ? textOf(recipient.name) : '';
		return name === '' ? failure : new ExplainedFailure(`${shorten(name)}: ${failure.message}`, failure.details);
	});
