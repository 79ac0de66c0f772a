import { randomUUID } from 'node:crypto';
import type { LearnCoinSettings } from '../settings';
import type { CredentialInput } from '../types';

type Achievement = CredentialInput['achievement'];

/** What a document is made of, as the batch store keeps it. */
interface DocumentSource {
	recipient: { id: string; name?: string };
	input: Omit<CredentialInput, 'recipient'>;
}

/** The JSON-LD document of a credential, without its proof (docs/api/learncoin.md 8). */
export interface CredentialDocument {
	'@context': string[];
	id: string;
	type: ['VerifiableCredential', 'OpenBadgeCredential'];
	issuer: { id: string; type: ['Profile']; name: string };
	issuanceDate?: string;
	expirationDate?: string;
	validFrom?: string;
	validUntil?: string;
	credentialSubject: { id: string; type: ['AchievementSubject']; name?: string; achievement: SignedAchievement };
}

type SignedAchievement = Omit<Achievement, 'alignment'> & {
	type: ['Achievement'];
	alignment?: Array<{ type: ['Alignment'] } & NonNullable<Achievement['alignment']>[number]>;
};

/** In this order: with Open Badges before Blockcerts, a term that is protected would be defined again, and nothing could read the document. */
const contexts = [
	'https://www.w3.org/ns/credentials/v2',
	'https://w3id.org/blockcerts/v3',
	'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
];
const fourthContext = 'https://w3id.org/security/data-integrity/v2';

/** A credential's document in the form that the settings want now, under a new id. @param issuer its DID and its name */
export function documentOf(
	{ recipient, input }: DocumentSource,
	issuer: { id: string; name: string },
	settings: Pick<LearnCoinSettings, 'documentDates' | 'documentContexts'>,
): CredentialDocument {
	return {
		'@context': settings.documentContexts === 'four' ? [...contexts, fourthContext] : contexts,
		id: `urn:uuid:${randomUUID()}`,
		type: ['VerifiableCredential', 'OpenBadgeCredential'],
		issuer: { id: issuer.id, type: ['Profile'], name: `${issuer.name} (sandbox, for tests only)` },
		...datesOf(input, settings),
		credentialSubject: {
			id: recipient.id,
			type: ['AchievementSubject'],
			...(recipient.name !== undefined && { name: recipient.name }),
			achievement: signedAchievement(input.achievement),
		},
	};
}

function datesOf({ issuanceDate, expirationDate }: DocumentSource['input'], { documentDates }: Pick<LearnCoinSettings, 'documentDates'>) {
	if (documentDates === 'issuanceDate') return { issuanceDate, ...(expirationDate !== undefined && { expirationDate }) };
	return { validFrom: issuanceDate, ...(expirationDate !== undefined && { validUntil: expirationDate }) };
}

/** Only what the documents show in the signed part; evidence is display only (docs/api/learncoin.md 12, no. 11). */
function signedAchievement({ id, name, description, criteria, alignment }: Achievement): SignedAchievement {
	return {
		...(id !== undefined && { id }),
		type: ['Achievement'],
		name,
		description,
		...(criteria && { criteria: { ...(criteria.narrative !== undefined && { narrative: criteria.narrative }) } }),
		...(alignment && { alignment: alignment.map(signedAlignment) }),
	};
}

function signedAlignment(target: NonNullable<Achievement['alignment']>[number]) {
	const { targetFramework, targetCode, targetName, targetUrl, targetType } = target;
	const known = { targetFramework, targetCode, targetName, targetUrl, targetType };
	return { type: ['Alignment'] as ['Alignment'], ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) };
}

/** A document without the learner's name. */
export function withoutName<Document extends CredentialDocument>(document: Document): Document {
	const credentialSubject = { ...document.credentialSubject };
	delete credentialSubject.name;
	return { ...document, credentialSubject };
}
