import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import axios from 'axios';

import { parseCsv } from '../../n8n/demo/csv';
import { itemsOf } from '../../n8n/rest/execution';
import { readExample } from '../../n8n/demo/examples';
import { startDemo, type Demo } from '../../n8n/demo/startDemo';
import { resultFileOf } from '../../n8n/demo/mainJob';
import { packPackage } from '../../scripts/pack';

const minute = 60_000;
jest.setTimeout(minute);

let demo: Demo;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'moca-learncoin-e2e-'));
	const tarball = await packPackage();
	demo = await startDemo({ folder: join(folder, 'n8n'), tarball });
	await rm(dirname(tarball), { recursive: true });
}, 20 * minute);

afterAll(async () => {
	await demo?.stop();
	if (folder) await rm(folder, { recursive: true, force: true });
}, minute);

const idOf = (fileName: string) => demo.workflowIds[fileName] ?? fileName;

/** Runs a scheduled workflow as its schedule would, now. */
async function runNow(fileName: string) {
	const { rest } = demo.n8n;
	const execution = await rest.waitForExecution(await rest.runWorkflow(idOf(fileName)), minute);
	expect(execution.data.resultData.error?.message).toBeUndefined();
	return execution;
}

test('every node of every example workflow is there in this n8n', async () => {
	const known = await demo.n8n.rest.nodeTypes();
	const used = (await Promise.all(Object.keys(demo.workflowIds).map(readExample))).flatMap(({ nodes }) => nodes.map(({ type }) => type));
	expect(used.filter((type) => !known.includes(type))).toEqual([]);
});

describe('a finished identity check that is reported by HTTP', () => {
	const check = {
		email: 'ada@example.com',
		status: 'approved',
		countryCode: 'PT',
		isOver18: 'yes',
		kycLevel: '2',
		verifiedOn: '30.10.2026',
	};
	const report = (body: object) =>
		axios.post<Record<string, unknown>>(`${demo.n8n.url}/webhook/moca-kyc-event`, body, { proxy: false, validateStatus: () => true });
	const issued = () => demo.sandbox.moca.issued();

	beforeAll(() => demo.n8n.rest.publish(idOf('moca-kyc-event.json')));

	test('issues the facts to the person, and answers with the claim hash', async () => {
		const { status, data } = await report(check);
		expect(issued()).toEqual([
			expect.objectContaining({
				recipientEmail: check.email,
				credentialSubject: { countryCode: 'PT', isOver18: true, kycLevel: 2, verifiedOn: '2026-10-30' },
			}),
		]);
		expect({ status, data }).toEqual({
			status: 200,
			data: { issued: true, outcome: 'issued', coreClaimHash: issued()[0]?.coreClaimHash, email: check.email },
		});
	});

	test('issues nothing new when it is reported twice', async () => {
		const { status, data } = await report(check);
		expect({ status, data }).toMatchObject({ status: 200, data: { coreClaimHash: issued()[0]?.coreClaimHash } });
		expect(issued()).toHaveLength(1);
	});

	test('issues nothing when it was not passed', async () => {
		const { status, data } = await report({ ...check, email: 'ben@example.com', status: 'declined' });
		expect({ status, data }).toEqual({
			status: 200,
			data: { issued: false, reason: expect.stringContaining('declined') as string },
		});
		expect(issued()).toHaveLength(1);
	});

	test.each([
		['an address that is none', { email: 'ada(at)example.com' }, 'ada(at)example.com'],
		['a level that is no number', { email: 'cleo@example.com', kycLevel: 'high' }, 'Level is “high”'],
	])('answers what to fix: %s', async (_, changed, words) => {
		const { status, data } = await report({ ...check, ...changed });
		expect({ status, data }).toEqual({
			status: 422,
			data: {
				issued: false,
				reason: expect.stringContaining(words) as string,
				whatToDo: expect.stringMatching(/\w/) as string,
				tryAgain: false,
			},
		});
		expect(issued()).toHaveLength(1);
	});

	test('asks to report again later when Moca is down', async () => {
		demo.sandbox.faults.add({ route: 'moca.issue', times: 100, answer: { kind: 'status', status: 503 } });
		const { status, data } = await report({ ...check, email: 'dana@example.com' });
		demo.sandbox.faults.clear();
		expect({ status, data }).toMatchObject({ status: 503, data: { issued: false, tryAgain: true } });
	});
});

