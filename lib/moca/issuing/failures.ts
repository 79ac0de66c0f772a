import type { CallDescription, Cause } from '../../http/explain';
import type { Answer } from '../../http/types';
import type { MocaHints } from '../hints';

export type MocaCall = 'issue' | 'status';

/**
 * How failures of the two calls are told.
 *
 * @param retryHint what running it again means, in whole sentences
 */
export const describeCall = (call: MocaCall, email: string, retryHint: string, hints: MocaHints): CallDescription => ({
	service: 'Moca',
	action: call === 'issue' ? `Issuing to ${email}` : `Checking the credential of ${email}`,
	retryHint,
	addressHint: hints.apiAddress,
	slowDownHint: hints.slowDownHint,
	causeOf: ({ status }: Answer) => (status === 401 ? unauthorized(hints) : causes[call][status]),
});

const unauthorized = ({ keyTest }: MocaHints): Cause => ({
	problem: 'Moca did not accept the partner’s signature',
	hint:
		'Check, in this order: the JWKS address is registered in the Moca dashboard and opens over https; it holds a key with the Key ID that is set here; ' +
		`that key is the public half of the private key; the Scope; the clock of this machine. ${keyTest}`,
});

// The documented causes of each status (docs/api/moca.md 3.6, 4 and 9); several share one, and the body doesn't tell which.
const causes: Record<MocaCall, Record<number, Cause>> = {
	issue: {
		400: {
			problem: 'Moca refused the data',
			hint: 'Compare the subject with the program’s schema: every required field, no extra ones, and text, number or true/false as the schema has it.',
		},
		403: {
			problem: 'the partner may not issue',
			hint: 'Either Issue on Behalf is not switched on for your partner account (Moca dashboard: Issuer, Advanced, or Account, General), or the issuer or schema is not allowed for it.',
		},
		404: {
			problem: 'Moca does not know the issuer or the program',
			hint: 'Check that the program is published (drafts are not found), that its ID is the issuance program’s and not the schema’s, that the issuer DID is yours, and that all belong to the chosen environment.',
		},
		409: {
			problem: 'this person declined credentials from you',
			hint: 'Moca refuses until they agree again in their AIR account. Ask them; running again does not help before that.',
		},
	},
	status: {
		403: {
			problem: 'the partner may not read this',
			hint: 'Check that the credential was issued by this partner account, and that Issue on Behalf is switched on for it.',
		},
		404: {
			problem: 'Moca knows no credential with this claim hash',
			hint: 'Check that the hash is whole, and that it was issued in the chosen environment: sandbox and production know nothing of each other.',
		},
	},
};
