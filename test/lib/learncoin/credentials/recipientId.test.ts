import fc from 'fast-check';

import { checkNamespace, checkRecipientId, deriveRecipientId, isVersion4 } from '../../../../lib/learncoin/credentials/recipientId';
import { hintOf, thrownBy } from '../../../support/failures';
import { linearCpuMs, cpuMsOf } from '../../../support/timing';

describe('a derived recipient ID', () => {
	it('has the form of a version 4 UUID, for any learner and namespace', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (reference, namespace) => {
				fc.pre(reference.trim() !== '' && namespace.trim() !== '');
				const id = deriveRecipientId(reference, namespace);
				expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
				expect(checkRecipientId(id)).toBe(id);
			}),
		);
	});

	// Issued credentials hold these IDs for good: a change of this value breaks every user's mapping.
	it('never changes', () => {
		expect(deriveRecipientId('4711', 'academy of quiet rivers')).toBe('urn:uuid:67d013e8-1798-4dca-9e3c-7bbc7e7a74cf');
	});

	it('is the same for a number and its text, and for blanks around', () => {
		expect(deriveRecipientId(4711, 'n')).toBe(deriveRecipientId(' 4711 ', ' n '));
	});

	// macOS writes é as e and an accent, Windows as one character; both come out of learning platforms.
	it.each([
		['the learner’s ID', 'renée', 'academy'],
		['the namespace', '4711', 'école'],
	])('is the same however é is written in %s', (_, reference, namespace) => {
		const composed = deriveRecipientId(reference.normalize('NFC'), namespace.normalize('NFC'));
		expect(deriveRecipientId(reference.normalize('NFD'), namespace.normalize('NFD'))).toBe(composed);
	});

	it('is another one for another learner or namespace, also where the texts joined are the same', () => {
		const ids = [deriveRecipientId('ab', 'c'), deriveRecipientId('a', 'bc'), deriveRecipientId('c', 'ab')];
		expect(new Set(ids).size).toBe(3);
	});

	it('takes a learner’s ID of up to 1000 characters', () => {
		expect(checkRecipientId(deriveRecipientId('x'.repeat(1000), 'n'))).toMatch(/^urn:uuid:/);
		expect(thrownBy(() => deriveRecipientId('x'.repeat(1001), 'n'))).toMatch('has 1001 characters; 1000 are the most');
	});

	it('needs both', () => {
		expect(thrownBy(() => deriveRecipientId('', 'n'))).toMatch('no learner’s ID');
		expect(thrownBy(() => deriveRecipientId('4711', undefined))).toMatch('no namespace');
	});
});

describe('a namespace to issue with', () => {
	it('has at least 16 characters', () => {
		expect(thrownBy(() => checkNamespace('x'))).toBe('The namespace is too short: 16 characters are the least');
		expect(thrownBy(() => checkNamespace(' fifteen letters '))).toMatch('too short');
		expect(() => checkNamespace('sixteen letters!')).not.toThrow();
	});

	it('is somebody else’s to miss where there is none', () => expect(() => checkNamespace('')).not.toThrow());
});

describe('a given recipient ID', () => {
	it.each([
		['', 'There is no recipient ID'],
		[undefined, 'There is no recipient ID'],
		['ada@example.com', 'The recipient ID is an email address; it must not hold personal data'],
		['urn:uuid:ada@example.com', 'must not hold personal data'],
		['Ada Lovelace', '“Ada Lovelace” is not a recipient ID'],
		[4711, '“4711” is not a recipient ID'],
		['6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10', 'lacks its beginning'],
		['urn:uuid:6f1c9d5e', 'is not a recipient ID'],
		['did:example:123', 'is not a recipient ID'],
	])('%p: %s', (value, message) => expect(thrownBy(() => checkRecipientId(value))).toMatch(message));

	it('says what to do without one in the words of the form it was asked in', () => {
		expect(hintOf(() => checkRecipientId('17', 'Choose another way.'))).toMatch(/that you keep for the learner\. Choose another way\.$/);
	});

	it('has nothing behind it, and is told with the beginning that it lacks', () => {
		const id = '6F1C9D5E-8A35-4B0C-9C39-3D2F1F5A7B10';
		expect(thrownBy(() => checkRecipientId(`urn:uuid:${id}0`))).toMatch('is not a recipient ID');
		expect(hintOf(() => checkRecipientId(id))).toBe(`Write urn:uuid:${id.toLowerCase()}.`);
	});

	it('is not repeated when it is an email address', () => {
		expect(thrownBy(() => checkRecipientId('ada@example.com'))).not.toMatch('ada');
	});

	it('may be a UUID of another version: whether LearnCoin takes it is not documented', () => {
		const id = checkRecipientId(' urn:uuid:6F1C9D5E-8A35-1B0C-9C39-3D2F1F5A7B10 ');
		expect([id, isVersion4(id)]).toEqual(['urn:uuid:6F1C9D5E-8A35-1B0C-9C39-3D2F1F5A7B10', false]);
		expect(isVersion4(checkRecipientId('urn:uuid:6F1C9D5E-8A35-4B0C-AC39-3D2F1F5A7B10'))).toBe(true);
	});
});

it('refuses a learner’s ID that is none, before it is normalized, which takes long for accents', () => {
	const accents = '\u0315\u0300'.repeat(500_000);
	expect(cpuMsOf(() => deriveRecipientId(accents, 'key'))).toBeLessThan(linearCpuMs);
	expect(() => deriveRecipientId(accents, 'key')).toThrow('The learner’s ID has 1000000 characters; 1000 are the most');
	expect(() => deriveRecipientId('17', accents)).toThrow('The namespace has 1000000 characters; 10000 are the most');
});

it('refuses half of a character, which would give different learners the same ID', () => {
	expect(() => deriveRecipientId('Ada \ud83d', 'key')).toThrow('The learner’s ID holds half of a character');
});
