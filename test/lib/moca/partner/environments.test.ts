import { apiBaseUrlOf } from '../../../../lib/moca/partner/environments';

it('knows the documented addresses', () => {
	expect(apiBaseUrlOf({ environment: 'sandbox' }, 'Enter the address.')).toBe('https://api.sandbox.mocachain.org/v1');
	expect(apiBaseUrlOf({ environment: 'production' }, 'Enter the address.')).toBe('https://mocachain-mainnet.api.air3.com/v1');
});

it.each([
	'https://api.example.com/v1',
	'https://api.example.com/v1/',
	'http://localhost:4010/v1',
	'http://127.0.0.1:4010/v1',
	'http://[::1]:4010/v1',
])('takes %s as a custom address', (url) => {
	expect(apiBaseUrlOf({ environment: 'custom', apiBaseUrl: ` ${url} ` }, 'Enter the address.')).toBe(url.replace(/\/$/, ''));
});

it.each(['http://api.example.com/v1', 'http://127.0.0.1.example.com', 'http://localhost.example.com', 'http://192.168.1.5/v1'])(
	'refuses %s: plain http leaves this machine',
	(url) => {
		expect(() => apiBaseUrlOf({ environment: 'custom', apiBaseUrl: url }, 'Enter the address.')).toThrow(/is not https/);
	},
);

it.each(['api.example.com', 'ftp://example.com', 'https://user:pass@example.com', 'https://example.com?x=1', 'javascript:alert(1)'])(
	'refuses %s',
	(url) => {
		expect(() => apiBaseUrlOf({ environment: 'custom', apiBaseUrl: url }, 'Enter the address.')).toThrow(/is not a web address/);
	},
);

it.each(['', undefined, 5])('says of %p that the address is empty', (url) => {
	expect(() => apiBaseUrlOf({ environment: 'custom', apiBaseUrl: url }, 'Enter the address.')).toThrow('The custom API address is empty');
});
