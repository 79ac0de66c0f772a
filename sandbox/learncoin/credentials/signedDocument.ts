import { randomUUID } from 'node:crypto';
import type { StoredCredential } from '../batchStore';
import type { Tenant } from '../tenant/tenant';

/** Looks like base58 in multibase, and says what it is. */
const fakeProofValue = 'zSandboxFakeProofDoesNotVerify';

/**
 * The JSON-LD document of a credential (docs/api/learncoin.md 8): its structure is right, its issuer exists only here and its proof is made
 * up. It verifies nowhere.
 * @param anchoredAt ms since epoch; undefined leaves the proof away
 */
export function signedDocument({ recipient, input }: StoredCredential, tenant: Tenant, anchoredAt?: number): Record<string, unknown> {
	const { achievement, issuanceDate, expirationDate } = input;
	return {
		'@context': [
			'https://www.w3.org/ns/credentials/v2',
			'https://w3id.org/blockcerts/v3',
			'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
		],
		id: `urn:uuid:${randomUUID()}`,
		type: ['VerifiableCredential', 'OpenBadgeCredential'],
		issuer: { id: tenant.did, type: ['Profile'], name: `${tenant.name} (sandbox, for tests only)` },
		issuanceDate,
		...(expirationDate !== undefined && { expirationDate }),
		credentialSubject: {
			id: recipient.id,
			type: ['AchievementSubject'],
			name: recipient.name,
			achievement: signedAchievement(achievement),
		},
		...(anchoredAt !== undefined && { proof: fakeProof(tenant, anchoredAt) }),
	};
}

/** Only what the documents show in the signed part; evidence is display only (docs/api/learncoin.md 12, no. 11). */
function signedAchievement({ id, name, description, criteria, alignment }: StoredCredential['input']['achievement']) {
	return {
		...(id !== undefined && { id }),
		type: ['Achievement'],
		name,
		description,
		...(criteria && { criteria: { narrative: criteria.narrative } }),
		...(alignment && { alignment: alignment.map((target) => ({ type: ['Alignment'], ...target })) }),
	};
}

function fakeProof(tenant: Tenant, anchoredAt: number) {
	return {
		type: 'MerkleProof2019',
		created: new Date(anchoredAt).toISOString(),
		proofPurpose: 'assertionMethod',
		verificationMethod: `${tenant.did}-key-1`,
		proofValue: fakeProofValue,
	};
}

/** The document without the learner's name. */
export function withoutName(document: Record<string, unknown>): Record<string, unknown> {
	const credentialSubject = { ...(document.credentialSubject as Record<string, unknown>) };
	Reflect.deleteProperty(credentialSubject, 'name');
	return { ...document, credentialSubject };
}
