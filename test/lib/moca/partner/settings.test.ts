import { readPartnerSettings } from '../../../../lib/moca/partner/settings';

const empty = {
	environment: 'sandbox',
	apiBaseUrl: '',
	catalogBaseUrl: '',
	partnerId: '',
	privateKey: '',
	keyId: '',
	algorithm: 'auto',
	scope: 'issue on-behalf',
	issuerDid: '',
	testEmail: '',
	jwksUrl: '',
};

it('what is missing is empty, so that each check can name it; nobody gets to production by an accident', () => {
	expect(readPartnerSettings({})).toEqual(empty);
	expect(readPartnerSettings({ environment: 'Production', algorithm: 'none', scope: '  ', partnerId: 7 })).toEqual(empty);
});

it.each([
	['environment', 'production'],
	['environment', 'custom'],
	['algorithm', 'RS256'],
	['algorithm', 'ES256'],
	['partnerId', ' as it was entered '],
])('%s may be %j', (name, value) => expect(readPartnerSettings({ [name]: value })).toEqual({ ...empty, [name]: value }));

it('takes blanks off a scope', () => expect(readPartnerSettings({ scope: ' issue ' }).scope).toBe('issue'));
