import { checkSendable } from '../../../lib/http/sendable';
import { hintOf, thrownBy } from '../../support/failures';

it('gives back what can be sent, the same object', () => {
	const value = { name: 'Ada 😀', list: [1, null] };
	expect(checkSendable(value, 'The subject')).toBe(value);
});

it('names the part that cannot be sent, or the whole, and says what to do', () => {
	expect(thrownBy(() => checkSendable('Ada \ud83d', 'The reason'))).toBe('The reason holds half of a character');
	expect(thrownBy(() => checkSendable({ name: 'Ada \ud83d' }, 'The subject'))).toBe('“name” holds half of a character');
	expect(thrownBy(() => checkSendable({ name: 'Ada \ud83d' }, 'The subject', 'recipient'))).toBe(
		'“recipient.name” holds half of a character',
	);
	expect(hintOf(() => checkSendable('Ada \ud83d', 'The reason'))).toMatch(/cut off in the middle of an emoji/);
});
