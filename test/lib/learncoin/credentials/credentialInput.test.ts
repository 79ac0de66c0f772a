import { checkCredentialInput, doubtfulFrameworks } from '../../../../lib/learncoin/credentials/credentialInput';
import { hintOf, thrownBy } from '../../../support/failures';

const recipient = { id: 'urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10', name: 'Ada' };
const achievement = { name: 'First Aid', description: 'Helps.' };
const whole = { recipient, achievement, issuanceDate: '2026-12-31T00:00:00Z' };

it('leaves out what is empty, takes blanks off, and keeps what isn’t documented', () => {
	const input = {
		...whole,
		recipient: { ...recipient, name: ' Ada ', email: '', auto_claim: true },
		achievement: { ...achievement, id: '', difficulty: 'beginner' },
		expirationDate: '',
		result: 3,
	};
	expect(checkCredentialInput(input)).toEqual({
		...whole,
		recipient: { ...recipient, auto_claim: true },
		achievement: { ...achievement, difficulty: 'beginner' },
		result: 3,
	});
});

it('lets an alignment framework pass of which the documents disagree, as it is written', () => {
	const other = { ...whole, achievement: { ...achievement, alignment: [{ targetFramework: 'esco' }, { targetFramework: 'Lightcast' }] } };
	const checked = checkCredentialInput(other);
	expect(checked.achievement.alignment).toEqual([{ targetFramework: 'ESCO' }, { targetFramework: 'Lightcast' }]);
	expect(doubtfulFrameworks(checked)).toEqual(['Lightcast']);
});

it.each(['ESCO', 'esco', 'O*NET', 'ISCED-F', 'custom'])('takes the alignment framework %s, in capitals', (targetFramework) => {
	const checked = checkCredentialInput({ ...whole, achievement: { ...achievement, alignment: [{ targetFramework }] } });
	expect(checked.achievement.alignment).toEqual([{ targetFramework: targetFramework.toUpperCase() }]);
});

it('counts 64 KB in UTF-8 and for 1024 bytes each, because both readings of KB have to pass', () => {
	const withBytes = (bytes: number) => {
		const rest = Buffer.byteLength(JSON.stringify({ ...achievement, criteria: { narrative: '' } }));
		return {
			...whole,
			achievement: { ...achievement, criteria: { narrative: 'é'.repeat(Math.floor((bytes - rest) / 2)) + 'x'.repeat((bytes - rest) % 2) } },
		};
	};
	expect(checkCredentialInput(withBytes(65_536)).achievement.name).toBe('First Aid');
	expect(thrownBy(() => checkCredentialInput(withBytes(65_537)))).toBe('The achievement has 65 KB; LearnCoin takes 64');
});

it.each([
	[{ recipient: undefined }, 'The credential has no recipient'],
	[{ achievement: [] }, 'The credential has no achievement'],
	[{ recipient: { ...recipient, name: '  ' } }, 'The recipient has no name'],
	[{ recipient: { ...recipient, email: 'ada at example' } }, '“ada at example” is not an email address'],
	[{ recipient: { ...recipient, name: 'Ada \ud83d' } }, '“recipient.name” holds half of a character'],
	[{ recipient: { ...recipient, email: 'ada@exam\u200bple.com' } }, 'is not an email address'],
	[{ recipient: { ...recipient, email: `${'a'.repeat(250)}@example.com` } }, 'is not an email address'],
	[{ achievement: { ...achievement, name: '' } }, 'The achievement has no name'],
	[{ achievement: { ...achievement, description: undefined } }, 'The achievement has no description'],
	[{ achievement: { ...achievement, id: 'first aid' } }, 'The achievement’s ID “first aid” is not an address'],
	[
		{ achievement: { ...achievement, alignment: [{ targetFramework: ['ESCO'] }] } },
		'An alignment of the achievement does not name its framework',
	],
	[{ achievement: { ...achievement, alignment: 'ESCO' } }, 'The achievement’s alignment is not a list of objects'],
	[{ issuanceDate: '31.12.2026' }, 'The issuance date “31.12.2026” is not a date in UTC'],
	[{ issuanceDate: '2026-02-30T00:00:00Z' }, 'is not a date in UTC'],
	[{ expirationDate: '2026-12-31T00:00:00+01:00' }, 'is not a date in UTC'],
	[
		{ expirationDate: '2026-12-30T00:00:00Z' },
		'The credential would expire on 2026-12-30T00:00:00Z, not after it is issued (2026-12-31T00:00:00Z)',
	],
	[{ expirationDate: '2026-12-31T00:00:00Z' }, 'not after it is issued'],
])('%j: %s', (change, message) => expect(thrownBy(() => checkCredentialInput({ ...whole, ...change }))).toMatch(message));

