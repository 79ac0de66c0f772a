import type { Session } from './session';

export const credentialCalls = (session: Session) => ({
	/** Saves an n8n credential and gives its ID. */
	async createCredential(type: string, name: string, data: Record<string, unknown>): Promise<string> {
		return (await session.post<{ id: string }>('/rest/credentials', { type, name, data })).id;
	},

	/** Saves an n8n credential anew, with all its data. */
	async changeCredential(id: string, type: string, name: string, data: Record<string, unknown>): Promise<void> {
		await session.patch(`/rest/credentials/${id}`, { type, name, data });
	},

	/** What the editor shows after "Save" or "Retry" in a credential's form. */
	async testCredential(type: string, data: Record<string, unknown>): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return session.post('/rest/credentials/test', { credentials: { id: '', name: 'Test', type, data } });
	},
});
