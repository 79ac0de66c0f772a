import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { ExplainedFailure } from '../../../../lib/http/explained';
import { checkCredentialInput, type CheckedCredential } from '../../../../lib/learncoin/credentials/credentialInput';
import { sameRecipient } from '../../../../lib/learncoin/credentials/recipientId';
import { canonicalJson, isJsonObject, parseObject, type JsonObject } from '../../../../lib/values/json';
import { isEmpty, textOf } from '../../../../lib/values/texts';
import { achievementFields, readAchievement, readEvidence } from './achievement';
import { readRecipient, recipientFields } from './recipient';
import { readValidity, validityFields } from './validity';

const notForCorrections = new Set(['recipientIdMode', 'recipientId', 'recipientReference', 'recipientNamespace', 'deriveNotice']);

/** The same fields as for a new credential, each of which may stay empty. */
const keepsWhenEmpty = (field: INodeProperties): INodeProperties => ({
	...field,
	required: false,
	description: 'What the new credential says. Leave empty to keep what the old one says.',
});

/** What is to be corrected, in fields or as JSON. */
export const correctionFields: INodeProperties[] = [
	{
		displayName: 'Corrections',
		name: 'credentialSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json', description: 'Write what changes as JSON, or build it in an expression' },
		],
		default: 'fields',
		description: 'How to give what the new credential says otherwise than the old one',
	},
	...updateDisplayOptions(
		{ show: { credentialSource: ['fields'] } },
		[...recipientFields, ...achievementFields, ...validityFields].filter(({ name }) => !notForCorrections.has(name)).map(keepsWhenEmpty),
	),
	{
		displayName: 'Corrections JSON',
		name: 'credentialJson',
		type: 'json',
		default: '{\n  "recipient": { "name": "Ada Lovelace" }\n}',
		required: true,
		description:
			'What changes, with the names of LearnCoin’s API; everything else stays. What is null is left out of the new credential, such as {"expirationDate": null}.',
		displayOptions: { show: { credentialSource: ['json'] } },
	},
];

/**
 * What the corrected credential of item `index` says, from what the old one says.
 *
 * @throws ExplainedFailure for JSON that can't be read, at once; and when it is applied: for what LearnCoin would not take, for another
 *   recipient, and when nothing changes
 */
export function readCorrection(context: IExecuteFunctions, index: number): (said: JsonObject) => CheckedCredential {
	const read = (name: string): unknown => context.getNodeParameter(name, index, '');
	const changes = read('credentialSource') === 'json' ? fromJson(read('credentialJson')) : fromFields(read);
	return (said) => {
		const corrected = merged(said, changes);
		refuseOtherRecipient(said, corrected);
		const checked = check(corrected);
		if (!isSame(checked, said)) return checked;
		throw new ExplainedFailure('There is nothing to correct', {
			hint: 'Fill at least one field with something else than the credential says; those left empty stay as they are.',
		});
	};
}

/** The old one's own date where none is given: the same correction is then the same on every day. */
const check = ({ issuanceDate, expirationDate, ...rest }: JsonObject): CheckedCredential =>
	checkCredentialInput({ ...rest, ...readValidity(issuanceDate, expirationDate, '') });

/** Whether a credential says just what another one says; one that could not be issued today is another one. */
function isSame(checked: CheckedCredential, said: JsonObject): boolean {
	try {
		return canonicalJson(checked) === canonicalJson(check(said));
	} catch {
		return false;
	}
}

function fromJson(value: unknown): JsonObject {
	const parsed = parseObject(value);
	if (parsed.ok) return parsed.object;
	throw new ExplainedFailure(`What is to be corrected ${parsed.why}`, { hint: parsed.hint });
}

const fromFields = (read: (name: string) => unknown): JsonObject => ({
	recipient: filled(readRecipient(read)),
	achievement: filled(readAchievement(read)),
	...filled({ issuanceDate: read('issuanceDate'), expirationDate: read('expirationDate') }),
	...readEvidence(read),
});

const filled = (object: JsonObject): JsonObject => Object.fromEntries(Object.entries(object).filter(([, value]) => !isEmpty(value)));

/** Changes within recipient and achievement leave their other values; null takes a value out. */
function merged(said: JsonObject, changes: JsonObject): JsonObject {
	const entries = Object.entries(changes).map(([name, value]): [string, unknown] => {
		const old = said[name];
		return [
			name,
			(name === 'recipient' || name === 'achievement') && isJsonObject(old) && isJsonObject(value) ? merged(old, value) : value,
		];
	});
	return Object.fromEntries(Object.entries({ ...said, ...Object.fromEntries(entries) }).filter(([, value]) => value !== null));
}

function refuseOtherRecipient({ recipient: before }: JsonObject, { recipient: after }: JsonObject): void {
	const idOf = (recipient: unknown) => sameRecipient(textOf((recipient as JsonObject | undefined)?.id));
	if (idOf(before) === idOf(after)) return;
	throw new ExplainedFailure('The corrected credential is for another recipient ID', {
		hint: 'A correction stays with its learner. For another learner, issue a new credential, and revoke the wrong one.',
	});
}
