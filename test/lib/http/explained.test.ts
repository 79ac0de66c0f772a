import { ExplainedFailure, inWords, withoutSecrets } from '../../../lib/http/explained';

// A made-up token, put together here so that nothing in the repository looks like one.
const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJlbWFpbCI6ImEifQ', 'c2lnbmF0dXJl'].join('.');

it('takes tokens and keys out of whatever a service says', () => {
	const pem = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQ', '-----END PRIVATE KEY-----'].join('\n');
	expect(withoutSecrets(`bad ${token}, Bearer abcdefgh.ijklmnop and ${pem}!`)).toBe(
		'bad [token removed], Bearer [key removed] and [key removed]!',
	);
});

it.each(['lrn_live', 'lrn_test', 'whsec', 'sk_live'])('takes a key away that starts with %s_, and says which kind it was', (prefix) => {
	expect(withoutSecrets(`Key ${prefix}_${'Ab1'.repeat(8)} is unknown`)).toBe(`Key ${prefix}_[removed] is unknown`);
});

it('leaves a learner named Bearer alone', () => expect(withoutSecrets('Bearer Smith has it')).toBe('Bearer Smith has it'));

it('a message is a headline, a hint is made of sentences, and both together read as one text', () => {
	const failure = new ExplainedFailure('No key.', { hint: 'Enter one' });
	expect([failure.message, failure.details.hint, inWords(failure)]).toEqual(['No key', 'Enter one.', 'No key. Enter one.']);
	expect(inWords({ message: 'Moca says: no!', details: { hint: '' } })).toBe('Moca says: no!');
});

it('whatever length a service’s words have, they are looked through in no time', () => {
	for (const text of ['eyJ'.repeat(100_000), '-----BEGIN A-----'.repeat(20_000), 'bearer '.repeat(50_000), 'live_'.repeat(60_000)]) {
		expect(withoutSecrets(text).length).toBeLessThanOrEqual(20_000);
	}
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
		hint: 'y.',
	});
});
