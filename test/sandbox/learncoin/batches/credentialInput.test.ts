import { call, createBatch, credential, expectRefusal, learnerId, useLearnCoin } from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
const recipient = (changes: Record<string, unknown>) => ({ recipient: { id: learnerId(1), name: 'Ada', ...changes } });
const achievement = (changes: Record<string, unknown>) => ({ achievement: { name: 'Algebra', description: 'Done', ...changes } });

it('takes every documented member', async () => {
	const full = credential(1, {
		...achievement({
			id: 'https://school.example/algebra',
			criteria: { narrative: 'Passed the exam' },
			alignment: ['ESCO', 'O*NET', 'ISCED-F', 'CUSTOM'].map((targetFramework) => ({
				targetFramework,
				targetCode: 'S1',
				targetName: 'Algebra',
				targetUrl: 'https://esco.example/S1',
			})),
		}),
		expirationDate: '2029-06-30T00:00:00.000Z',
		evidence: [{ id: 'https://school.example/work', narrative: 'Her work' }],
	});
	expect((await createBatch(sandbox(), [full])).status).toBe(202);
});

it.each([
	['recipient', { recipient: undefined }],
	['recipient.id', recipient({ id: undefined })],
	['recipient.id', recipient({ id: '' })],
	['recipient.name', recipient({ name: undefined })],
	['recipient.name', recipient({ name: '' })],
	['achievement', { achievement: undefined }],
	['achievement.name', achievement({ name: undefined })],
	['achievement.description', achievement({ description: undefined })],
	['issuanceDate', { issuanceDate: undefined }],
])('names a missing %s and the credential it is missing from', async (field, changes) => {
	const answer = await createBatch(sandbox(), [credential(1), credential(2, changes)]);
	expectRefusal(answer, 400, 'missing_required_field', new RegExp(`^credentials\\[1\\]\\.${field} is required`));
});

it.each([
	['recipient.name', recipient({ name: 5 })],
	['recipient.email', recipient({ email: 'nobody' })],
	['recipient.email', recipient({ email: null })],
	['achievement.id', achievement({ id: 'algebra' })],
	['achievement.alignment', achievement({ alignment: {} })],
	['issuanceDate', { issuanceDate: '31.12.2026' }],
	['issuanceDate', { issuanceDate: '2026-12-31' }],
	['issuanceDate', { issuanceDate: '2026-02-30T00:00:00Z' }],
	['issuanceDate', { issuanceDate: '2026-12-31T00:00:00+02:00' }],
	['issuanceDate', { issuanceDate: 46000 }],
	['expirationDate', { expirationDate: 'never' }],
	['expirationDate', { expirationDate: '2026-06-29T00:00:00Z' }],
	['evidence', { evidence: 'text' }],
])('names an invalid %s: %j', async (field, changes) => {
	expectRefusal(
		await createBatch(sandbox(), [credential(1, changes)]),
		400,
		'invalid_field_format',
		new RegExp(`^credentials\\[0\\]\\.${field} `),
	);
});

it.each([
	['an email address', 'ada@example.com'],
	['a bare UUID', learnerId(1).replace('urn:uuid:', '')],
	['a version 5 UUID', 'urn:uuid:00000000-0000-5000-8000-000000000001'],
	['another variant', 'urn:uuid:00000000-0000-4000-c000-000000000001'],
	['a number', 7],
])('refuses %s as a recipient id', async (_case, id) => {
	expectRefusal(
		await createBatch(sandbox(), [credential(1, recipient({ id }))]),
		400,
		'recipient_id_invalid',
		/^credentials\[0\]\.recipient\.id /,
	);
});

it('refuses an unknown framework', async () => {
	const changes = achievement({ alignment: [{ targetFramework: 'ESCO' }, { targetFramework: 'Lightcast' }] });
	const answer = await createBatch(sandbox(), [credential(1, changes)]);
	expectRefusal(answer, 400, 'alignment_framework_unknown', /achievement\.alignment\[1\]\.targetFramework/);
});

