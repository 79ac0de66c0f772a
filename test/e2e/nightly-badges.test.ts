import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import axios from 'axios';

import { parseCsv } from '../../n8n/demo/csv';
import { badgeFormFile, readExample } from '../../n8n/demo/examples';
import { learnCoinCredentialData, learnCoinCredentialType } from '../../n8n/demo/n8nCredentials';
import { issueSampleBadge } from '../../n8n/demo/sampleBadge';
import type { Demo } from '../../n8n/demo/startDemo';
import { itemsOf, type Execution } from '../../n8n/rest/execution';
import { smallWorkflow, type SmallNode } from '../../n8n/rest/smallWorkflow';
import { withParameters, type WorkflowFile } from '../../n8n/rest/workflowFile';
import { submitForm } from '../support/n8nForm';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

const started = useDemo();
jest.setTimeout(3 * minute);
let demo: Demo;
let learnCoinId: string;

beforeAll(async () => {
	demo = started();
	Object.assign(demo.sandbox.learncoin.settings, { signedAfterMs: 50, anchoredAfterMs: 150 });
	learnCoinId = await demo.n8n.rest.createCredential(learnCoinCredentialType, 'LearnCoin', learnCoinCredentialData(demo.sandbox));
});

async function run(file: WorkflowFile): Promise<Execution> {
	const { rest } = demo.n8n;
	const id = await rest.importWorkflow(file, { [learnCoinCredentialType]: learnCoinId });
	const execution = await rest.waitForExecution(await rest.runWorkflow(id), minute);
	expect(execution.data.resultData.error?.message).toBeUndefined();
	return execution;
}

const inFiles = (...names: string[]) => join(demo.n8n.filesFolder, ...names);
const readCsv = async (name: string) => parseCsv(await readFile(inFiles(name), 'utf8'));

const ids = (...given: string[]): SmallNode => ({
	name: 'IDs',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: `return ${JSON.stringify(given)}.map((id) => ({ json: { id } }));` },
});

const credentialNode = (name: string, parameters: Record<string, unknown>): SmallNode => ({
	name,
	type: 'n8n-nodes-moca-learncoin.learnCoinCredential',
	parameters: { credentialId: '={{ $json.id }}', ...parameters },
	credentials: { [learnCoinCredentialType]: { id: '', name: '' } },
});

interface Verdict {
	outcome: string;
	valid: boolean;
	recipientName: string;
	notCovered: string[];
	steps: Array<{ step: string; verdict: string; reason: string }>;
}

/** The example that checks a folder of badges: what its node says of each file, by its name, and the rows of its report. */
async function verifyFolder(askLearnCoin: boolean) {
	const rpcUrl = demo.sandbox.chain.rpcUrls['base-sepolia'];
	const execution = await run(
		withParameters(await readExample('verify-a-list.json'), { Verify: (before) => ({ ...before, rpcUrl, askLearnCoin }) }),
	);
	const verdicts = itemsOf(execution, 'Verify').map(({ json }) => json as unknown as Verdict);
	const report = await readCsv('badges-report.csv');
	return { verdicts: new Map(report.map(({ file }, index) => [file, verdicts[index]!])), report };
}

const step = ({ steps }: Verdict, name: string) => steps.find((one) => one.step === name);

