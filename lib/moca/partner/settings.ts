import type { Environment } from './environments';
import type { Partner } from './partnerJwt';
import { defaultScope } from './scopes';

/** A partner's settings, each as it was entered. */
export interface PartnerSettings extends Partner {
	environment: Environment;
	apiBaseUrl: string;
	catalogBaseUrl: string;
	issuerDid: string;
	testEmail: string;
	/** Where the public key is published, for the connection test; empty where it isn't to be looked at. */
	jwksUrl: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads stored settings; missing fields become empty, so that each check can name what is missing. */
export function readPartnerSettings(data: Readonly<Record<string, unknown>>): PartnerSettings {
	const { algorithm, environment } = data;
	return {
		environment: environment === 'production' || environment === 'custom' ? environment : 'sandbox',
		apiBaseUrl: text(data.apiBaseUrl),
		catalogBaseUrl: text(data.catalogBaseUrl),
		partnerId: text(data.partnerId),
		privateKey: text(data.privateKey),
		keyId: text(data.keyId),
		algorithm: algorithm === 'RS256' || algorithm === 'ES256' ? algorithm : 'auto',
		scope: text(data.scope).trim() || defaultScope,
		issuerDid: text(data.issuerDid),
		testEmail: text(data.testEmail),
		jwksUrl: text(data.jwksUrl),
	};
}