it('counts the bytes of an achievement, not its characters', async () => {
	const size = Buffer.byteLength(JSON.stringify({ name: 'Algebra', description: '' }));
	const exact = achievement({ description: 'é'.repeat((65_536 - size) / 2) });
	const more = achievement({ description: 'é'.repeat((65_536 - size) / 2 + 1) });
	expect((await createBatch(sandbox(), [credential(1, exact)])).status).toBe(202);
	expectRefusal(await createBatch(sandbox(), [credential(1, more)]), 400, 'achievement_too_large', /^credentials\[0\]\.achievement /);
});

it.each([
	['broken JSON', '{"credentials":'],
	['a list', '[]'],
	['a text', '"credentials"'],
])('refuses %s as a body', async (_case, body) => {
	expectRefusal(await call(sandbox(), 'POST', '/batches', { body: Buffer.from(body) }), 400, 'invalid_json');
});

it('refuses another content type', async () => {
	expectRefusal(
		await createBatch(sandbox(), [credential()], { headers: { 'content-type': 'text/plain' } }),
		400,
		'invalid_json',
		/Content-Type/,
	);
});

it('refuses a body without credentials, or with none', async () => {
	expectRefusal(await call(sandbox(), 'POST', '/batches', { body: {} }), 400, 'missing_required_field', /^credentials /);
	expectRefusal(await createBatch(sandbox(), []), 400, 'invalid_field_format', /at least one/);
	expectRefusal(await createBatch(sandbox(), [null]), 400, 'invalid_field_format', /^credentials\[0\] /);
});

it('refuses all for one, and creates nothing', async () => {
	await createBatch(sandbox(), [credential(1), credential(2, { issuanceDate: 'today' })]);
	expect(sandbox().learncoin.batches()).toEqual([]);
});

describe('what the documents leave open', () => {
	it.each([
		['any UUID as recipient id', { recipientUuid: 'any' }, recipient({ id: 'urn:uuid:00000000-0000-5000-8000-000000000001' })],
		['any ISO 8601 date', { dates: 'anyIso8601' }, { issuanceDate: '2026-12-31' }],
		['an end before the beginning', { expirationBeforeIssuance: 'accepted' }, { expirationDate: '2020-01-01T00:00:00Z' }],
		['other frameworks', { alignmentFrameworks: ['Lightcast'] }, achievement({ alignment: [{ targetFramework: 'Lightcast' }] })],
	] as const)('%s may be fine', async (_case, settings, changes) => {
		expect((await createBatch(sandbox(), [credential(1, changes)])).status).toBe(400);
		Object.assign(sandbox().learncoin.settings, settings);
		expect((await createBatch(sandbox(), [credential(1, changes)])).status).toBe(202);
	});

	it('an empty batch may be fine', async () => {
		sandbox().learncoin.settings.emptyBatch = 'accepted';
		expect((await createBatch(sandbox(), [])).data).toMatchObject({ credentials_count: 0 });
	});

	it('unknown members are ignored, or refused', async () => {
		const changes = { tenant_metadata: { course: 5 } };
		expect((await createBatch(sandbox(), [credential(1, changes)])).status).toBe(202);
		sandbox().learncoin.settings.unknownFields = 'refused';
		expectRefusal(await createBatch(sandbox(), [credential(1, changes)]), 400, 'invalid_field_format', /tenant_metadata/);
	});

	it('one recipient may be in a batch twice, or not', async () => {
		expect((await createBatch(sandbox(), [credential(1), credential(1)])).status).toBe(202);
		sandbox().learncoin.settings.duplicateRecipients = 'refused';
		expectRefusal(
			await createBatch(sandbox(), [credential(1), credential(1)]),
			400,
			'invalid_field_format',
			/^credentials\[1\]\.recipient\.id /,
		);
	});
});
