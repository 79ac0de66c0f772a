import type { Icon, ICredentialDataDecryptedObject, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { ExplainedFailure } from '../lib/http/explained';
import { checkRecipientEmail } from '../lib/moca/issuing/checks';
import { checkTestEmail } from '../lib/moca/partner/testEmail';
import { readPartnerSettings } from '../lib/moca/partner/settings';
import { partnerAuthHeader, signPartnerJwt } from '../lib/moca/partner/partnerJwt';
import { signingTimeMs } from '../lib/moca/partner/serviceTime';
import { tokenMember } from '../lib/moca/partner/signing';

export class MocaPartnerApi implements ICredentialType {
	name = 'mocaPartnerApi';

	displayName = 'Moca Network Partner API';

	icon: Icon = { light: 'file:mocaPartner.svg', dark: 'file:mocaPartner.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-moca-learncoin/n8n-nodes-moca-learncoin#the-moca-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom', description: 'Addresses of your own, such as a test service on this machine' },
				{ name: 'Production', value: 'production' },
				{ name: 'Sandbox', value: 'sandbox' },
			],
			default: 'sandbox',
			description: 'Sandbox and production are separate: each has its own partner ID, issuer DID, programs and JWKS registration',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.example.com/v1',
			description: 'Takes https, or plain http on this machine only',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Catalog Base URL',
			name: 'catalogBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://catalog.example.com',
			description:
				'Where the public catalog is, which has an address of its own. Without it, lists and the form of a program stay empty; IDs and JSON work.',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Partner ID',
			name: 'partnerId',
			type: 'string',
			default: '',
			required: true,
			description: 'Moca dashboard: Account, General Settings',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 6 },
			default: '',
			required: true,
			placeholder: 'e.g. -----BEGIN PRIVATE KEY-----',
			description:
				'The key whose public half is in your registered JWKS, as PEM or as a private JWK. RSA (RS256) or EC with the curve P-256 (ES256), without a passphrase.',
		},
		{
			displayName: 'Key ID',
			name: 'keyId',
			type: 'string',
			default: '',
			description: 'The kid of that key in your JWKS. Leave empty when it is the partner ID.',
		},
		{
			displayName: 'JWKS URL',
			name: 'jwksUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/moca/jwks.json',
			description:
				'The address of your published key, as it is registered with Moca. The connection test then looks whether the right key is there. Leave empty to leave that out.',
		},
		{
			displayName: 'Issuer DID',
			name: 'issuerDid',
			type: 'string',
			default: '',
			placeholder: 'e.g. did:web:issuer.example.com',
			description: 'The issuer that nodes use unless they name another. Moca dashboard: Account, General, or Issuer, Settings.',
		},
		{
			displayName: 'Test Email',
			name: 'testEmail',
			type: 'string',
			default: '',
			placeholder: 'name@email.com',
			description: 'An address of yours for the connection test, which signs as if for a recipient. Nothing is issued to it.',
		},
		{
			displayName: 'Algorithm',
			name: 'algorithm',
			type: 'options',
			options: [
				{ name: 'Auto', value: 'auto', description: 'The one that fits the key' },
				{ name: 'ES256', value: 'ES256' },
				{ name: 'RS256', value: 'RS256' },
			],
			default: 'auto',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: 'issue on-behalf',
			description: 'What the token asks for. Moca’s documents name “issue on-behalf”, and older ones “issue”.',
		},
	];

	/**
	 * Signs a token for the request's recipient, whose email the node puts beside the credential's own data. Without one (n8n's HTTP Request
	 * node) the token is for the test email, and issuing with it is refused: every learner's credential would go to that one account.
	 */
	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const settings = readPartnerSettings(credentials);
		if (credentials.recipientEmail === undefined && /\/issue-on-behalf\b/.test(targetOf(requestOptions))) {
			throw new ExplainedFailure('This credential cannot issue without the Moca Issue node', {
				hint: 'Moca sends a credential to the email in the token, which only Moca Issue sets for each learner. Use that node here.',
			});
		}
		const { recipientEmail, [tokenMember]: ready } = credentials;
		const email = recipientEmail === undefined ? checkTestEmail(settings.testEmail) : checkRecipientEmail(recipientEmail);
		// The nodes sign before a request's turn comes, and once for all that is asked about a recipient.
		const token = typeof ready === 'string' ? ready : await signPartnerJwt(settings, email, signingTimeMs(credentials, Date.now()));
		return { ...requestOptions, headers: { ...requestOptions.headers, [partnerAuthHeader]: token } };
	}
}

/** The HTTP Request node still names the address `uri`. */
const targetOf = ({ url, baseURL, uri }: IHttpRequestOptions & { uri?: unknown }): string =>
	[baseURL, url, uri].map((part) => (typeof part === 'string' ? part : '')).join('');
