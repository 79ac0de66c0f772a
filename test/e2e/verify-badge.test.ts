import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import axios from 'axios';

import { parseCsv } from '../../n8n/demo/csv';
import { readExample } from '../../n8n/demo/examples';
import { learnCoinCredentialData, learnCoinCredentialType } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import { askUntil } from '../../n8n/processes/askUntil';
import { itemsOf } from '../../n8n/rest/execution';
import { smallWorkflow } from '../../n8n/rest/smallWorkflow';
import { withParameters } from '../../n8n/rest/workflowFile';
import { bakePng, bakeSvg } from '../support/badges/bake';
import { submitForm } from '../support/n8nForm';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

const started = useDemo();
jest.setTimeout(2 * minute);
let demo: Demo;
let learnCoinId: string;
let rpcUrl: string;

beforeAll(async () => {
	demo = started();
	Object.assign(demo.sandbox.learncoin.settings, { signedAfterMs: 20, anchoredAfterMs: 60 });
	learnCoinId = await demo.n8n.rest.createCredential(learnCoinCredentialType, 'LearnCoin', learnCoinCredentialData(demo.sandbox));
	rpcUrl = demo.sandbox.chain.rpcUrls['base-sepolia'];
});

interface Badge {
	id: string;
	/** The file that the learner has. */
	text: string;
}

/** Badges of one batch, downloaded by their learners once it is anchored. */
async function badgesFor(...names: string[]): Promise<Badge[]> {
	const { apiBaseUrl, apiKey } = demo.sandbox.learncoin;
	const http = axios.create({ baseURL: apiBaseUrl, proxy: false, headers: { authorization: `Bearer ${apiKey}` } });
	const credentials = names.map((name) => ({
		recipient: { id: `urn:uuid:${randomUUID()}`, name },
		achievement: { name: 'First Aid', description: 'Knows what to do until help comes.' },
		issuanceDate: '2026-06-30T00:00:00Z',
	}));
	const { id } = (await http.post<{ id: string }>('/batches', { credentials })).data;
	const isAnchored = async () => (await http.get<{ status: string }>(`/batches/${id}`)).data.status === 'anchored';
	expect(await askUntil(isAnchored, Boolean, { everyMs: 50, timeoutMs: 10_000 })).toBe(true);
	const issued = demo.sandbox.learncoin
		.credentials()
		.filter(({ recipientId }) => credentials.some(({ recipient }) => recipient.id === recipientId));
	return await Promise.all(
		issued.map(async (one) => ({
			id: one.id,
			text: (
				await axios.get<string>(`${demo.sandbox.url}/c/${one.id}/credential.json`, {
					proxy: false,
					responseType: 'text',
					transformResponse: [],
				})
			).data,
		})),
	);
}

const changed = (text: string): string => text.replace('First Aid', 'First Aif');

type Json = Record<string, unknown>;

/** LearnCoin Credential, Verify, for a document. */
async function verify(text: string, parameters: Json = {}, withCredential = false): Promise<Json> {
	const { rest } = demo.n8n;
	const id = await rest.importWorkflow(
		smallWorkflow('Verify', {
			name: 'Verify',
			type: 'n8n-nodes-moca-learncoin.learnCoinCredential',
			parameters: { operation: 'verify', source: 'json', documentJson: text, rpcUrl, ...parameters },
			...(withCredential && { credentials: { [learnCoinCredentialType]: { id: '', name: '' } } }),
		}),
		{ [learnCoinCredentialType]: learnCoinId },
	);
	const execution = await rest.waitForExecution(await rest.runWorkflow(id), minute);
	expect(execution.data.resultData.error?.message).toBeUndefined();
	return itemsOf(execution, 'Verify')[0]!.json;
}

const verdicts = ({ steps }: Json) =>
	Object.fromEntries((steps as Array<{ step: string; verdict: string }>).map(({ step, verdict }) => [step, verdict]));

test('what LearnCoin issued verifies without a key of LearnCoin, and the fields that its proof leaves open are named', async () => {
	const [badge] = await badgesFor('Amara Okafor');
	const result = await verify(badge!.text);
	expect(result).toMatchObject({ outcome: 'genuine', valid: true, recipientName: 'Amara Okafor', notCovered: ['issuanceDate'] });
	expect(verdicts(result)).toMatchObject({
		format: 'holds',
		hash: 'holds',
		coverage: 'partly',
		path: 'holds',
		anchor: 'holds',
		issuer: 'holds',
	});
	expect(result.anchor).toMatchObject({
		chain: 'Base Sepolia',
		explorerUrl: expect.stringContaining('https://sepolia.basescan.org/tx/0x') as string,
	});
});

