import { readJsonObject, readRequestId, readServiceMessage } from '../../../lib/http/readAnswer';
import { answer } from '../../support/fakes';

it.each([
	['message', { error: 400, message: 'issuerDid is missing' }, 'issuerDid is missing', '400'],
	['msg, as the catalog says it', { code: 80000404, msg: 'Schema not found' }, 'Schema not found', '80000404'],
	['error as a text', { error: 'Invalid x-partner-auth' }, 'Invalid x-partner-auth', undefined],
	['an error object', { error: { code: 'api_key_invalid', message: 'Unknown key' } }, 'Unknown key', 'api_key_invalid'],
])('reads what the service says from %s', (_, body, message, code) => {
	const said = readServiceMessage(answer(400, body));
	expect(said.message).toBe(message);
	expect(said.code).toBe(code);
});

it('does not show a gateway’s HTML page', () => {
	expect(readServiceMessage(answer(502, '<html><h1>502 Bad Gateway</h1></html>'))).toEqual({});
});

it.each([
	['message', (text: string) => ({ message: text })],
	['msg', (text: string) => ({ msg: text })],
	['error as a text', (text: string) => ({ error: text })],
	['an error object', (text: string) => ({ error: { message: text } })],
])('takes out the secrets that a service quotes in %s', (_, bodyOf) => {
	// Made up, and put together here so that nothing in the repository looks like one.
	const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJlbWFpbCI6ImEifQ', 'c2lnbmF0dXJl'].join('.');
	const pem = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQ', '-----END PRIVATE KEY-----'].join('\n');
	const { message } = readServiceMessage(answer(401, bodyOf(`Refused: ${token}, Bearer s3cret, ${pem}`)));
	expect(message).toMatch(/^Refused: /);
	for (const secret of [token, 's3cret', 'MIIEvQ']) expect(message).not.toContain(secret);
});

it('takes a secret out before it cuts the words, so that no part of one is left', () => {
	const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJlbWFpbCI6ImEifQ', 'c2lnbmF0dXJl'].join('.');
	expect(readServiceMessage(answer(401, { message: `${'x'.repeat(290)} ${token}` })).message).not.toContain('eyJ');
});

it('quotes at most 300 characters, on one line', () => {
	const { message } = readServiceMessage(answer(400, { message: `a\n${'b'.repeat(1000)}` }));
	expect(message).toHaveLength(301);
	expect(message).not.toContain('\n');
});

it.each(['', '[1]', '"text"', '{"cut": ', 'null'])('takes %p for no JSON object', (text) =>
	expect(readJsonObject(answer(200, text))).toBeUndefined(),
);

it.each(['x-request-id', 'request-id', 'x-amzn-requestid', 'cf-ray'])('finds the request’s name in the header %s', (header) => {
	expect(readRequestId(answer(500, {}, { [header]: 'req_1' }))).toBe('req_1');
});

it('takes the request’s name from the body first, where it is one', () => {
	const headers = { 'x-request-id': 'req_header' };
	expect(readRequestId(answer(500, { error: { request_id: 'req_body' } }, headers))).toBe('req_body');
	for (const request_id of ['', 7, null]) expect(readRequestId(answer(500, { error: { request_id } }, headers))).toBe('req_header');
	expect(readRequestId(answer(500))).toBeNull();
});

it('passes over empty words to those that say something, and puts them on one line', () => {
	expect(readServiceMessage(answer(400, { message: '  ', msg: '', error: ' Not \n\n  found ' }))).toEqual({ message: 'Not found' });
	expect(readServiceMessage(answer(400, { message: 'x'.repeat(300) })).message).toBe('x'.repeat(300));
});

it.each(['two words', 'x'.repeat(61), '', true])('%j is no code', (code) => {
	expect(readServiceMessage(answer(400, { code }))).toEqual({});
});
