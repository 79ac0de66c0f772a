import { ExplainedFailure, MissingValue } from '../../http/explained';
import { checkSendable } from '../../http/sendable';
import type { Checked } from '../../values/checked';
import type { JsonObject } from '../../values/json';
import { parseObject } from '../../values/json';
import { shorten, textOf } from '../../values/texts';

export type RecipientEmail = Checked<string, 'recipient email'>;
export type IssuerDid = Checked<string, 'issuer DID'>;
export type ProgramId = Checked<string, 'issuance program'>;
export type ClaimHash = Checked<string, 'claim hash'>;
export type CredentialSubject = Checked<JsonObject, 'credential subject'>;

// One address, no display name: what an AIR account is found by (docs/api/moca.md 2.3). Deliberately short of RFC 5322's comments and
// quotes.
const emailPattern = /^[^\s\p{C}@"'<>(),;:\\[\]]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;

/** @throws ExplainedFailure for anything that isn't one email address */
export function checkRecipientEmail(value: unknown): RecipientEmail {
	const email = typeof value === 'string' ? value.trim() : '';
	if (email === '') {
		throw new MissingValue('The recipient has no email address', 'Moca finds the recipient by email.');
	}
	if (email.length > 254 || email.includes('..') || email.startsWith('.') || email.includes('.@') || !emailPattern.test(email)) {
		throw new ExplainedFailure(`“${shorten(email)}” is not an email address`, {
			hint: 'Enter one address like name@example.com, without a name, brackets, blanks or invisible characters around it.',
		});
	}
	return email as RecipientEmail;
}

/** @throws ExplainedFailure unless the value reads `did:<method>:<identifier>` (W3C DID Core 3.1); Moca documents no narrower form */
export function checkIssuerDid(value: unknown): IssuerDid {
	const did = typeof value === 'string' ? value.trim() : '';
	if (did === '') {
		throw new MissingValue('There is no issuer DID', 'Copy it from the Moca dashboard; it starts with did:.');
	}
	if (!/^did:[a-z0-9]+:[\w.%:-]*[\w.%-]$/.test(did)) {
		throw new ExplainedFailure(`“${shorten(did)}” is not an issuer DID`, {
			hint: 'An issuer DID reads did:method:identifier, such as did:air:id:test:4P2…. Copy it whole from the Moca dashboard.',
		});
	}
	return did as IssuerDid;
}

/** @throws ExplainedFailure when it is empty; Moca documents no grammar for it */
export function checkProgramId(value: unknown): ProgramId {
	const id = textOf(value);
	if (id === '') {
		throw new ExplainedFailure('No issuance program is chosen', {
			hint: 'Enter the ID of a published issuance program: Moca dashboard, Issuer, Programs. It is not the schema ID.',
		});
	}
	return checkSendable(id, 'The issuance program’s ID') as ProgramId;
}

/** @throws ExplainedFailure when it is empty or can't be part of an address */
export function checkClaimHash(value: unknown): ClaimHash {
	const hash = typeof value === 'string' ? value.trim() : '';
	if (hash === '') {
		throw new MissingValue(
			'There is no claim hash',
			'Moca gives it for each issued credential, as coreClaimHash. What was not issued has none: filter it out first.',
		);
	}
	// Samples are 64 hex digits, but no grammar is documented; blanks and markup are never part of one.
	if (!/^[\w.:-]{1,200}$/.test(hash)) {
		throw new ExplainedFailure(`“${shorten(hash)}” is not a claim hash`, {
			hint: 'Use the coreClaimHash that was given when this credential was issued.',
		});
	}
	return hash as ClaimHash;
}

/**
 * The subject as an object, from an object or from JSON text.
 *
 * @throws ExplainedFailure that says where the text stops being JSON, or what it is instead of an object
 */
export function checkCredentialSubject(value: unknown): CredentialSubject {
	const subject = parseObject(value);
	if (subject.ok) return checkSendable(subject.object, 'The subject') as CredentialSubject;
	throw new ExplainedFailure(`The subject ${subject.why}`, {
		hint: `Give the program’s fields with their values in curly brackets, such as {"course": "First Aid", "score": 92}. ${subject.hint}`,
	});
}
