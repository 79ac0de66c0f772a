import { isJsonObject, type JsonObject } from '../../values/json';
import type { Achievement, Credential } from '../api/types';

/**
 * What a signed document says, in the form in which a credential is asked for, so that it can be issued again; `undefined` without a document
 * that names its recipient. Dates are written in two ways (docs/api/learncoin.md 12, no. 15).
 */
export function saidBy({ signed_credential: document }: Credential): JsonObject | undefined {
	const subject = isJsonObject(document) ? document.credentialSubject : undefined;
	if (!isJsonObject(document) || !isJsonObject(subject) || typeof subject.id !== 'string') return undefined;
	const achievement = isJsonObject(subject.achievement) ? subject.achievement : {};
	const alignment = Array.isArray(achievement.alignment) ? { alignment: achievement.alignment.map(untyped) } : {};
	return withoutGaps({
		recipient: withoutGaps({ id: subject.id, name: subject.name }),
		achievement: untyped({ ...achievement, ...alignment }),
		issuanceDate: document.issuanceDate ?? document.validFrom,
		expirationDate: document.expirationDate ?? document.validUntil,
	});
}

/**
 * Whether what a document says is the achievement that is asked for. Where both have an ID, that decides; else the name, because LearnCoin may
 * give an achievement an ID of its own.
 */
export const isForAchievement = (said: { id?: unknown; name?: unknown }, { id, name }: Pick<Achievement, 'id' | 'name'>): boolean =>
	typeof said.id === 'string' && id !== undefined ? said.id === id : said.name === name;

/** The signed form names its types; the form in which it is asked for has none. */
const untyped = (value: unknown): unknown => (isJsonObject(value) ? withoutGaps({ ...value, type: undefined }) : value);

const withoutGaps = (object: JsonObject): JsonObject =>
	Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));
