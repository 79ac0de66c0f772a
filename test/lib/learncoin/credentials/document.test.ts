import type { Credential } from '../../../../lib/learncoin/api/types';
import { isForAchievement, saidBy } from '../../../../lib/learncoin/credentials/document';

const document = {
	type: ['VerifiableCredential'],
	validFrom: '2026-06-30T00:00:00Z',
	validUntil: '2027-06-30T00:00:00Z',
	credentialSubject: {
		type: 'AchievementSubject',
		id: 'urn:uuid:1',
		name: 'Ada',
		achievement: {
			type: ['Achievement'],
			id: 'https://example.com/first-aid',
			name: 'First Aid',
			description: null,
			alignment: [{ type: ['Alignment'], targetName: 'First aid', targetUrl: undefined }, 'as it is'],
		},
	},
};
const credentialWith = (signed_credential: unknown) => ({ id: 'crd_1', signed_credential }) as unknown as Credential;

describe('what a document says, to be asked for again', () => {
	it('is whose, for what and when, without the signed form’s types and without gaps', () => {
		expect(saidBy(credentialWith(document))).toEqual({
			recipient: { id: 'urn:uuid:1', name: 'Ada' },
			achievement: { id: 'https://example.com/first-aid', name: 'First Aid', alignment: [{ targetName: 'First aid' }, 'as it is'] },
			issuanceDate: '2026-06-30T00:00:00Z',
			expirationDate: '2027-06-30T00:00:00Z',
		});
	});

	it('has its dates by either name, the older one first', () => {
		const said = saidBy(credentialWith({ ...document, issuanceDate: '2026-01-01T00:00:00Z', expirationDate: '2026-02-01T00:00:00Z' }));
		expect(said).toMatchObject({ issuanceDate: '2026-01-01T00:00:00Z', expirationDate: '2026-02-01T00:00:00Z' });
	});

	it('never gets what it doesn’t say', () => {
		const { credentialSubject } = document;
		const bare = { credentialSubject: { ...credentialSubject, name: undefined, achievement: 'First Aid' } };
		expect(saidBy(credentialWith(bare))).toEqual({ recipient: { id: 'urn:uuid:1' }, achievement: {} });
	});

	it.each([undefined, null, 'eyJ…', [], {}, { credentialSubject: null }, { credentialSubject: {} }, { credentialSubject: { id: 7 } }])(
		'is nothing where %j names no recipient',
		(given) => expect(saidBy(credentialWith(given))).toBeUndefined(),
	);
});

it.each([
	['the same ID, whatever the name', { id: 'a', name: 'X' }, { id: 'a', name: 'Y' }, true],
	['another ID, whatever the name', { id: 'a', name: 'X' }, { id: 'b', name: 'X' }, false],
	['the same name, where LearnCoin gave an ID', { id: 'a', name: 'X' }, { name: 'X' }, true],
	['the same name, where the document has no ID', { name: 'X' }, { id: 'a', name: 'X' }, true],
	['another name', { name: 'X' }, { name: 'Y' }, false],
	['an ID that is no text does not count', { id: 7, name: 'X' }, { id: 'a', name: 'X' }, true],
])('is for the achievement that is asked for: %s', (_, said, asked, isSame) => expect(isForAchievement(said, asked)).toBe(isSame));
