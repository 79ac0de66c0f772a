import type { INodeProperties } from 'n8n-workflow';

import { isEmpty } from '../../../../lib/values/texts';
import { toIsoDate } from '../dates';

/** From when to when the credential counts. */
export const validityFields: INodeProperties[] = [
	{
		displayName: 'Issuance Date',
		name: 'issuanceDate',
		type: 'dateTime',
		default: '',
		description:
			'Leave empty for today. Usual ways of writing a date are understood; one that could be read in two ways is refused. A time without a zone is UTC.',
	},
	{
		displayName: 'Expiration Date',
		name: 'expirationDate',
		type: 'dateTime',
		default: '',
		description: 'Leave empty for a credential that never expires',
	},
];

/**
 * The dates of a credential, whether they were given in the fields or as JSON. An empty issuance date is a whole day, not this moment, so that
 * the same run later that day sends the same.
 *
 * @param today what an empty issuance date means, ISO 8601 UTC
 * @throws ExplainedFailure for what isn't a date, or could be another one
 */
export const readValidity = (issuance: unknown, expiration: unknown, today: string) => ({
	issuanceDate: isEmpty(issuance) ? today : toIsoDate(issuance, 'The issuance date'),
	...(!isEmpty(expiration) && { expirationDate: toIsoDate(expiration, 'The expiration date') }),
});

/** The day of a moment, as an empty issuance date has it. @param nowMs milliseconds since the epoch */
export const dayOf = (nowMs: number): string => `${new Date(nowMs).toISOString().slice(0, 10)}T00:00:00Z`;
