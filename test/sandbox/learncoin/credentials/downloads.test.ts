import axios from 'axios';
import type { CredentialDocument } from '../../../../sandbox/learncoin/proofs/document';
import { checkProof, type Provable } from '../../../support/badges/checkProof';
import { anchoredBatch, anchoredCredentialId, call, createBatch, credential, useLearnCoin } from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
type Document = Provable & CredentialDocument;
const open = async <Data>(path: string) => await axios.get<Data>(`${sandbox().url}${path}`, { validateStatus: () => true });
const page = async (id: string) => (await open<string>(`/c/${id}`)).data;
const erase = async (id: string) =>
	await call(sandbox(), 'POST', `/credentials/${id}/erase`, { body: { requester: 'recipient', verified_at: '2026-06-30T00:00:00Z' } });

it('a credential’s page offers the document that the API gives, as a file', async () => {
	const id = await anchoredCredentialId(sandbox());
	const [, path = ''] = /href="([^"]+)">Download the credential</.exec(await page(id)) ?? [];
	const { status, headers, data } = await open(path);
	expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
		200,
		'application/json; charset=utf-8',
		`attachment; filename="${id}-credential.json"`,
	]);
	const { signed_credential } = (await call(sandbox(), 'GET', `/credentials/${id}`)).data as { signed_credential: unknown };
	expect(data).toEqual(signed_credential);
});

it('and the same with one letter changed, which no longer verifies', async () => {
	const id = await anchoredCredentialId(sandbox());
	const [, path = ''] = /href="([^"]+)">Download it with a letter changed</.exec(await page(id)) ?? [];
	const { headers, data } = await open<Document>(path);
	expect(headers['content-disposition']).toContain(`${id}-altered.json`);
	expect(data.credentialSubject.achievement.name).toBe('Xlgebra');
	expect(await checkProof(data)).toMatchObject({ hashFits: false, pathFits: true });
});

it('changes a letter that wasn’t the same already', async () => {
	const achievement = { name: 'Xylophone', description: 'Done' };
	const batch = await anchoredBatch(sandbox(), [credential(1, { achievement })]);
	const { data } = await open<Document>(`/c/${batch.credentials[0]!.id}/altered.json`);
	expect(data.credentialSubject.achievement.name).toBe('Yylophone');
});

it('is not there before anchoring, or for nobody', async () => {
	Object.assign(sandbox().learncoin.settings, { signedAfterMs: 60_000, credentialsAppearAt: 'pending' });
	const { data } = await createBatch(sandbox());
	const { id } = (data as { credentials: [{ id: string }] }).credentials[0];
	expect(await page(id)).not.toContain('credential.json');
	for (const path of [`/c/${id}/credential.json`, `/c/${id}/altered.json`, '/c/crd_none/credential.json']) {
		expect((await open(path)).status).toBe(404);
	}
});

it('is not offered on the page of whoever was erased, and is gone where erasing takes it away', async () => {
	const id = await anchoredCredentialId(sandbox());
	await erase(id);
	expect(await page(id)).not.toContain('credential.json');
	expect((await open(`/c/${id}/credential.json`)).status).toBe(200);
	sandbox().learncoin.settings.signedCredentialAfterErase = 'null';
	expect((await open(`/c/${id}/credential.json`)).status).toBe(404);
});
