import { CallFailure } from '../../http/explain';
import { asSentence, type Explanation } from '../../http/explained';
import { readServiceMessage } from '../../http/readAnswer';
import { isTransient } from '../../http/retry';
import type { Answer } from '../../http/types';

/** An address of the catalog at which something else answered, or nobody, as the failure tells. */
export interface NotThere {
	catalogUrl: string;
	outcome: Answer | CallFailure;
}

/** Where the catalog may be; and, once it answered at one of these, where it is. Made for one run, it remembers for that run. */
export interface CatalogPlaces {
	readonly candidates: readonly string[];
	/** From now on this is the only candidate. */
	foundAt(catalogUrl: string, notThere: readonly NotThere[]): void;
}

/**
 * @param catalogUrls as `catalogUrlsOf` gives them
 * @param tell called once, when the catalog wasn't where it was looked for first
 */
export function catalogPlaces(
	catalogUrls: readonly string[],
	tell?: (catalogUrl: string, notThere: readonly NotThere[]) => void,
): CatalogPlaces {
	let found: string | undefined;
	return {
		get candidates() {
			return found === undefined ? catalogUrls : [found];
		},
		foundAt: (catalogUrl, notThere) => {
			// Requests that were on their way together may all find it.
			if (found === undefined && notThere.length > 0) tell?.(catalogUrl, notThere);
			found ??= catalogUrl;
		},
	};
}

/** The same places for the same addresses, so that what was found out at one item of a run counts for all. @param tell as for one */
export function placesOfRun(tell?: Parameters<typeof catalogPlaces>[1]): (catalogUrls: readonly string[]) => CatalogPlaces {
	const known = new Map<string, CatalogPlaces>();
	return (catalogUrls) => {
		const key = catalogUrls.join(' ');
		const places = known.get(key) ?? catalogPlaces(catalogUrls, tell);
		known.set(key, places);
		return places;
	};
}

/** How one call asks at an address, and what it makes of an answer. */
export interface PlacedCall {
	/** What was being done, as the start of a sentence. */
	action: string;
	/** Rejects with a CallFailure where no answer came. */
	ask(catalogUrl: string): Promise<Answer>;
	/** Whether this is the catalog itself speaking, whatever it says. */
	isCatalog(answer: Answer): boolean;
	/** What to do when the catalog is nowhere, in whole sentences. */
	nowhereHint: string;
}

/**
 * Asks at the likeliest address and, where nobody or something else answers, at the others; each is asked once, until one is known.
 *
 * @returns what was answered, and where
 * @throws CallFailure when no answer came; with what each of several addresses said, when none of them is the catalog's
 */
export async function askAround(
	places: CatalogPlaces,
	{ action, ask, isCatalog, nowhereHint }: PlacedCall,
): Promise<{ answer: Answer; catalogUrl: string }> {
	const { candidates } = places;
	const notThere: NotThere[] = [];
	for (const catalogUrl of candidates) {
		const outcome = candidates.length === 1 ? await ask(catalogUrl) : await outcomeOf(ask(catalogUrl));
		if (!(outcome instanceof CallFailure)) {
			const isFound = isCatalog(outcome);
			if (isFound) places.foundAt(catalogUrl, notThere);
			// What is only busy is where it should be: looking elsewhere would not help.
			if (isFound || candidates.length === 1 || (notThere.length === 0 && !isElsewhere(outcome))) return { answer: outcome, catalogUrl };
		}
		notThere.push({ catalogUrl, outcome });
	}
	throw nowhere(action, notThere, nowhereHint);
}

const outcomeOf = (attempt: Promise<Answer>): Promise<Answer | CallFailure> =>
	attempt.catch((error: unknown) => (error instanceof CallFailure ? error : Promise.reject(error)));

/** What a gateway says of a path that it doesn't have or keeps closed (docs/api/moca.md 5.5), of one that moved, or a page for people. */
const isElsewhere = ({ status, text }: Answer): boolean =>
	[401, 403, 404, 410].includes(status) || (status >= 300 && status < 400) || (status < 300 && text.trimStart().startsWith('<'));

function nowhere(action: string, notThere: readonly NotThere[], nowhereHint: string): CallFailure {
	const facts = notThere.map(({ outcome }) => factsOf(outcome));
	const isSilent = facts.every(({ httpStatus }) => httpStatus === null);
	// Short enough for n8n's list to have room for what to do; the words of each come after that.
	const places = notThere.map(({ catalogUrl, outcome }) => `${new URL(catalogUrl).host}: ${inShort(outcome)}`).join('; ');
	return new CallFailure(action, `the catalog is at none of its documented addresses (${places})`, {
		httpStatus: facts.findLast(({ httpStatus }) => httpStatus !== null)?.httpStatus ?? null,
		code: 'no_catalog',
		attempts: facts.reduce((sum, { attempts }) => sum + attempts, 0),
		retryable: facts.some(({ retryable }) => retryable),
		hint: [isSilent ? 'Check this machine’s network.' : '', nowhereHint, whatTheySaid(notThere)].filter(Boolean).join(' '),
	});
}

const factsOf = (outcome: Answer | CallFailure): Pick<Explanation, 'httpStatus' | 'attempts' | 'retryable'> =>
	outcome instanceof CallFailure
		? outcome.details
		: { httpStatus: outcome.status, attempts: outcome.attempts, retryable: isTransient(outcome) };

/** What was found at each address instead of the catalog, as sentences. */
export const whatTheySaid = (notThere: readonly NotThere[]): string =>
	notThere.map(({ catalogUrl, outcome }) => asSentence(`At ${catalogUrl}: ${said(outcome)}`)).join(' ');

function said(outcome: Answer | CallFailure): string {
	const message = outcome instanceof CallFailure ? undefined : readServiceMessage(outcome).message;
	return `${inShort(outcome)}${message ? `, “${message}”` : ''}`;
}

const inShort = (outcome: Answer | CallFailure): string =>
	outcome instanceof CallFailure ? `no answer (${String(outcome.details.code)})` : `HTTP ${outcome.status}`;
