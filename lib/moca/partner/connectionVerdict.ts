import { quoted, type Cause } from '../../http/explain';
import { asSentence, ExplainedFailure } from '../../http/explained';
import { readServiceMessage } from '../../http/readAnswer';
import type { Answer, ClockFinding } from '../../http/types';
import { algorithmFor } from './privateKey';
import { besidesTheClock, clockDiffers, refusedFor, setTheClock, type RefusedFor } from './refusedSignature';
import type { PartnerSettings } from './settings';

export const isRefusal = ({ status }: Answer): boolean => status === 401 || status === 403;
export const isBusy = ({ status }: Answer): boolean => status === 429 || status >= 500;

/** The issue call lacks a program on purpose: being told so, or that it isn't found, is the good answer. */
export const isGood = ({ status }: Answer): boolean => status === 400 || status === 404 || status === 422;

/** A 401 whose words name another cause isn't for the scope; what a 403 is for, its words need not tell. */
export const mayBeForTheScope = (answer: Answer): boolean =>
	answer.status === 403 || (answer.status === 401 && ['scope', 'unknown'].includes(refusedFor(wordsOf(answer), answer.clock)));

const wordsOf = (answer: Answer): string => readServiceMessage(answer).message ?? '';

export function inWordsOfSuccess({ clock }: Answer): string {
	const differs = clockDiffers(clock);
	return `Connection successful: the key is accepted, and this partner may issue${differs ? `. But ${differs}: ${setTheClock}` : ''}`;
}

export const wrong = (message: string, hint: string) => new ExplainedFailure(message, { hint: asSentence(hint) });

/** The nodes sign with the scope that is set, so a test that passed by another one would be no test of them. */
export const worksWith = (scope: string, instead: string): ExplainedFailure =>
	wrong(`This works with the scope “${scope}”, and not with “${instead}”`, `Enter ${scope} as Scope.`);

/** What is known beside the answer itself. */
export interface Circumstances {
	settings: PartnerSettings;
	baseUrl: string;
	/** Where the JWKS was found in order, if it was looked at. */
	servedAt: string | undefined;
	/** The scopes that were tried besides the one that is set, and refused too. */
	refusedScopes: readonly string[];
}

/** Why an answer isn't the good one. */
export function explainRefused(answer: Answer, circumstances: Circumstances): ExplainedFailure {
	const { baseUrl, refusedScopes } = circumstances;
	const said = wordsOf(answer);
	const quote = said ? ` ${quoted('Moca', said)}` : '';
	const scopes = refusedScopes.length > 0 ? ` With the scope “${refusedScopes.join('” or “')}” it is refused too.` : '';
	const { status } = answer;
	if (status === 401) {
		const { problem, hint } = explainSignature(said, answer.clock, circumstances);
		return wrong(problem, `${hint}${refusedFor(said, answer.clock) === 'scope' ? '' : scopes}${quote}`);
	}
	if (status === 403) {
		return wrong(
			'The key is accepted, but this partner may not issue',
			`Switch on Issue on Behalf in the Moca dashboard (Issuer, Advanced, or Account, General), or ask Moca if there is no such switch.${scopes}${quote}`,
		);
	}
	if (isBusy(answer)) return wrong(`Moca could not answer now (HTTP ${status})`, `Test again in a few minutes.${quote}`);
	return wrong(
		`Something at ${baseUrl} answered with HTTP ${status}, which Moca’s API would not`,
		`Check the environment and the API Base URL.${quote}`,
	);
}

/** What Moca's message or the clock names is put first; where neither tells, all is listed. */
function explainSignature(said: string, clock: ClockFinding | undefined, circumstances: Circumstances): Cause {
	const { settings, servedAt, refusedScopes } = circumstances;
	const kid = settings.keyId.trim() || settings.partnerId.trim();
	// What was looked at and found in order isn't what to correct.
	const lookElsewhere =
		servedAt &&
		`The JWKS at ${servedAt} has the right key under this ID, so Moca looks at another address, or at an older copy. Compare the JWKS URL in the Moca dashboard (Account, General Settings) with this one. If it is the same, test again later: how long Moca keeps a copy is not documented.`;
	const lookHere = 'Enter the address of your JWKS as JWKS URL, and this test reads it.';
	const inJwks = (hint: string) => lookElsewhere ?? `${hint} ${lookHere}`;
	const causes: Record<RefusedFor, () => Cause> = {
		clock: () => ({ problem: `Wrong time: ${clockDiffers(clock) ?? ''}, so Moca does not accept its tokens`, hint: setTheClock }),
		time: () => ({
			problem: 'Moca finds the time in the token wrong',
			hint: clock ? 'It is that of Moca’s own answers: ask Moca’s support.' : `Most likely this machine’s clock is. ${setTheClock}`,
		}),
		keyId: () => ({
			problem: `Unknown key ID: the JWKS registered with Moca has no key “${kid}”`,
			hint: inJwks('Enter the kid of your published key as Key ID, or publish the key under this one.'),
		}),
		key: () => ({
			problem: `Wrong key: the private key is not the counterpart of the key published as “${kid}” in your JWKS`,
			hint: inJwks('Paste the one that belongs to it, or publish its public half.'),
		}),
		keyKind: () => ({
			problem: `Wrong key: the private key signs with ${algorithmFor(settings.privateKey, settings.algorithm)}, which does not fit the key published as “${kid}” in your JWKS`,
			hint: inJwks('Paste the one that belongs to it, or publish its public half.'),
		}),
		partner: () => ({
			problem: `Moca does not know the partner ID “${settings.partnerId.trim()}” in this environment`,
			hint: 'Check the partner ID and the environment.',
		}),
		scope: () => ({
			problem: `Moca does not take the scope “${settings.scope}”`,
			hint:
				refusedScopes.length > 0
					? `It does not take “${refusedScopes.join('” or “')}” either. Moca’s documents name no other: ask Moca’s support.`
					: 'Try “issue on-behalf”, or “issue”.',
		}),
		unknown: () => ({
			problem: 'Moca did not accept the signature',
			hint: servedAt
				? `The JWKS at ${servedAt} has the right key. Check, in this order: this very address is registered in the Moca dashboard (Account, General Settings); the partner ID; the environment${clock ? '' : '; the clock of this machine'}.`
				: `Check, in this order: the JWKS address is registered in the Moca dashboard and opens over https; it has a key with the kid “${kid}”; ` +
					`that key is the public half of the private key here; the partner ID${clock ? '' : '; the clock of this machine'}. ${lookHere}`,
		}),
	};
	const reason = refusedFor(said, clock);
	const { problem, hint } = causes[reason]();
	return { problem, hint: reason === 'clock' || reason === 'time' ? hint : `${hint} ${besidesTheClock(clock)}`.trim() };
}
