import type { StoredCredential } from '../batchStore';
import { wireBody } from '../http/wireBody';
import type { LearnCoinState } from '../state';
import { signedDocument, withoutName } from './signedDocument';
import { verifyUrl } from './verifyPage';

/** A credential as `GET /credentials/{id}` answers it now (docs/api/learncoin.md 3.4). */
export function credentialBody(credential: StoredCredential, { settings, tenant, publicUrl }: LearnCoinState): Record<string, unknown> {
	const { id, batch, revocation, erasure } = credential;
	const document = documentOf(credential, { settings, tenant });
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
function documentOf(credential: StoredCredential, { settings, tenant }: Pick<LearnCoinState, 'settings' | 'tenant'>) {
	const { signedDocument: document, erasure } = credential;
	if (document) {
		if (!erasure || settings.signedCredentialAfterErase === 'kept') return document;
		return settings.signedCredentialAfterErase === 'null' ? null : withoutName(document);
	}
	if (settings.signedCredentialBeforeAnchor === 'omitted') return undefined;
	return settings.signedCredentialBeforeAnchor === 'null' ? null : signedDocument(credential, tenant);
}
