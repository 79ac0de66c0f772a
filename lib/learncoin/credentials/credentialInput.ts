import { ExplainedFailure, MissingValue } from '../../http/explained';
import { checkSendable } from '../../http/sendable';
import type { Checked } from '../../values/checked';
import { isJsonObject, type JsonObject } from '../../values/json';
import { shorten, textOf } from '../../values/texts';
import type { CredentialInput } from '../api/types';
import { checkRecipientId } from './recipientId';

/** One credential of a batch, checked against everything that is documented, so that it can't be what a whole batch is refused for. */
export type CheckedCredential = Checked<CredentialInput, 'credential input'>;

// Whether a KB has 1000 or 1024 bytes isn't documented (docs/api/learncoin.md 9): what only one reading forbids is left to LearnCoin.
const largestAchievementBytes = 64 * 1024;

/** The errors page's list; other pages write one in small letters, and one lets others pass (docs/api/learncoin.md 12, no. 12). */
export const alignmentFrameworks: readonly string[] = ['ESCO', 'O*NET', 'ISCED-F', 'CUSTOM'];

/** Alignment frameworks of which the documents leave open whether LearnCoin takes them; it may refuse the whole batch. */
export const doubtfulFrameworks = ({ achievement: { alignment = [] } }: Pick<CredentialInput, 'achievement'>): string[] =>
	alignment.flatMap(({ targetFramework: name }) => (name === undefined || alignmentFrameworks.includes(name) ? [] : [name]));

/**
 * A credential as it will be sent: texts without blanks around, everything undocumented as it is.
 *
 * @param input dates in ISO 8601 UTC
 * @throws ExplainedFailure for the first thing that LearnCoin's documents don't allow
 */
export function checkCredentialInput(input: JsonObject): CheckedCredential {
	checkSendable(input, 'The credential');
	const recipient = sectionOf(input, 'recipient');
	const achievement = sectionOf(input, 'achievement');
	const dates = checkDates(input.issuanceDate, input.expirationDate);
	return {
		...without(input, 'expirationDate'),
		recipient: {
			...without(recipient, 'email'),
			id: checkRecipientId(recipient.id),
			name: requiredText(recipient.name, 'The recipient has no name', 'LearnCoin shows the name on the verify page.', 'recipient.name'),
			...checkEmail(recipient.email),
		},
		achievement: checkAchievement(achievement),
		...dates,
	} as unknown as CheckedCredential;
}

function sectionOf(input: JsonObject, name: 'recipient' | 'achievement'): JsonObject {
	const section = input[name];
	if (isJsonObject(section)) return section;
	throw new ExplainedFailure(`The credential has no ${name}`, {
		hint: `In the JSON, “${name}” is an object, such as {"${name}": {"id": "…", "name": "…"}}.`,
	});
}

/** An optional field that is empty is left out. */
const without = (object: JsonObject, name: string): JsonObject =>
	Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

function requiredText(value: unknown, problem: string, why: string, field: string): string {
	const text = textOf(value);
	if (text === '') throw new MissingValue(problem, why, field);
	return text;
}

// RFC 5321, 4.5.3.1.3.
const longestEmail = 254;
const emailPattern = /^[^\s\p{C}@"'<>(),;]+@[^\s\p{C}@"'<>(),;]+\.[^\s\p{C}@"'<>(),;.]+$/u;

function checkEmail(value: unknown): { email?: string } {
	const email = textOf(value);
	if (email === '') return {};
	if (email.length > longestEmail || !emailPattern.test(email)) {
		throw new ExplainedFailure(`“${shorten(email)}” is not an email address`, {
			hint: 'Enter one address like name@example.com, without invisible characters, or leave it empty: LearnCoin does not need it.',
		});
	}
	return { email };
}

function checkAchievement(achievement: JsonObject): JsonObject {
	const id = textOf(achievement.id);
	if (id !== '' && !URL.canParse(id)) {
		throw new ExplainedFailure(`The achievement’s ID “${shorten(id)}” is not an address`, {
			hint: 'Enter a web address that stands for this achievement, such as https://example.com/achievements/first-aid; nothing needs to be there. Or leave it empty.',
		});
	}
	const result = {
		...without(achievement, 'id'),
		...(id !== '' && { id }),
		name: requiredText(
			achievement.name,
			'The achievement has no name',
			'Enter what was achieved, such as the course’s title.',
			'achievement.name',
		),
		description: requiredText(
			achievement.description,
			'The achievement has no description',
			'LearnCoin needs a sentence on what was achieved.',
			'achievement.description',
		),
		...(achievement.alignment !== undefined && { alignment: checkAlignments(achievement.alignment) }),
	};
	const bytes = Buffer.byteLength(JSON.stringify(result));
	if (bytes > largestAchievementBytes) {
		throw new ExplainedFailure(`The achievement has ${Math.ceil(bytes / 1024)} KB; LearnCoin takes 64`, {
			hint: 'Shorten its description and criteria, or link to the long text, and take pictures out.',
		});
	}
	return result;
}

function checkAlignments(value: unknown): JsonObject[] {
	if (!Array.isArray(value) || !value.every(isJsonObject)) {
		throw new ExplainedFailure('The achievement’s alignment is not a list of objects', {
			hint: 'Write it like [{"targetFramework": "ESCO", "targetName": "…"}].',
		});
	}
	return value.map((alignment) =>
		alignment.targetFramework === undefined ? alignment : { ...alignment, targetFramework: checkFramework(alignment.targetFramework) },
	);
}

function checkFramework(value: unknown): string {
	const name = textOf(value);
	if (name !== '') return alignmentFrameworks.find((framework) => framework === name.toUpperCase()) ?? name;
	throw new ExplainedFailure('An alignment of the achievement does not name its framework', {
		hint: `targetFramework is one of ${alignmentFrameworks.join(', ')}, as a text; or leave it out.`,
	});
}

const isoUtc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

function checkDates(issuance: unknown, expiration: unknown): { issuanceDate: string; expirationDate?: string } {
	const issuanceDate = checkIso(issuance, 'issuance date');
	if (textOf(expiration) === '') return { issuanceDate };
	const expirationDate = checkIso(expiration, 'expiration date');
	if (Date.parse(expirationDate) <= Date.parse(issuanceDate)) {
		throw new ExplainedFailure(`The credential would expire on ${expirationDate}, not after it is issued (${issuanceDate})`, {
			hint: 'Check the two dates. Leave the expiration date empty for a credential that never expires.',
		});
	}
	return { issuanceDate, expirationDate };
}

function checkIso(value: unknown, what: string): string {
	const text = textOf(value);
	if (isoUtc.test(text) && exists(text)) return text;
	throw new ExplainedFailure(`The ${what} “${shorten(text)}” is not a date in UTC`, { hint: 'Write it like 2026-12-31T00:00:00Z.' });
}

/** JavaScript takes 30 February for 2 March: a day that exists comes back as it was. */
const exists = (iso: string): boolean =>
	!Number.isNaN(Date.parse(iso)) && new Date(`${iso.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(iso.slice(0, 10));