test('the nightly batch, downloaded: genuine by file, its dates named as uncovered; revoked after its revocation; altered with a letter changed', async () => {
	const nightly = withParameters(await readExample('learncoin-nightly-batch.json'), {
		'LearnCoin Batch': (before) => ({
			...before,
			recipientNamespace: 'a long text that nobody can guess',
			options: { waitTimeout: 30, pollInterval: 0.2 },
		}),
	});
	await run(nightly);
	const issued = (await readCsv('verification-links.csv')).filter(({ credentialId }) => credentialId !== '');
	expect(issued.map(({ outcome }) => outcome)).toEqual(Array(8).fill('anchored'));
	const fileOf = (row: Record<string, string>) => `${row.credentialId}.jsonld`;

	await mkdir(inFiles('badges'));
	await run(
		smallWorkflow(
			'Download the badges',
			ids(...issued.map(({ credentialId }) => credentialId!)),
			credentialNode('Download', { operation: 'get', download: true }),
			{
				name: 'Keep the file',
				type: 'n8n-nodes-base.readWriteFile',
				parameters: { operation: 'write', fileName: '=.n8n-files/badges/{{ $json.id }}.jsonld', dataPropertyName: 'data', options: {} },
			},
		),
	);
	expect((await readdir(inFiles('badges'))).sort()).toEqual(issued.map(fileOf).sort());

	const first = await verifyFolder(false);
	for (const row of issued) {
		const verdict = first.verdicts.get(fileOf(row))!;
		expect(verdict).toMatchObject({ outcome: 'genuine', valid: true, recipientName: row.name, notCovered: ['issuanceDate'] });
		expect(step(verdict, 'coverage')).toMatchObject({ verdict: 'partly', reason: expect.stringContaining('issuanceDate') as string });
		expect(step(verdict, 'status')).toMatchObject({ verdict: 'notChecked' });
	}
	expect(first.report.map(({ outcome, notCovered }) => [outcome, notCovered])).toEqual(Array(8).fill(['genuine', 'issuanceDate']));

	const [revoked, changed, ...others] = issued;
	await run(
		smallWorkflow(
			'Revoke one',
			ids(revoked!.credentialId!),
			credentialNode('Revoke', { operation: 'revoke', reason: 'Issued by mistake', reasonCode: 'issuer_error' }),
		),
	);
	const text = await readFile(inFiles('badges', fileOf(changed!)), 'utf8');
	const initial = changed!.name![0]!;
	const name = `${initial === 'X' ? 'Y' : 'X'}${changed!.name!.slice(1)}`;
	await writeFile(inFiles('badges', fileOf(changed!)), text.replace(`"name": "${changed!.name}"`, `"name": "${name}"`));

	const second = await verifyFolder(true);
	const takenBack = second.verdicts.get(fileOf(revoked!))!;
	expect(takenBack).toMatchObject({ outcome: 'revoked', valid: false, recipientName: revoked!.name });
	expect([step(takenBack, 'hash')?.verdict, step(takenBack, 'status')]).toEqual([
		'holds',
		{ step: 'status', verdict: 'fails', reason: 'LearnCoin says that it was revoked.' },
	]);
	const altered = second.verdicts.get(fileOf(changed!))!;
	expect(altered).toMatchObject({ outcome: 'altered', valid: false, recipientName: name });
	expect(step(altered, 'hash')).toMatchObject({
		verdict: 'fails',
		reason: expect.stringContaining('changed after it was issued') as string,
	});
	for (const row of others) {
		const verdict = second.verdicts.get(fileOf(row))!;
		expect(verdict).toMatchObject({ outcome: 'genuine', valid: true });
		expect(step(verdict, 'status')).toMatchObject({ verdict: 'holds' });
	}
	const why = new Map(second.report.map((row) => [row.file, row.why]));
	expect(why.get(fileOf(changed!))).toMatch(/hash: Its hash is another one/);
	expect(why.get(fileOf(revoked!))).toMatch(/status: LearnCoin says that it was revoked/);
});

test('the form, as npm start has imported it, says of the badge that npm start prints that it is genuine, and of the other that it was altered', async () => {
	const { genuine, altered } = await issueSampleBadge(demo.sandbox);
	await demo.n8n.rest.publish(demo.workflowIds[badgeFormFile]!);
	const { nodes } = await readExample(badgeFormFile);
	const form = `${demo.n8n.url}/form/${String(nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger')?.webhookId)}`;
	const handIn = async (url: string) => {
		const { data } = await axios.get<ArrayBuffer>(url, { proxy: false, responseType: 'arraybuffer' });
		return await submitForm(form, undefined, { fields: {}, files: { Badge: { name: 'badge.json', content: new Uint8Array(data) } } });
	};
	expect(await handIn(genuine)).toMatch(/Genuine.*✓ hash: .*✓ anchor: .*✓ issuer: /s);
	expect(await handIn(altered)).toMatch(/Not genuine: it was altered.*✗ hash: /s);
});
