import {
	anchoredBatch,
	anchoredCredentialId,
	call,
	createBatch,
	credential,
	expectRefusal,
	learnerId,
	useLearnCoin,
} from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
const unknownId = 'crd_00000000000000000000000000';
const get = async (id: string) => await call(sandbox(), 'GET', `/credentials/${id}`);
const revoke = async (id: string, body: unknown = { reason: 'Typo in the name', reason_code: 'reissued' }) =>
	await call(sandbox(), 'POST', `/credentials/${id}/revoke`, { body });
const erase = async (id: string, body: unknown = { requester: 'recipient', verified_at: '2026-06-30T12:00:00Z' }) =>
	await call(sandbox(), 'POST', `/credentials/${id}/erase`, { body });

/** The id of a credential whose batch is held before anchoring. */
async function pendingId(): Promise<string> {
	Object.assign(sandbox().learncoin.settings, { signedAfterMs: 60_000, credentialsAppearAt: 'pending' });
	const { data } = await createBatch(sandbox());
	return (data as { credentials: Array<{ id: string }> }).credentials[0]!.id;
}

describe('a credential', () => {
	it('has its flags and its document', async () => {
		const alignment = [{ targetFramework: 'ESCO', targetCode: 'S1', targetName: 'Algebra', targetUrl: 'https://esco.example/S1' }];
		const achievement = {
			id: 'https://school.example/algebra',
			name: 'Algebra',
			description: 'Done',
			criteria: { narrative: 'Exam' },
			alignment,
		};
		const batch = await anchoredBatch(sandbox(), [credential(1, { achievement, expirationDate: '2030-01-01T00:00:00Z' })]);
		const { id, verify_url } = batch.credentials[0]!;
		expect((await get(id)).data).toEqual({
			id,
			verify_url,
			status: 'anchored',
			revoked: false,
			erased: false,
			signed_credential: {
				'@context': expect.arrayContaining(['https://www.w3.org/ns/credentials/v2', 'https://w3id.org/blockcerts/v3']) as string[],
				id: expect.stringMatching(/^urn:uuid:/) as string,
				type: ['VerifiableCredential', 'OpenBadgeCredential'],
				issuer: {
					id: expect.stringMatching(/^did:web:127\.0\.0\.1%3A\d+#tenant-/) as string,
					type: ['Profile'],
					name: expect.stringContaining('tests') as string,
				},
				issuanceDate: '2026-06-30T00:00:00Z',
				expirationDate: '2030-01-01T00:00:00Z',
				credentialSubject: {
					id: learnerId(1),
					type: ['AchievementSubject'],
					name: 'Learner 1',
					achievement: { ...achievement, type: ['Achievement'], alignment: [{ type: ['Alignment'], ...alignment[0] }] },
				},
				proof: {
					type: 'MerkleProof2019',
					created: (batch as unknown as { anchored_at: string }).anchored_at,
					proofPurpose: 'assertionMethod',
					verificationMethod: expect.stringMatching(/^did:web:.+#tenant-.+-key-1$/) as string,
					proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]{300,}$/) as string,
				},
			},
		});
	});

	it('never holds the email in its document', async () => {
		const { data } = await get(await anchoredCredentialId(sandbox()));
		expect(JSON.stringify(data)).not.toContain('@example.com');
	});

	it('stays the same document every time', async () => {
		const id = await anchoredCredentialId(sandbox());
		expect((await get(id)).data).toEqual((await get(id)).data);
	});

	it('is known before its batch is anchored, with a document as the settings say', async () => {
		const id = await pendingId();
		expect((await get(id)).data).toMatchObject({ status: 'pending', signed_credential: null });
		sandbox().learncoin.settings.signedCredentialBeforeAnchor = 'omitted';
		expect((await get(id)).data).not.toHaveProperty('signed_credential');
		sandbox().learncoin.settings.signedCredentialBeforeAnchor = 'withoutProof';
		expect((await get(id)).data).toMatchObject({ signed_credential: { credentialSubject: { id: learnerId(1) } } });
		expect((await get(id)).data).not.toHaveProperty('signed_credential.proof');
		sandbox().learncoin.settings.signedCredentialBeforeAnchor = 'placeholderProof';
		expect((await get(id)).data).toHaveProperty('signed_credential.proof.proofValue', 'zSandboxFakeProofDoesNotVerify');
	});

	it('that is not there gets 404, also by a key of the other environment', async () => {
		expectRefusal(await get(unknownId), 404, 'credential_not_found');
		expectRefusal(await get(sandbox().learncoin.foreignCredentialId), 404, 'credential_not_found');
		const id = await anchoredCredentialId(sandbox());
		const live = await call(sandbox(), 'GET', `/credentials/${id}`, { key: sandbox().learncoin.liveApiKey });
		expectRefusal(live, 404, 'credential_not_found');
	});
});

