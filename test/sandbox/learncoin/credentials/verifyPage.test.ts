import axios from 'axios';
import { anchoredBatch, call, createBatch, credential, useLearnCoin } from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();

async function issued(changes: Record<string, unknown> = {}) {
	const { id, verify_url: url } = (await anchoredBatch(sandbox(), [credential(1, changes)])).credentials[0]!;
	return { id, url };
}

const open = async (url: string) => await axios.get<string>(url, { validateStatus: () => true });
const revoke = async (id: string) =>
	await call(sandbox(), 'POST', `/credentials/${id}/revoke`, { body: { reason: 'Wrong course', reason_code: 'issuer_error' } });
const erase = async (id: string) =>
	await call(sandbox(), 'POST', `/credentials/${id}/erase`, { body: { requester: 'recipient', verified_at: '2026-06-30T00:00:00Z' } });

it('shows who got what from whom, and that it checks no proof itself', async () => {
	const { url } = await issued();
	const { status, headers, data } = await open(url);
	expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
	for (const shown of ['Anchored', 'Algebra', 'Learner 1', 'Sandbox Academy', '2026-06-30', 'base-sepolia', 'checks none of them']) {
		expect(data).toContain(shown);
	}
	expect(data).not.toContain('@example.com');
});

it('shows a tombstone with the reason when it is revoked', async () => {
	const { id, url } = await issued();
	await revoke(id);
	const { data } = await open(url);
	expect(data).toMatch(/Revoked[\s\S]*Algebra[\s\S]*Wrong course/);
	expect(data).not.toContain('Learner 1');
});

it('shows no name when it is erased', async () => {
	const { id, url } = await issued();
	await erase(id);
	const { data } = await open(url);
	expect(data).toMatch(/Anchored[\s\S]*Algebra[\s\S]*Name erased/);
	expect(data).not.toContain('Learner 1');
});

it('shows next to nothing when it is both', async () => {
	const { id, url } = await issued();
	await revoke(id);
	await erase(id);
	const { data } = await open(url);
	expect(data).toContain('Revoked');
	expect(data).not.toMatch(/Algebra|Learner 1|Wrong course/);
});

it('says when it is expired, not anchored yet, or not there', async () => {
	const expired = await issued({ issuanceDate: '2020-01-01T00:00:00Z', expirationDate: '2021-01-01T00:00:00Z' });
	expect((await open(expired.url)).data).toContain('>Expired<');

	Object.assign(sandbox().learncoin.settings, { signedAfterMs: 60_000, credentialsAppearAt: 'pending' });
	const { data } = await createBatch(sandbox());
	expect((await open((data as { credentials: Array<{ verify_url: string }> }).credentials[0]!.verify_url)).data).toContain(
		'Not anchored yet',
	);

	const missing = await open(`${sandbox().url}/c/crd_none`);
	expect([missing.status, missing.data]).toEqual([404, expect.stringContaining('no such credential')]);
});

it('never lets a text become HTML, and allows no script', async () => {
	const script = '<script>alert(1)</script>';
	const { url } = await issued({
		recipient: { id: 'urn:uuid:00000000-0000-4000-8000-000000000001', name: script },
		achievement: { name: script, description: script, criteria: { narrative: script }, alignment: [{ targetName: script }] },
	});
	const { headers, data } = await open(url);
	expect(data).not.toContain('<script');
	expect(data).toContain('&lt;script&gt;');
	expect(headers['content-security-policy']).toContain("default-src 'none'");
	expect(headers['content-security-policy']).not.toContain('script-src');
});
