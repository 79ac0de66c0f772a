import { z } from 'zod';
import type { ApiCall } from '../../http/apiRoute';
import type { ApiAnswer } from '../../http/wireAnswer';
import type { StoredCredential } from '../batchStore';
import { isDate } from '../http/dates';
import { LearnCoinRefusal } from '../http/errors';
import { readBody } from '../http/readBody';
import type { LearnCoinState } from '../state';
import { reasonCodes, type Environment } from '../types';
import { announce } from '../webhooks/emit';
import { credentialBody } from './credentialBody';

/** A credential of another tenant: it can't be seen, and changing it is refused with its own code (docs/api/learncoin.md 4). */
export const foreignCredentialId = 'crd_01FREGNTENANT0000000000000';

/** `GET /credentials/{id}` (docs/api/learncoin.md 3.4). @throws LearnCoinRefusal 404 */
export function getCredential(call: ApiCall, environment: Environment, state: LearnCoinState): ApiAnswer {
	return { status: 200, body: credentialBody(findCredential(call, environment, state), state) };
}

const revokeSchema = z.object({ reason: z.string().min(1), reason_code: z.enum(reasonCodes) });

/** `POST /credentials/{id}/revoke` (docs/api/learncoin.md 3.5). @throws LearnCoinRefusal 400, 403, 404 or 409 */
export function revokeCredential(call: ApiCall, environment: Environment, state: LearnCoinState): ApiAnswer {
	requireOwned(call);
	const { reason, reason_code } = readBody(call, revokeSchema);
	const credential = findCredential(call, environment, state);
	if (credential.revocation) {
		if (state.settings.revokeTwice === 200) return { status: 200, body: credential.revocation };
		throw new LearnCoinRefusal(409, 'credential_already_revoked', 'This credential is already revoked.');
	}
	if (credential.batch.status !== 'anchored' && state.settings.revokeBeforeAnchor === 'refused') {
		throw new LearnCoinRefusal(409, 'credential_not_anchored', 'This credential is not anchored yet.');
	}
	credential.revocation = { id: credential.id, revoked: true, revoked_at: new Date().toISOString(), reason, reason_code };
	announce('credential.revoked', credential.revocation, state, environment);
	return { status: 200, body: credential.revocation };
}

const eraseSchema = z.object({
	requester: z.string().min(1),
	verified_at: z
		.string()
		.min(1)
		.refine((value) => isDate(value), 'must be ISO 8601 UTC, for example 2026-06-30T12:00:00Z'),
});

/** `POST /credentials/{id}/erase` (docs/api/learncoin.md 3.6). @throws LearnCoinRefusal 400, 403, 404 or 409 */
export function eraseCredential(call: ApiCall, environment: Environment, state: LearnCoinState): ApiAnswer {
	requireOwned(call);
	const { requester } = readBody(call, eraseSchema);
	if (state.settings.eraseRequester === 'recipient' && requester !== 'recipient') {
		throw new LearnCoinRefusal(400, 'invalid_field_format', 'requester must be recipient.');
	}
	const credential = findCredential(call, environment, state);
	if (credential.erasure) {
		if (state.settings.eraseTwice === 200) return { status: 200, body: credential.erasure };
		throw new LearnCoinRefusal(409, 'credential_already_erased', 'This credential is already erased.');
	}
	credential.recipient = { id: credential.recipient.id };
	credential.erasure = {
		id: credential.id,
		erased: true,
		erased_at: new Date().toISOString(),
		verification_status_after_erasure: 'verifiable',
	};
	announce('credential.erased', credential.erasure, state, environment);
	return { status: 200, body: credential.erasure };
}

function requireOwned({ params }: ApiCall): void {
	if (params.id === foreignCredentialId) {
		throw new LearnCoinRefusal(403, 'credential_not_owned', 'This credential belongs to another tenant.');
	}
}

function findCredential({ params }: ApiCall, environment: Environment, { store }: LearnCoinState): StoredCredential {
	const credential = store.findCredential(params.id ?? '', environment);
	if (!credential) throw new LearnCoinRefusal(404, 'credential_not_found', `There is no credential ${params.id}.`);
	return credential;
}
