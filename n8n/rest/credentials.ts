import type { Session } from './session';

export function credentialCalls(session: Session) {
	/** Saves an n8n credential and gives its ID. */
	async function createCredential(type: string, name: string, data: Record<string, unknown>): Promise<string> {
		return (await session.post<{ id: string }>('/rest/credentials', { type, name, data })).id;
	}

	/** Saves an n8n credential anew, with all its data. */
	async function changeCredential(id: string, type: string, name: string, data: Record<string, unknown>): Promise<void> {
		await session.patch(`/rest/credentials/${id}`, { type, name, data });
	}

	/** Saves an n8n credential, in the place of the one of this type and name if there is one, and gives its ID. */
	async function saveCredential(type: string, name: string, data: Record<string, unknown>): Promise<string> {
		const there = await session.get<Array<{ id: string; type: string; name: string }>>('/rest/credentials');
		const same = there.find((credential) => credential.type === type && credential.name === name);
		if (!same) return createCredential(type, name, data);
		await changeCredential(same.id, type, name, data);
		return same.id;
	}

	/**
	 * What the editor shows after "Save" or "Retry" in a credential's form. It is saved for that, as n8n 1 tests none that it doesn't know, and
	 * removed again.
	 */
	async function testCredential(type: string, data: Record<string, unknown>): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const id = await createCredential(type, 'Test', data);
		try {
			return await session.post('/rest/credentials/test', { credentials: { id, name: 'Test', type, data } });
		} finally {
			await session.delete(`/rest/credentials/${id}`);
		}
	}

	return { createCredential, changeCredential, saveCredential, testCredential };
}
