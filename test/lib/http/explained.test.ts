import { ExplainedFailure, withoutSecrets } from '../../../lib/http/explained';

// A made-up token, put together here so that nothing in the repository looks like one.
const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJlbWFpbCI6ImEifQ', 'c2lnbmF0dXJl'].join('.');

it('takes tokens and keys out of whatever a service says', () => {
	const pem = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQ', '-----END PRIVATE KEY-----'].join('\n');
	expect(withoutSecrets(`bad ${token}, Bearer abc.def and ${pem}!`)).toBe('bad [token removed], Bearer [key removed] and [key removed]!');
});

it('keeps secrets out of its message and its hint', () => {
	const failure = new ExplainedFailure(`got ${token}`, { hint: `use ${token}` });
	expect(`${failure.message} ${failure.details.hint}`).not.toContain(token);
});

it('says of what it does not know that it is not known, so that all details are always there', () => {
	expect(new ExplainedFailure('x', { hint: 'y' }).details).toEqual({
		httpStatus: null,
		code: null,
		requestId: null,
		attempts: 0,
		retryable: false,
		hint: 'y',
	});
});