it.each(['ada@example.com', 'a.b+c@mail.example.co.uk', 'ünal@schülé.example', `${'a'.repeat(242)}@example.com`])(
	'takes the email %s',
	(email) => {
		expect(checkCredentialInput({ ...whole, recipient: { ...recipient, email } }).recipient.email).toBe(email);
	},
);

it.each([
	'ada',
	'@example.com',
	'ada@example',
	'ada@.',
	'ada@example.com.',
	'ada@@example.com',
	'Ada <ada@example.com>',
	'ada@example.com,bo@example.com',
	'ada lovelace@example.com',
	'ada@exam ple.com',
	'ada@example.c om',
	`${'a'.repeat(243)}@example.com`,
])('does not take %j for an email', (email) => {
	expect(thrownBy(() => checkCredentialInput({ ...whole, recipient: { ...recipient, email } }))).toMatch('is not an email address');
});

it('keeps an achievement’s own address, and alignments without a framework as they are', () => {
	const given = {
		...achievement,
		id: 'https://example.com/first-aid',
		alignment: [{ targetName: 'First aid' }, { targetFramework: 'ESCO' }],
	};
	expect(checkCredentialInput({ ...whole, achievement: given }).achievement).toEqual(given);
	expect(thrownBy(() => checkCredentialInput({ ...whole, achievement: { ...achievement, alignment: [{}, 'ESCO'] } }))).toMatch(
		'is not a list of objects',
	);
	expect(hintOf(() => checkCredentialInput({ ...whole, achievement: { ...achievement, alignment: [{ targetFramework: '' }] } }))).toBe(
		'targetFramework is one of ESCO, O*NET, ISCED-F, CUSTOM, as a text; or leave it out.',
	);
});

it('keeps both dates, with parts of a second too', () => {
	const dates = { issuanceDate: '2026-12-31T00:00:00.125Z', expirationDate: '2027-12-31T00:00:00Z' };
	expect(checkCredentialInput({ ...whole, ...dates })).toMatchObject(dates);
});

it.each(['x2026-12-31T00:00:00Z', '2026-12-31T00:00:00Zx', '2026-12-31T00:00:00.Z', '2026-12-31T00:00:00.1xZ'])(
	'%s is no date in UTC',
	(date) => {
		expect(thrownBy(() => checkCredentialInput({ ...whole, issuanceDate: date }))).toMatch('is not a date in UTC');
	},
);

it.each([
	['recipient.id', { recipient: { ...recipient, id: '' } }],
	['recipient.name', { recipient: { ...recipient, name: '' } }],
	['achievement.name', { achievement: { ...achievement, name: '' } }],
	['achievement.description', { achievement: { ...achievement, description: '' } }],
])('names the missing value %s, for whoever knows which field of a form it is from', (field, change) => {
	expect(() => checkCredentialInput({ ...whole, ...change })).toThrow(expect.objectContaining({ name: 'MissingValue', field }) as Error);
});

it('takes a name as it is written, in whichever direction', () => {
	const name = 'نور \u200f😀\0';
	expect(checkCredentialInput({ ...whole, recipient: { ...recipient, name } }).recipient.name).toBe(name);
});

it('says of data that are nested too deeply what they are, rather than failing at it', () => {
	const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
	expect(thrownBy(() => checkCredentialInput({ ...whole, evidence: deep }))).toMatch('is nested too deeply');
});
