import type { Session } from './session';

export interface Owner {
	email: string;
	password: string;
}

export const ownerCalls = (session: Session) => ({
	/** Makes the first user of a new n8n, its owner, and signs in. */
	async setUpOwner({ email, password }: Owner): Promise<void> {
		await session.signIn('/rest/owner/setup', { email, password, firstName: 'Demo', lastName: 'Owner' });
	},

	async login({ email, password }: Owner): Promise<void> {
		await session.signIn('/rest/login', { emailOrLdapLoginId: email, password });
	},
});
