import {
	checkClaimHash,
	checkCredentialSubject,
	checkIssuerDid,
	checkProgramId,
	checkRecipientEmail,
} from '../../../../lib/moca/issuing/checks';
import { thrownBy } from '../../../support/failures';

describe('checkRecipientEmail', () => {
	it.each(['ada@example.com', 'Ada.Lovelace+course@mail.example.co.uk', 'o.brien@exa-mple.org', 'jürgen@exämple.de', 'x_1@example.io'])(
		'takes %s',
		(email) => {
			expect(checkRecipientEmail(email)).toBe(email);
		},
	);

	it('takes a name of one sign, and an address of up to 254', () => {
		expect(checkRecipientEmail('a@x.example')).toBe('a@x.example');
		expect(checkRecipientEmail(`${'a'.repeat(242)}@example.com`)).toHaveLength(254);
		expect(thrownBy(() => checkRecipientEmail(`${'a'.repeat(243)}@example.com`))).toMatch('is not an email address');
	});

	it('takes blanks off the ends, as spreadsheets leave them', () =>
		expect(checkRecipientEmail(' ada@example.com\t')).toBe('ada@example.com'));

	it.each([
		'lena(at)example.com',
		'lena@',
		'@example.com',
		'lena@example',
		'lena@@example.com',
		'lena@exa mple.com',
		'Lena <lena@example.com>',
		'a@example.com, b@example.com',
		'a..b@example.com',
		'lena@-example.com',
		'.lena@example.com',
		'lena.@example.com',
		'lena@e!.example.com',
		'lena@example.com.',
		`${'a'.repeat(250)}@example.com`,
		'ada\0@example.com',
		'ada\u200b@example.com',
		'\u202eada@example.com',
		'ada\ud83d@example.com',
	])('refuses %p and quotes it', (email) => {
		expect(thrownBy(() => checkRecipientEmail(email))).toMatch(/is not an email address/);
	});

	it.each(['', '   ', undefined, null, 5, {}])('says of %p that there is no address', (email) => {
		expect(thrownBy(() => checkRecipientEmail(email))).toMatch('The recipient has no email address');
	});
});

describe('checkIssuerDid', () => {
	it.each(['did:air:id:test:4P8xKu', 'did:web:issuer.example.com', 'did:key:z6Mk', 'did:moca:0x12ab', 'did:web:host%3A3000:a'])(
		'takes %s',
		(did) => {
			expect(checkIssuerDid(did)).toBe(did);
		},
	);

	it.each([
		'air:id:test',
		'xdid:air:x',
		'did:',
		'did:air',
		'did:air:',
		'did:AIR:x',
		'DID:air:x',
		'did:air:id test',
		'did:air:x:',
		'https://example.com',
	])('refuses %p', (did) => {
		expect(thrownBy(() => checkIssuerDid(did))).toMatch(/is not an issuer DID/);
	});

	it.each(['', ' ', undefined])('says of %p that there is none', (did) =>
		expect(thrownBy(() => checkIssuerDid(did))).toMatch('There is no issuer DID'),
	);
});

it.each(['', '  ', undefined, null])('refuses %p as a program', (id) =>
	expect(thrownBy(() => checkProgramId(id))).toMatch('No issuance program is chosen'),
);

describe('checkClaimHash', () => {
	it('takes 64 hex digits, and other words, since no form is documented', () => {
		expect(checkClaimHash('ab'.repeat(32))).toHaveLength(64);
		expect(checkClaimHash(' 0xABC\n')).toBe('0xABC');
	});
	it.each(['', undefined])('says of %p that there is none', (hash) =>
		expect(thrownBy(() => checkClaimHash(hash))).toMatch('There is no claim hash'),
	);
	it.each(['two words', '<html>', '[object Object]'])('refuses %p', (hash) =>
		expect(thrownBy(() => checkClaimHash(hash))).toMatch(/is not a claim hash/),
	);
});

describe('checkCredentialSubject', () => {
	it('takes an object, and JSON text of one', () => {
		expect(checkCredentialSubject({ course: 'First Aid' })).toEqual({ course: 'First Aid' });
		expect(checkCredentialSubject(' {"score": 92, "tags": ["a"], "nested": {"x": null}} ')).toEqual({
			score: 92,
			tags: ['a'],
			nested: { x: null },
		});
	});

	it.each([
		['', 'empty'],
		[undefined, 'empty'],
		['null', 'empty'],
		['[{"course": "x"}]', 'a list'],
		['"First Aid"', 'a text'],
		['92', 'a number'],
		['true', 'true or false'],
		[92, 'a number'],
		[['x'], 'a list'],
	])('says what %p is instead of an object', (value, what) => {
		expect(thrownBy(() => checkCredentialSubject(value))).toMatch(`The subject is ${what}, not an object`);
	});

	it.each([
		['{"course": "x",\n "score": }', 2, 12],
		["{'course': 1}", 1, 2],
		['{"a": 1, }', 1, 10],
		['{"a": 1', 1, 8],
		['{"course": "First\nAid"}', 1, 18],
	])('says where %p stops being JSON', (text, line, column) => {
		expect(thrownBy(() => checkCredentialSubject(text))).toMatch(`The subject is not valid JSON: line ${line}, column ${column}, near`);
	});
});
