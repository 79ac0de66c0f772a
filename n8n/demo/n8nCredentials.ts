import type { Sandbox } from '../../sandbox/index';
import type { N8nRest } from '../rest/n8nRest';

/** The n8n credential type of the Moca nodes. */
export const mocaCredentialType = 'mocaPartnerApi';

/** The n8n credential type of the LearnCoin nodes. */
export const learnCoinCredentialType = 'learnCoinApi';

/** What a person would enter into the n8n credential to use the sandbox. */
export const mocaCredentialData = ({ moca: { apiBaseUrl, catalogBaseUrl, partner } }: Sandbox): Record<string, string> => ({
	environment: 'custom',
	apiBaseUrl,
	catalogBaseUrl,
	partnerId: partner.partnerId,
	privateKey: partner.privateKeyPem,
	keyId: partner.keyId,
	algorithm: 'auto',
	scope: 'issue on-behalf',
	issuerDid: partner.issuerDid,
	testEmail: 'connection-test@example.com',
});

/** The same for LearnCoin, with the key for trying out. */
export const learnCoinCredentialData = ({ learncoin: { apiKey, apiBaseUrl } }: Sandbox): Record<string, string> => ({
	apiKey,
	baseUrl: apiBaseUrl,
});

/** Saves both n8n credentials for this sandbox, in the place of those for an earlier one, and gives the ID of each by its type. */
export const saveN8nCredentials = async (rest: N8nRest, sandbox: Sandbox): Promise<Record<string, string>> => ({
	[mocaCredentialType]: await rest.saveCredential(mocaCredentialType, 'Moca Network partner', mocaCredentialData(sandbox)),
	[learnCoinCredentialType]: await rest.saveCredential(learnCoinCredentialType, 'LearnCoin', learnCoinCredentialData(sandbox)),
});
