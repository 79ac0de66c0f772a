import type { ApiCall } from '../../http/apiRoute';
import type { ApiAnswer } from '../../http/wireAnswer';
import { MocaRefusal } from '../errors';
import type { MocaSettings } from '../settings';
import type { CredentialStore, IssuedCredential, StoredCredential } from './store';

interface StatusContext {
	settings: MocaSettings;
	store: CredentialStore;
}

/**
 * `GET /credentials/status?coreClaimHash=…` (docs/api/moca.md 4). Answers the fields of the documented sample.
 * @throws MocaRefusal 400 without a hash, 404 for an unknown one
 */
export function credentialStatus({ query }: ApiCall, { settings, store }: StatusContext): ApiAnswer {
	const { coreClaimHash } = query;
	if (typeof coreClaimHash !== 'string' || coreClaimHash === '') throw new MocaRefusal(400, 'coreClaimHash is required');
	const credential = store.find(coreClaimHash);
	if (!credential) throw new MocaRefusal(404, `No credential found for coreClaimHash ${coreClaimHash}`);
	credential.polls += 1;
	return { status: 200, body: statusAnswer(credential, settings) };
}

function statusAnswer(credential: StoredCredential, settings: MocaSettings): Record<string, unknown> {
	const { coreClaimHash, issuanceDate, issuerDid, vcId } = credential;
	const vcStatus = vcStatusOf(credential, settings);
	const fields = { coreClaimHash, issuanceDate, issuerDid, vcId, vcStatus, ...settings.statusAdds };
	const omitted = new Set(settings.statusOmits);
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !omitted.has(name)));
}

/** Where a credential is on its way to the chain, by time or by status calls as the settings say. */
function vcStatusOf(credential: StoredCredential, settings: MocaSettings): string {
	if (credential.revoked && settings.revokedStatus !== undefined) return settings.revokedStatus;
	const { onChainAfterPolls } = settings;
	const arrived =
		onChainAfterPolls === undefined
			? Date.now() - credential.issuedAt >= timeToChainMs(credential, settings)
			: credential.polls >= onChainAfterPolls;
	return arrived ? settings.finalStatus : 'WAIT_ONCHAIN';
}

/** The same whenever it is asked: a credential's hash is as good as drawn by lot. */
function timeToChainMs({ coreClaimHash }: StoredCredential, { onChainAfterMs, onChainVariesBy }: MocaSettings): number {
	const lot = parseInt(coreClaimHash.slice(0, 8), 16) / 0xffffffff;
	return onChainAfterMs * (1 + onChainVariesBy * (2 * lot - 1));
}

/** A credential as tests and the page see it: its state worked out now, nothing of the bookkeeping. */
export function issuedCredential(stored: StoredCredential, settings: MocaSettings): IssuedCredential {
	const { coreClaimHash, credentialId, issuerDid, recipientEmail, userUuid, vcId, issuanceDate, credentialSubject, revoked } = stored;
	return {
		coreClaimHash,
		credentialId,
		issuerDid,
		recipientEmail,
		userUuid,
		vcId,
		issuanceDate,
		vcStatus: vcStatusOf(stored, settings),
		credentialSubject: { ...credentialSubject },
		revoked,
	};
}