describe('revoking', () => {
	it('answers the reason and leaves the document alone', async () => {
		const id = await anchoredCredentialId(sandbox());
		const before = (await get(id)).data as Record<string, unknown>;
		const { status, data } = await revoke(id);
		expect([status, data]).toEqual([
			200,
			{ id, revoked: true, revoked_at: expect.stringMatching(/Z$/) as string, reason: 'Typo in the name', reason_code: 'reissued' },
		]);
		expect((await get(id)).data).toEqual({ ...before, revoked: true });
	});

	it.each([
		['missing_required_field', /^reason /, { reason_code: 'other' }],
		['missing_required_field', /^reason_code /, { reason: 'x' }],
		['invalid_field_format', /^reason_code /, { reason: 'x', reason_code: 'ISSUER_ERROR' }],
	])('is refused with %s %s', async (code, message, body) => {
		expectRefusal(await revoke(await anchoredCredentialId(sandbox()), body), 400, code, message);
	});

	it('is refused for a credential that is not there or not ours', async () => {
		expectRefusal(await revoke(unknownId), 404, 'credential_not_found');
		expectRefusal(await revoke(sandbox().learncoin.foreignCredentialId), 403, 'credential_not_owned');
	});

	it('twice gives the first answer again, or a conflict', async () => {
		const id = await anchoredCredentialId(sandbox());
		const first = await revoke(id);
		const again = await revoke(id, { reason: 'Another', reason_code: 'other' });
		expect([again.status, again.data]).toEqual([200, first.data]);
		sandbox().learncoin.settings.revokeTwice = 409;
		expectRefusal(await revoke(id), 409, 'credential_already_revoked');
	});

	it('works before anchoring, or not', async () => {
		const id = await pendingId();
		sandbox().learncoin.settings.revokeBeforeAnchor = 'refused';
		expectRefusal(await revoke(id), 409, 'credential_not_anchored');
		sandbox().learncoin.settings.revokeBeforeAnchor = 'accepted';
		expect((await revoke(id)).status).toBe(200);
	});

	it('may show its details at the credential', async () => {
		const id = await anchoredCredentialId(sandbox());
		await revoke(id);
		sandbox().learncoin.settings.credentialShowsRevocation = true;
		expect((await get(id)).data).toMatchObject({ reason: 'Typo in the name', reason_code: 'reissued' });
	});
});

describe('erasing', () => {
	it('deletes name and email and leaves the proof verifiable', async () => {
		const id = await anchoredCredentialId(sandbox());
		const { status, data } = await erase(id);
		expect([status, data]).toEqual([
			200,
			{ id, erased: true, erased_at: expect.stringMatching(/Z$/) as string, verification_status_after_erasure: 'verifiable' },
		]);
		expect((await get(id)).data).toMatchObject({ erased: true, revoked: false });
		const [kept] = sandbox().learncoin.credentials();
		expect(kept).not.toHaveProperty('recipientName');
		expect(kept).not.toHaveProperty('recipientEmail');
		expect(kept?.recipientId).toBe(learnerId(1));
	});

	it.each([
		['missing_required_field', /^requester /, { verified_at: '2026-06-30T12:00:00Z' }],
		['missing_required_field', /^verified_at /, { requester: 'recipient' }],
		['invalid_field_format', /^verified_at /, { requester: 'recipient', verified_at: '30.06.2026' }],
	])('is refused with %s %s', async (code, message, body) => {
		expectRefusal(await erase(await anchoredCredentialId(sandbox()), body), 400, code, message);
	});

	it('is refused for a credential that is not there or not ours', async () => {
		expectRefusal(await erase(unknownId), 404, 'credential_not_found');
		expectRefusal(await erase(sandbox().learncoin.foreignCredentialId), 403, 'credential_not_owned');
	});

	it('twice gives the first answer again, or a conflict', async () => {
		const id = await anchoredCredentialId(sandbox());
		const first = await erase(id);
		expect((await erase(id)).data).toEqual(first.data);
		sandbox().learncoin.settings.eraseTwice = 409;
		expectRefusal(await erase(id), 409, 'credential_already_erased');
	});

	it('is independent of revoking', async () => {
		const id = await anchoredCredentialId(sandbox());
		await revoke(id);
		await erase(id);
		expect((await get(id)).data).toMatchObject({ revoked: true, erased: true });
	});

	it('keeps the document, or takes the name out, or the whole away', async () => {
		const id = await anchoredCredentialId(sandbox());
		await erase(id);
		expect((await get(id)).data).toHaveProperty('signed_credential.credentialSubject.name', 'Learner 1');
		sandbox().learncoin.settings.signedCredentialAfterErase = 'nameRemoved';
		expect((await get(id)).data).not.toHaveProperty('signed_credential.credentialSubject.name');
		expect((await get(id)).data).toHaveProperty('signed_credential.proof');
		sandbox().learncoin.settings.signedCredentialAfterErase = 'null';
		expect((await get(id)).data).toMatchObject({ signed_credential: null });
	});

	it('may take no other requester than the recipient', async () => {
		const id = await anchoredCredentialId(sandbox());
		sandbox().learncoin.settings.eraseRequester = 'recipient';
		const body = { requester: 'guardian', verified_at: '2026-06-30T12:00:00Z' };
		expectRefusal(await erase(id, body), 400, 'invalid_field_format', /^requester /);
		sandbox().learncoin.settings.eraseRequester = 'any';
		expect((await erase(id, body)).status).toBe(200);
	});
});
