import { checkBaseUrl } from '../../../lib/http/baseUrl';
import { linearCpuMs, cpuMsOf } from '../../support/timing';

const words = { name: 'Base URL', hint: 'Enter it.' };
const check = (value: unknown) => {
	try {
		return checkBaseUrl(value, words);
	} catch (error) {
		return (error as Error).message;
	}
};

it.each([
	[' https://api.example.com/v1/ ', 'https://api.example.com/v1'],
	['https://api.example.com', 'https://api.example.com'],
	['http://127.0.0.1:8000/learncoin/v1', 'http://127.0.0.1:8000/learncoin/v1'],
	['http://localhost:8000', 'http://localhost:8000'],
	['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
	['http://127.10.200.255', 'http://127.10.200.255'],
])('%s is taken', (value, url) => expect(check(value)).toBe(url));

it.each([
	['http://api.example.com/v1', 'The API address http://api.example.com is not https'],
	['http://localhost.example.com', 'The API address http://localhost.example.com is not https'],
	['http://127.0.0.1.example.com', 'The API address http://127.0.0.1.example.com is not https'],
	['', 'The Base URL is empty'],
	['api.example.com', '“api.example.com” is not a web address for the API'],
	['ftp://example.com', '“ftp://example.com” is not a web address for the API'],
	['https://ada@example.com', '“https://ada@example.com” is not a web address for the API'],
	[undefined, 'The Base URL is empty'],
	[443, 'The Base URL is empty'],
	['  ', 'The Base URL is empty'],
	['https://example.com#x', '“https://example.com#x” is not a web address for the API'],
	['x'.repeat(81), `“${'x'.repeat(80)}” is not a web address for the API`],
	['https://example.com?x=1', '“https://example.com?x=1” is not a web address for the API'],
])('%s is refused', (value, message) => expect(check(value)).toBe(message));

it('does not hold n8n up with an address of many slashes', () => {
	expect(cpuMsOf(() => checkBaseUrl(`https://api.example.com/${'/'.repeat(100_000)}x`, words))).toBeLessThan(linearCpuMs);
	expect(checkBaseUrl('https://api.example.com/v1///', words)).toBe('https://api.example.com/v1');
});
