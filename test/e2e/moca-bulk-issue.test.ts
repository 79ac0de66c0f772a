import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { parseCsv } from '../../n8n/demo/csv';
import { itemsOf } from '../../n8n/rest/execution';
import { readExample } from '../../n8n/demo/examples';
import { mocaCredentialData, mocaCredentialType } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import { faultsIn, mainJobFile, resultFileOf, runMainJob, type MainJobResult } from '../../n8n/demo/mainJob';
import { n8n as manifest } from '../../package.json';
import { defaultMocaSettings } from '../../sandbox/moca/settings';
import { privateParts } from '../support/keys';
import { serveReplies } from '../support/loopback';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

// At this level n8n says the most: what must never be said is looked for in its log.
const started = useDemo({ env: { N8N_LOG_LEVEL: 'debug' } });
let demo: Demo;

beforeAll(() => void (demo = started()));

const foreignKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Runs the main job's workflow with another n8n credential in its node. */
async function runWithCredential(data: Record<string, string>) {
	const { rest } = demo.n8n;
	const id = await rest.createCredential(mocaCredentialType, 'Another partner', data);
	const workflowId = await rest.importWorkflow(await readExample(mainJobFile), { [mocaCredentialType]: id });
	return rest.waitForExecution(await rest.runWorkflow(workflowId), minute);
}

test('n8n loads every node and both n8n credentials out of the packed package', async () => {
	const nameIn = (file: string) =>
		basename(file)
			.split('.')[0]!
			.replace(/^./, (letter) => letter.toLowerCase());
	const nodes = manifest.nodes.map((file) => `n8n-nodes-moca-learncoin.${nameIn(file)}`);
	expect(nodes).toHaveLength(9);
	expect(await demo.n8n.rest.nodeTypes()).toEqual(expect.arrayContaining(nodes));
	expect(await demo.n8n.rest.credentialTypes()).toEqual(expect.arrayContaining(manifest.credentials.map(nameIn)));
});

describe('the connection test of the n8n credential', () => {
	const check = (changed: Record<string, string> = {}) =>
		demo.n8n.rest.testCredential(mocaCredentialType, { ...mocaCredentialData(demo.sandbox), ...changed });

	afterEach(() => {
		Object.assign(demo.sandbox.moca.settings, defaultMocaSettings());
	});

	test('says OK for a good set-up', async () => {
		expect(await check()).toMatchObject({ status: 'OK' });
	});

	test('tells a wrong key', async () => {
		const answer = await check({ privateKey: foreignKey() });
		expect(answer).toEqual({ status: 'Error', message: expect.stringContaining('Wrong key') });
	});

	test('tells an unknown key ID', async () => {
		expect(await check({ keyId: 'no-such-key' })).toEqual({ status: 'Error', message: expect.stringContaining('Unknown key ID') });
	});

	test("tells a feature that isn't enabled", async () => {
		demo.sandbox.moca.settings.featureEnabled = false;
		expect(await check()).toEqual({ status: 'Error', message: expect.stringContaining('may not issue') });
	});

	test('names the scope that works, and fails with another', async () => {
		Object.assign(demo.sandbox.moca.settings, { acceptedScopes: ['issue'], unauthorizedMessage: 'generic' });
		expect(await check()).toEqual({
			status: 'Error',
			message: 'This works with the scope “issue”, and not with “issue on-behalf”. Enter issue as Scope.',
		});
		expect(await check({ scope: 'issue' })).toMatchObject({ status: 'OK' });
	});

	test('tells a catalog that is not where it was entered', async () => {
		const catalogBaseUrl = `${demo.sandbox.url}/elsewhere`;
		expect(await check({ catalogBaseUrl })).toEqual({ status: 'Error', message: expect.stringContaining('Correct the Catalog Base URL') });
		expect(await check({ catalogBaseUrl: '' })).toMatchObject({ status: 'OK' });
	});

	test('looks at the JWKS that n8n itself serves, where its address is entered', async () => {
		expect(await check({ jwksUrl: demo.jwksUrl })).toMatchObject({ status: 'OK' });
		expect(await check({ jwksUrl: demo.sandbox.moca.ecPartner.jwksUrl })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^Unknown key ID.*It has “/),
		});
	});

	test('tells loudly of a private key at that address, and nothing of what is in it', async () => {
		const key = createPrivateKey(demo.sandbox.moca.partner.privateKeyPem);
		const keys = [{ ...key.export({ format: 'jwk' }), kid: demo.sandbox.moca.partner.keyId }];
		const exposed = await serveReplies(() => ({ status: 200, body: JSON.stringify({ keys }) }));
		const { status, message } = await check({ jwksUrl: exposed.url });
		await exposed.stop();
		expect(status).toBe('Error');
		expect(message).toMatch(/^Your private key is public at http.*: take it down and make a new one\./);
		expect(privateParts(key).filter((part) => message.includes(part))).toEqual([]);
	});
});

