import { asHeadline, asSentence, ExplainedFailure, inWords, MissingValue, retold, withoutSecrets } from '../../../lib/http/explained';
import { thrownBy } from '../../support/failures';

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

it('takes a key away whose end was cut off, and one behind several blanks or without a digit at its start', () => {
	expect(withoutSecrets(['key: -----BEGIN PRIVATE KEY-----', 'MIIEvQ'].join('\n'))).toBe('key: [key removed]');
	expect(withoutSecrets('bearer  abcdef1, ok')).toBe('bearer  [key removed] ok');
	expect(withoutSecrets(`Bearer ${'x'.repeat(16)}`)).toBe('Bearer [key removed]');
});

it('puts a sign in the place of half a character, which not every database takes', () => {
	expect(withoutSecrets('Ada \ud83d!')).toBe('Ada \ufffd!');
	expect(withoutSecrets('Ada 😀')).toBe('Ada 😀');
});

it.each([
	['No', 'No.'],
	['No.', 'No.'],
	['No?', 'No?'],
	['No …', 'No …'],
	['He said “no.”', 'He said “no.”'],
	['He said “no”', 'He said “no”.'],
	['No. 5', 'No. 5.'],
	['(No.)', '(No.)'],
	['', ''],
])('%j ends as a sentence: %j', (text, sentence) => expect(asSentence(text)).toBe(sentence));

it.each([
	['No.', 'No'],
	['No', 'No'],
	['No...', 'No...'],
	['See 1.2.', 'See 1.2'],
])('%j is the headline %j', (text, headline) => expect(asHeadline(text)).toBe(headline));

it('a missing value says which it is, by the API’s own name, and why it is needed', () => {
	const missing = new MissingValue('There is no name', 'LearnCoin shows it', 'recipient.name');
	expect(missing).toMatchObject({ name: 'MissingValue', field: 'recipient.name', details: { hint: 'LearnCoin shows it.' } });
	expect(missing).toBeInstanceOf(ExplainedFailure);
});

it('tells in other words what explains itself; a fault of ours passes as it is', () => {
	const retell = (failure: ExplainedFailure) => new ExplainedFailure(`Row 7: ${failure.message}`, failure.details);
	const fail = (error: Error) =>
		thrownBy(() =>
			retold(() => {
				throw error;
			}, retell),
		);
	expect(retold(() => 5, retell)).toBe(5);
	expect(fail(new ExplainedFailure('No key', { hint: 'Enter one' }))).toBe('Row 7: No key');
	expect(fail(new TypeError('x is undefined'))).toBe('x is undefined');
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
	const failure = new ExplainedFailure('x', { hint: 'y' });
	expect(failure.name).toBe('ExplainedFailure');
	expect(failure.details).toEqual({
		httpStatus: null,
		code: null,
		requestId: null,
		attempts: 0,
		retryable: false,
		hint: 'y.',
	});
});