describe('the watch on the catalog', () => {
	const file = 'moca-catalog-watch.json';
	const message = async () => itemsOf(await runNow(file), 'Your message').map(({ json }) => json);

	test('tells of every program at first', async () => {
		const { programs } = demo.sandbox.moca.catalog;
		const [first, ...more] = await message();
		expect(more).toEqual([]);
		expect(first?.subject).toBe(`${programs.length} new in the Moca catalog`);
		expect(String(first?.text).split('\n')).toHaveLength(programs.length);
	});

	test('sends nothing when there is nothing new', async () => {
		expect(await message()).toEqual([]);
	});

	test('tells of what has come since', async () => {
		const { programs } = demo.sandbox.moca.catalog;
		programs.push({ ...programs[0]!, programId: 'prg_new', name: 'Ski Pass', description: 'For certified skiers' });
		expect(await message()).toEqual([{ subject: '1 new in the Moca catalog', text: '• Ski Pass: For certified skiers (prg_new)' }]);
	});
});

describe('the nightly look at what is still open', () => {
	const file = 'moca-nightly-status-sweep.json';
	const unknownHash = 'f'.repeat(64);
	const untouched = [
		{ name: 'Done', email: 'done@example.com', outcome: 'onChain', coreClaimHash: 'a'.repeat(64), vcId: 'vc-1', whatToFix: '' },
		{ name: 'Faulty', email: 'faulty(at)example.com', outcome: 'failed', coreClaimHash: '', vcId: '', whatToFix: 'Correct it, "please"' },
	];
	let hash: string;

	const night = async () => {
		await runNow(file);
		const rows = parseCsv(await readFile(resultFileOf(demo), 'utf8'));
		expect(rows).toHaveLength(4);
		expect(rows).toEqual(expect.arrayContaining(untouched));
		return (name: string) => rows.find((row) => row.name === name);
	};

	beforeAll(async () => {
		demo.sandbox.moca.settings.onChainAfterMs = 10 * minute;
		await demo.n8n.rest.publish(idOf('moca-kyc-event.json'));
		const body = { email: 'eve@example.com', status: 'approved', countryCode: 'NO', isOver18: true };
		const { data } = await axios.post<{ coreClaimHash: string }>(`${demo.n8n.url}/webhook/moca-kyc-event`, body, { proxy: false });
		hash = data.coreClaimHash;
		const rows = [
			...untouched,
			{ name: 'Eve', email: 'eve@example.com', outcome: 'pending', coreClaimHash: hash, vcId: '', whatToFix: '' },
			{ name: 'Lost', email: 'lost@example.com', outcome: 'issued', coreClaimHash: unknownHash, vcId: '', whatToFix: '' },
		];
		const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
		const lines = [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))].map((cells) => cells.map(cell).join(','));
		await writeFile(resultFileOf(demo), `${lines.join('\n')}\n`);
	});

	test('leaves open what is not confirmed yet, and says what it could not find', async () => {
		const row = await night();
		expect(row('Eve')).toMatchObject({ outcome: 'pending', coreClaimHash: hash, whatToFix: '' });
		expect(row('Lost')).toMatchObject({ outcome: 'issued', coreClaimHash: unknownHash, whatToFix: expect.stringMatching(/\w/) as string });
	});

	test('writes back what was confirmed since, with its ID', async () => {
		demo.sandbox.moca.settings.onChainAfterMs = 0;
		const row = await night();
		expect(row('Eve')).toMatchObject({ outcome: 'onChain', coreClaimHash: hash, whatToFix: '' });
		expect(row('Eve')?.vcId).toBe(demo.sandbox.moca.issued().find(({ coreClaimHash }) => coreClaimHash === hash)?.vcId);
		expect(row('Lost')).toMatchObject({ outcome: 'issued' });
	});

	test('asks no more about what is confirmed', async () => {
		demo.sandbox.traffic.clear();
		await night();
		const asked = demo.sandbox.traffic.requests().filter(({ route }) => route === 'moca.status');
		expect(asked.map(({ recipientEmail }) => recipientEmail)).toEqual(['lost@example.com']);
	});
});
