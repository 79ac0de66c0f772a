import type { FastifyInstance } from 'fastify';
import type { StoredCredential } from '../batchStore';
import type { CredentialDocument } from '../proofs/document';
import type { LearnCoinState } from '../state';
import { downloadPaths } from './addresses';
import { givenDocument } from './credentialBody';

/** Whether there is a document that somebody could check. */
export function hasDownload(credential: StoredCredential, state: LearnCoinState): boolean {
	if (credential.document === undefined) return false;
	return !credential.erasure || state.settings.signedCredentialAfterErase !== 'null';
}

/** Mounts both files for each credential, so that a person can try a verifier. LearnCoin itself gives documents by its API alone. */
export function registerDownloads(app: FastifyInstance, state: LearnCoinState): void {
	const { genuine, altered } = downloadPaths(':id');
	mount(genuine, 'credential', (document) => document);
	mount(altered, 'altered', withALetterChanged);

	function mount(path: string, name: string, change: (document: CredentialDocument) => CredentialDocument): void {
		app.get<{ Params: { id: string } }>(path, async (request, reply) => {
			const credential = state.store.findPublicCredential(request.params.id);
			if (!credential || !hasDownload(credential, state)) return reply.callNotFound();
			const document = change(givenDocument(credential, state) as CredentialDocument);
			void reply.header('content-disposition', `attachment; filename="${credential.id}-${name}.json"`).header('cache-control', 'no-store');
			return await reply.type('application/json; charset=utf-8').send(`${JSON.stringify(document, null, 2)}\n`);
		});
	}
}

/** One letter of what the credential is for, which every form of the document covers, is another one. */
export function withALetterChanged<Document extends CredentialDocument>(document: Document): Document {
	const { credentialSubject } = document;
	const { achievement } = credentialSubject;
	const [first = '', ...rest] = achievement.name;
	const name = [first === 'X' ? 'Y' : 'X', ...rest].join('');
	return { ...document, credentialSubject: { ...credentialSubject, achievement: { ...achievement, name } } };
}