describe('a CSV file of 25 learners, two of them faulty', () => {
	let first: MainJobResult;

	test(
		'ends with 23 on-chain and 2 explained, in the order of the file, and says so in the result file',
		async () => {
			first = await runMainJob(demo);
			expect(await faultsIn(first, demo)).toEqual([]);
			expect(first.fileRows).toHaveLength(25);
			expect(first.rows.filter(({ outcome }) => outcome === 'onChain')).toHaveLength(23);
			expect(first.rows.filter(({ outcome }) => outcome === 'failed')).toEqual([
				expect.objectContaining({ name: 'Lena Hoffmann', whatToFix: expect.stringContaining('lena.hoffmann(at)example.com') }),
				expect.objectContaining({ name: 'Quentin Dubois', whatToFix: expect.stringContaining('Score is “ninety”') }),
			]);
		},
		3 * minute,
	);

	test('stands in the list of executions as a finished manual run', async () => {
		const listed = (await demo.n8n.rest.executions()).find(({ id }) => id === first.execution.id);
		expect(listed).toMatchObject({ status: 'success', mode: 'manual' });
	});

	test('asks nothing for the learner whose address is none, and leaves each item paired to its learner', () => {
		const asked = demo.sandbox.traffic.requests().map(({ recipientEmail }) => recipientEmail);
		expect(asked).not.toContain('lena.hoffmann(at)example.com');
		expect(itemsOf(first.execution, 'Moca Issue').map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 25 }, (_, item) => ({ item })),
		);
	});

	test(
		'issues nothing new when it is run again',
		async () => {
			const second = await runMainJob(demo);
			expect(await faultsIn(second, demo)).toEqual([]);
			expect(second.rows.map(({ coreClaimHash }) => coreClaimHash)).toEqual(first.rows.map(({ coreClaimHash }) => coreClaimHash));
		},
		3 * minute,
	);

	test(
		'is checked by one click: a file of its own says ready or what to fix, nothing is sent, and the result stays as it was',
		async () => {
			const { n8n, sandbox, workflowIds } = demo;
			const result = await readFile(resultFileOf(demo), 'utf8');
			sandbox.traffic.clear();
			const execution = await n8n.rest.waitForExecution(await n8n.rest.runWorkflow(workflowIds[mainJobFile] ?? '', 'Only check'), minute);
			expect(execution).toMatchObject({ status: 'success' });
			expect(sandbox.traffic.requests().filter(({ route }) => route === 'moca.issue' || route === 'moca.status')).toEqual([]);
			const checked = parseCsv(await readFile(join(n8n.filesFolder, 'learners-check.csv'), 'utf8'));
			expect(checked.map(({ name, whatToFix }) => [name, whatToFix])).toEqual(first.rows.map(({ name, whatToFix }) => [name, whatToFix]));
			expect(checked.filter(({ outcome }) => outcome === 'ready')).toHaveLength(23);
			expect(checked.filter(({ outcome }) => outcome === 'failed')).toHaveLength(2);
			expect(await readFile(resultFileOf(demo), 'utf8')).toBe(result);
		},
		3 * minute,
	);
});

test(
	'stopping an execution that waits ends its requests within two seconds',
	async () => {
		const { sandbox, n8n, workflowIds } = demo;
		sandbox.reset();
		const { onChainAfterMs } = sandbox.moca.settings;
		sandbox.moca.settings.onChainAfterMs = 10 * minute;
		const executionId = await n8n.rest.runWorkflow(workflowIds[mainJobFile] ?? '');
		while (sandbox.traffic.requests().filter(({ route }) => route === 'moca.status').length < 5) await sleep(50);

		await n8n.rest.stopExecution(executionId);
		const stoppedAt = Date.now();
		await sleep(8_000); // in which each learner's second and third look would fall

		expect(sandbox.traffic.requests().filter(({ at }) => at > stoppedAt + 2_000)).toEqual([]);
		expect((await n8n.rest.waitForExecution(executionId, minute)).status).toBe('canceled');
		sandbox.moca.settings.onChainAfterMs = onChainAfterMs;
	},
	3 * minute,
);

test(
	'neither the private key nor a token gets into execution data or the log, also when Moca refuses',
	async () => {
		const { sandbox, n8n } = demo;
		const wrongKey = foreignKey();
		const refused = await runWithCredential({ ...mocaCredentialData(sandbox), privateKey: wrongKey });
		const unreachable = await runWithCredential({ ...mocaCredentialData(sandbox), apiBaseUrl: 'http://127.0.0.1:9/v1' });
		sandbox.moca.settings.featureEnabled = false;
		const notEnabled = await runMainJob(demo);
		sandbox.moca.settings.featureEnabled = true;
		for (const execution of [refused, unreachable, notEnabled.execution])
			expect(itemsOf(execution, 'Moca Issue').filter(({ json }) => json.error !== undefined)).toHaveLength(25);

		const listed = await n8n.rest.executions();
		const executions = await Promise.all(listed.map(({ id }) => n8n.rest.waitForExecution(id, minute)));
		const said = JSON.stringify(executions) + (await readFile(n8n.logFile, 'utf8'));
		expect(said).toContain('amara.okafor@example.com');
		for (const key of [sandbox.moca.partner.privateKeyPem, wrongKey])
			for (const line of key.split('\n').filter((text) => text.length === 64)) expect(said.includes(line)).toBe(false);
		expect(said.match(/eyJ[\w-]{10,}\.[\w-]+\.[\w-]+/g)).toBeNull();
	},
	5 * minute,
);
