import type { Session } from './session';

export interface Owner {
	email: string;
	password: string;
}

/** For a person to type, on an n8n that only their own machine can reach; n8n wants 8 characters with a digit and a capital. */
export const localOwner: Owner = { email: 'owner@example.com', password: 'Credentials4All' };

const dayInSeconds = 86_400;

export const ownerCalls = (session: Session) => ({
	/** Signs the owner in. In a new n8n, which has no user yet, it makes the owner before. */
	async signInAs({ email, password }: Owner): Promise<void> {
		const { userManagement } = await session.get<{ userManagement: { showSetupOnFirstLoad: boolean } }>('/rest/settings');
		if (userManagement.showSetupOnFirstLoad)
			await session.signIn('/rest/owner/setup', { email, password, firstName: 'Demo', lastName: 'Owner' });
		else await session.signIn('/rest/login', { emailOrLdapLoginId: email, password });
	},

	/** Makes a key for n8n's public API, as under Settings, n8n API: for a day, with these scopes, such as `execution:list`. Gives the key. */
	async createApiKey(label: string, scopes: string[]): Promise<string> {
		const expiresAt = Math.floor(Date.now() / 1000) + dayInSeconds;
		return (await session.post<{ rawApiKey: string }>('/rest/api-keys', { label, scopes, expiresAt })).rawApiKey;
	},
});
