import { createHmac } from 'node:crypto';

import { ExplainedFailure, MissingValue } from '../../http/explained';
import { checkSendable } from '../../http/sendable';
import type { Checked } from '../../values/checked';
import { shorten, textOf } from '../../values/texts';

/** `urn:uuid:<UUID>`, the pseudonym under which LearnCoin knows a learner. */
export type RecipientId = Checked<string, 'recipient ID'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const prefix = 'urn:uuid:';

/**
 * @param instead what to do without such an ID, as sentences
 * @throws ExplainedFailure for anything but `urn:uuid:<UUID>`, with its own words for an email address (docs/api/learncoin.md 3.1)
 */
export function checkRecipientId(value: unknown, instead = 'Or have one derived from the learner’s own ID.'): RecipientId {
	const id = textOf(value);
	const hintForId = `LearnCoin takes urn:uuid: and a random UUID (version 4) that you keep for the learner. ${instead}`;
	if (id === '') throw new MissingValue('There is no recipient ID', hintForId, 'recipient.id');
	if (id.includes('@')) {
		throw new ExplainedFailure('The recipient ID is an email address; it must not hold personal data', {
			hint: `The ID is signed and anchored for good, so it may say nothing about the person. ${hintForId}`,
		});
	}
	if (uuid.test(id)) {
		throw new ExplainedFailure(`The recipient ID “${id}” lacks its beginning`, { hint: `Write ${prefix}${id.toLowerCase()}` });
	}
	if (!id.startsWith(prefix) || !uuid.test(id.slice(prefix.length))) {
		throw new ExplainedFailure(`“${shorten(id)}” is not a recipient ID`, {
			hint: `It must not hold a name, an email address or a number of yours. ${hintForId}`,
		});
	}
	return id as RecipientId;
}

/** The documented form. Whether LearnCoin refuses other versions isn't documented (docs/api/learncoin.md 2). */
export const isVersion4 = (id: RecipientId): boolean => /^urn:uuid:.{14}4.{4}[89ab]/i.test(id);

/** For comparing: a UUID means the same in either letter case. */
export const sameRecipient = (id: string): string => id.toLowerCase();

/**
 * A recipient ID that is the same whenever a learner's own ID and the namespace are, in the form of a version 4 UUID. It is a keyed hash:
 * without the namespace nobody can get from it to the learner, or back; with it anybody can who tries the IDs.
 *
 * @param reference the learner's ID in the learning platform
 * @throws ExplainedFailure when either is empty, or far too long
 */
export function deriveRecipientId(reference: unknown, namespace: unknown): RecipientId {
	const learner = normalized(reference, 'learner’s ID', longestReference);
	const key = normalized(namespace, 'namespace', longestNamespace);
	if (learner === '') {
		throw new MissingValue('There is no learner’s ID to derive the recipient ID from', 'It is the learner’s ID in the learning platform.');
	}
	if (key === '') {
		throw new ExplainedFailure('There is no namespace to derive the recipient ID with', {
			hint: 'Enter a long text that nobody can guess, keep it, and never change it: with another one every learner gets another ID.',
		});
	}
	const bytes = createHmac('sha256', key).update(learner).digest().subarray(0, 16);
	bytes[6] = (bytes[6]! & 0x0f) | 0x40;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = bytes.toString('hex');
	return `${prefix}${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}` as RecipientId;
}

const shortestNamespace = 16;

/** @throws ExplainedFailure for a namespace that is guessed in no time, and with it which recipient ID is whose; an empty one passes */
export function checkNamespace(namespace: unknown): void {
	const { length } = textOf(namespace);
	if (length === 0 || length >= shortestNamespace) return;
	throw new ExplainedFailure(`The namespace is too short: ${shortestNamespace} characters are the least`, {
		hint: 'Whoever guesses it can tell which recipient ID is whose. Enter a long text that nobody can guess, keep it, and never change it.',
	});
}

const longestReference = 1_000;
const longestNamespace = 10_000;

/** Bounded: of a text that is made of nothing but accents, normalizing takes time with the square of its length. */
function normalized(value: unknown, what: string, longest: number): string {
	const text = textOf(value);
	// The hash would take every half of a character for the same one, and so different learners for one.
	if (text.length <= longest) return checkSendable(text, `The ${what}`).normalize('NFC');
	throw new ExplainedFailure(`The ${what} has ${text.length} characters; ${longest} are the most`, {
		hint: 'Check which column it is taken from.',
	});
}
