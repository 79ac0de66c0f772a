import { isJsonObject, type JsonObject } from '../../values/json';
import type { LearnCoinClient } from '../api/client';
import type { History } from './history';

/** What LearnCoin says of a document, or why it says nothing, as a sentence. */
export type DocumentState = { known: true; revoked: boolean; erased: boolean } | { known: false; why: string };

/**
 * Looks a signed document up among what the account has issued. The document has an ID of its own, which no call takes (docs/api/learncoin.md 8), so
 * it is looked for among the recipient's credentials.
 *
 * @throws CallFailure; SendingStopped
 */
export async function findDocument(client: LearnCoinClient, history: History, document: JsonObject): Promise<DocumentState> {
	const subject = isJsonObject(document.credentialSubject) ? document.credentialSubject : {};
	if (typeof document.id !== 'string' || typeof subject.id !== 'string') {
		return { known: false, why: 'The document has no ID or no recipient by which LearnCoin could be asked for it.' };
	}
	await history.refresh(client);
	for (const { id } of history.everSentTo(subject.id)) {
		if (id === undefined) continue;
		const { signed_credential: signed, status, revoked, erased } = await client.getCredential(id);
		if (!isJsonObject(signed) || signed.id !== document.id) continue;
		return { known: true, revoked: revoked === true || status === 'revoked', erased: erased === true || status === 'erased' };
	}
	return { known: false, why: 'Your LearnCoin account does not list it among what it has issued, so whether it was revoked is not known.' };
}
