import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { anchoredBadges, badgeLearners, createBadges, fastAnchor, runLearnCoin } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';

let sandbox: Sandbox;
let ids: string[];
beforeAll(async () => (sandbox = await startSandbox({ learncoin: { signedAfterMs: 20, anchoredAfterMs: 60 } })));
afterAll(() => sandbox.stop());
beforeEach(async () => {
	sandbox.reset();
	ids = (await anchoredBadges(sandbox, 2)).map(({ id }) => id as string);
});

const run = async (parameters: IDataObject, input: IDataObject[] = ids.map((id) => ({ id }))) =>
	await runLearnCoin(sandbox, 'learnCoinCredential', { credentialId: '={{ $json.id }}', ...parameters }, { input, ...continueOnFail });

const unknown = 'crd_01HXYZABCDEF1234567890ABCD';
const revocation = { operation: 'revoke', reason: 'Issued again', reasonCode: 'reissued' };
const erasure = { operation: 'erase', requester: 'recipient', verifiedAt: '2026-11-20 10:30' };

describe('Get', () => {
	it('gives the credential as LearnCoin does, with its signed document', async () => {
		const { items } = await run({ operation: 'get', download: false });
		expect(items.map(({ json }) => json.id)).toEqual(ids);
		expect(items[0]?.json).toMatchObject({ status: 'anchored', revoked: false, erased: false, signed_credential: { proof: {} } });
		expect(items[0]).not.toHaveProperty('binary');
	});

	it('gives the signed document as a .jsonld file, too', async () => {
		const { items } = await run({ operation: 'get', download: true });
		const file = items[1]?.binary?.data;
		expect(file).toMatchObject({ fileName: `${ids[1]}.jsonld`, mimeType: 'application/ld+json' });
		expect(JSON.parse(Buffer.from(file!.data, 'base64').toString())).toEqual(items[1]?.json.signed_credential);
	});

	it('says so when there is no document to download yet', async () => {
		sandbox.faults.add({
			route: 'learncoin.getCredential',
			answer: { kind: 'body', status: 200, body: { id: ids[0], status: 'pending', signed_credential: null } },
		});
		const { items } = await run({ operation: 'get', download: true }, [{ id: ids[0] }]);
		expect(items[0]?.json.error).toBe(`There is no signed document of ${ids[0]} to download`);
	});
});

describe('Revoke', () => {
	it('revokes each, with the reason that everybody can read', async () => {
		const { items } = await run(revocation);
		expect(items.map(({ json }) => json)).toMatchObject(
			ids.map((id) => ({ id, revoked: true, reason: 'Issued again', reason_code: 'reissued' })),
		);
		expect(sandbox.learncoin.credentials().every(({ revoked }) => revoked)).toBe(true);
	});

	it('a credential that isn’t there, and one of another tenant, are explained', async () => {
		const { items } = await run(revocation, [{ id: unknown }, { id: sandbox.learncoin.foreignCredentialId }]);
		expect(items[0]?.json.error).toMatch(`Revoking ${unknown} did not work: LearnCoin knows no such credential`);
		expect(items[0]?.json.details).toMatchObject({ httpStatus: 404, code: 'credential_not_found', attempts: 1, retryable: false });
		expect(items[1]?.json.error).toMatch('the credential belongs to another tenant');
	});

	it.each([200, 409] as const)('once more is a good end, whether LearnCoin answers it with %d or not', async (revokeTwice) => {
		sandbox.learncoin.settings.revokeTwice = revokeTwice;
		await run(revocation);
		const { items } = await run({ ...revocation, reason: 'Another reason' });
		sandbox.learncoin.settings.revokeTwice = 200;
		expect(items.map(({ json }) => [json.id, json.revoked])).toEqual(ids.map((id) => [id, true]));
	});

	it('needs a reason', async () => {
		const { items } = await run({ ...revocation, reason: ' ' });
		expect(items[0]?.json.error).toBe('There is no reason for revoking');
	});
});

describe('Erase', () => {
	it('erases, with the time of the identity check in UTC', async () => {
		const { items } = await run(erasure);
		expect(items[0]?.json).toMatchObject({ id: ids[0], erased: true, verification_status_after_erasure: 'verifiable' });
		const [request] = sandbox.traffic.requests().filter(({ route }) => route === 'learncoin.eraseCredential');
		expect(request?.body).toEqual({ requester: 'recipient', verified_at: '2026-11-20T10:30:00Z' });
		expect(sandbox.learncoin.credentials()[0]).not.toHaveProperty('recipientName');
	});

	it.each([200, 409] as const)('once more is a good end, whether LearnCoin answers it with %d or not', async (eraseTwice) => {
		sandbox.learncoin.settings.eraseTwice = eraseTwice;
		await run(erasure);
		const { items } = await run({ ...erasure, verifiedAt: '2026-11-21' });
		sandbox.learncoin.settings.eraseTwice = 200;
		expect(items.map(({ json }) => json.erased)).toEqual([true, true]);
	});

	it('needs to know when the requester’s identity was verified', async () => {
		const { items } = await run({ ...erasure, verifiedAt: '={{ "" }}' });
		expect(items[0]?.json.error).toMatch('no time at which the requester’s identity was verified');
	});
});

describe('Verify gives one answer to branch on', () => {
	const verdict = async () => (await run({ operation: 'verify' })).items[0]?.json;

	it('an anchored credential counts', async () => {
		expect(await verdict()).toMatchObject({
			valid: true,
			reasons: ['anchored'],
			anchored: true,
			revoked: false,
			erased: false,
			expired: false,
			expiresAt: null,
		});
	});

	it('a revoked one does not', async () => {
		await run(revocation);
		expect(await verdict()).toMatchObject({ valid: false, reasons: ['revoked'], revoked: true });
	});

	it('an erased one still does', async () => {
		await run(erasure);
		expect(await verdict()).toMatchObject({ valid: true, reasons: ['anchored', 'erased'], erased: true });
	});

	it('an expired one does not', async () => {
		const { items } = await createBadges(sandbox, badgeLearners(1), {
			...fastAnchor,
			issuanceDate: '2020-01-01',
			expirationDate: '2021-01-01',
		});
		const { items: verified } = await run({ operation: 'verify' }, [{ id: items[0]?.json.id }]);
		expect(verified[0]?.json).toMatchObject({ valid: false, reasons: ['expired'], expired: true, expiresAt: '2021-01-01T00:00:00.000Z' });
	});

	it('one that is not anchored yet does not', async () => {
		sandbox.faults.add({
			route: 'learncoin.getCredential',
			answer: { kind: 'body', status: 200, body: { id: ids[0], status: 'signed', signed_credential: null } },
		});
		expect(await verdict()).toMatchObject({ valid: false, reasons: ['notAnchored'], anchored: false, status: 'signed' });
	});
});