test('with a letter changed it is altered, and the hash says so', async () => {
	const [badge] = await badgesFor('Amara Okafor');
	const result = await verify(changed(badge!.text));
	expect(result).toMatchObject({ outcome: 'altered', valid: false });
	expect(verdicts(result).hash).toBe('fails');
});

test('after its revocation it is revoked, where LearnCoin is asked; the proof itself still holds', async () => {
	const [badge] = await badgesFor('Amara Okafor');
	const { apiBaseUrl, apiKey } = demo.sandbox.learncoin;
	const headers = { authorization: `Bearer ${apiKey}` };
	await axios.post(
		`${apiBaseUrl}/credentials/${badge!.id}/revoke`,
		{ reason: 'Issued by mistake', reason_code: 'issuer_error' },
		{ headers, proxy: false },
	);
	expect(await verify(badge!.text, { askLearnCoin: true }, true)).toMatchObject({ outcome: 'revoked', valid: false });
	expect(await verify(badge!.text)).toMatchObject({ outcome: 'genuine' });
});

test('without an RPC URL nobody can tell, and it says why', async () => {
	const [badge] = await badgesFor('Amara Okafor');
	const result = await verify(badge!.text, { rpcUrl: '' });
	expect(result).toMatchObject({ outcome: 'unverifiable', valid: false });
	expect(verdicts(result)).toMatchObject({ hash: 'holds', path: 'holds', anchor: 'notChecked' });
});

describe('the form for whoever was given a badge', () => {
	let url: string;

	beforeAll(async () => {
		const file = withParameters(await readExample('verify-a-badge.json'), { Verify: (before) => ({ ...before, rpcUrl }) });
		await demo.n8n.rest.publish(await demo.n8n.rest.importWorkflow(file, { [learnCoinCredentialType]: learnCoinId }));
		url = `${demo.n8n.url}/form/${String(file.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger')?.webhookId)}`;
	});

	const handIn = (name: string, content: string | Buffer) =>
		submitForm(url, undefined, { fields: {}, files: { Badge: { name, content: new Uint8Array(Buffer.from(content)) } } });

	test.each([
		['a file', 'badge.json', (text: string) => text],
		['a picture', 'badge.png', (text: string) => bakePng(text)],
		['a drawing', 'badge.svg', (text: string) => bakeSvg({ json: text })],
	])('says of %s that it is genuine, step by step', async (_what, name, make) => {
		const [badge] = await badgesFor('Amara Okafor');
		const page = await handIn(name, make(badge!.text));
		expect(page).toContain('Genuine');
		expect(page).toContain('for Amara Okafor');
		expect(page).toMatch(/✓ hash: .*✓ anchor: /s);
		expect(page).toContain('anybody can have changed it: issuanceDate');
	});

	test('says that an altered one is not, and where', async () => {
		const [badge] = await badgesFor('Amara Okafor');
		expect(await handIn('badge.json', changed(badge!.text))).toMatch(/Not genuine: it was altered.*✗ hash: /s);
	});

	test('says of a picture without a badge what to hand in', async () => {
		expect(await handIn('holiday.png', bakePng(undefined))).toMatch(/This cannot be said for sure|This could not be checked/);
	});
});

test('a folder of badges becomes a report with a row for each, and one bad file stops nobody', async () => {
	const [ada, ben] = await badgesFor('Ada Lovelace', 'Ben Li');
	const badges = join(demo.n8n.filesFolder, 'badges');
	await mkdir(badges, { recursive: true });
	await writeFile(join(badges, 'ada.json'), ada!.text);
	await writeFile(join(badges, 'ben.json'), changed(ben!.text));
	await writeFile(join(badges, 'note.json'), '{ "not": "a badge" }');
	const file = withParameters(await readExample('verify-a-list.json'), { Verify: (before) => ({ ...before, rpcUrl }) });
	const { rest } = demo.n8n;
	const id = await rest.importWorkflow(file, { [learnCoinCredentialType]: learnCoinId });
	const execution = await rest.waitForExecution(await rest.runWorkflow(id), minute);
	expect(execution.data.resultData.error?.message).toBeUndefined();
	const report = parseCsv(await readFile(join(demo.n8n.filesFolder, 'badges-report.csv'), 'utf8'));
	const rows = Object.fromEntries(report.map((row) => [String(row.file), row]));
	expect(rows['ada.json']).toMatchObject({
		outcome: 'genuine',
		valid: 'TRUE',
		recipient: 'Ada Lovelace',
		why: '',
		notCovered: 'issuanceDate',
	});
	expect(rows['ben.json']).toMatchObject({ outcome: 'altered', valid: 'FALSE', why: expect.stringMatching(/hash: \w/) as string });
	expect(rows['note.json']).toMatchObject({ outcome: 'unverifiable', valid: 'FALSE', why: expect.stringMatching(/format: \w/) as string });
});
