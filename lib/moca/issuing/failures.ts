import type { CallDescription, Cause } from '../../http/explain';
import type { Answer, ClockFinding } from '../../http/types';
import type { MocaHints } from '../hints';
import { besidesTheClock, clockDiffers, refusedFor, setTheClock, type RefusedFor } from '../partner/refusedSignature';

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
	causeOf: (answer: Answer, { message = '' }) =>
		answer.status === 401 ? unauthorized(answer, message, hints) : causes[call][answer.status],
});

function unauthorized({ clock }: Answer, said: string, { keyTest }: MocaHints): Cause {
	const reason = refusedFor(said, clock);
	const { problem, hint } = signatureCauses[reason](clock);
	const beside = reason === 'clock' || reason === 'time' ? '' : besidesTheClock(clock);
	return { problem, hint: [hint, beside, keyTest].filter(Boolean).join(' ') };
}

const signatureCauses: Record<RefusedFor, (clock: ClockFinding | undefined) => Cause> = {
	clock: (clock) => ({ problem: `${clockDiffers(clock)}, so Moca does not accept its tokens`, hint: setTheClock }),
	time: (clock) =>
		clock
			? { problem: 'Moca finds the time in the token wrong, which is that of Moca’s own answers', hint: 'Ask Moca’s support.' }
			: { problem: 'Moca finds the time in the token wrong', hint: `Most likely this machine’s clock is. ${setTheClock}` },
	keyId: () => ({
		problem: 'the JWKS registered with Moca has no key with the Key ID that is set here',
		hint: 'Enter the kid of the published key as Key ID in the Moca credential, or publish the key under this one.',
	}),
	key: () => ({
		problem: 'the private key is not the counterpart of the key that is published under its Key ID',
		hint: 'Put the one that belongs to it into the Moca credential, or publish its public half.',
	}),
	keyKind: () => ({
		problem: 'the private key’s algorithm does not fit the key that is published under its Key ID',
		hint: 'It may be an EC key (ES256) where an RSA key (RS256) is published, or the other way round. Put the one that belongs to it into the Moca credential, or publish its public half.',
	}),
	partner: () => ({
		problem: 'Moca does not know this partner ID',
		hint: 'Check the partner ID and the environment in the Moca credential.',
	}),
	scope: () => ({
		problem: 'Moca does not take the Scope that is set here',
		hint: 'Try “issue on-behalf”, or “issue”, in the Moca credential.',
	}),
	unknown: (clock) => ({
		problem: 'Moca did not accept the partner’s signature',
		hint:
			'Check, in this order: the JWKS address is registered in the Moca dashboard and opens over https; it holds a key with the Key ID that is set here; ' +
			`that key is the public half of the private key; the Scope${clock ? '' : '; the clock of this machine'}.`,
	}),
};

// The documented causes of each status (docs/api/moca.md 3.6, 4 and 9); several share one, and the body doesn't tell which.
const causes: Record<MocaCall, Record<number, Cause>> = {
	issue: {
		400: {
			problem: 'Moca refused the data',
			hint: 'Compare the subject with the program’s schema: every required field, no extra ones, and text, number or true/false as the schema has it. Check, too, that the issuer DID is yours and that the program’s ID is an issuance program’s of that issuer.',
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
