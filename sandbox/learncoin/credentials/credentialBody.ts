import type { StoredCredential } from '../batchStore';
import { wireBody } from '../http/wireBody';
import { withoutName } from '../proofs/document';
import { documentWithProof, unanchoredDocument } from '../proofs/documentWithProof';
import type { LearnCoinState } from '../state';
import { verifyUrl } from './addresses';

/** A credential as `GET /credentials/{id}` answers it now (docs/api/learncoin.md 3.4). */
export function credentialBody(credential: StoredCredential, state: LearnCoinState): Record<string, unknown> {
	const { settings, publicUrl } = state;
	const { id, batch, revocation, erasure } = credential;
	const document = givenDocument(credential, state);
	const { revoked_at, reason, reason_code } = revocation ?? {};
	return {
		...wireBody(
			{
				id,
				verify_url: verifyUrl(id, publicUrl),
				status: batch.status,
				revoked: revocation !== undefined,
				erased: erasure !== undefined,
				...(settings.credentialShowsRevocation && { revoked_at, reason, reason_code }),
			},
			settings,
		),
		...(document !== undefined && { signed_credential: document }),
	};
}

/**
 * What `signed_credential` holds before anchoring and after an erasure is unknown (docs/api/learncoin.md 13, no. 7). Undefined: left out.
 */
export function givenDocument(credential: StoredCredential, state: LearnCoinState): object | null | undefined {
	const { signedCredentialBeforeAnchor, signedCredentialAfterErase } = state.settings;
	const document = documentWithProof(credential, state);
	if (document) {
		if (!credential.erasure || signedCredentialAfterErase === 'kept') return document;
		return signedCredentialAfterErase === 'null' ? null : withoutName(document);
	}
	if (signedCredentialBeforeAnchor === 'omitted') return undefined;
	if (signedCredentialBeforeAnchor === 'null') return null;
	return unanchoredDocument(credential, state, signedCredentialBeforeAnchor === 'placeholderProof');
}
