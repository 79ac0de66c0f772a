import { readFile, writeFile } from 'node:fs/promises';

import axios from 'axios';

import { parseCsv } from '../../n8n/demo/csv';
import { itemsOf } from '../../n8n/rest/execution';
import { readExample } from '../../n8n/demo/examples';
import type { Demo } from '../../n8n/demo/startDemo';
import { resultFileOf } from '../../n8n/demo/mainJob';
import { defaultMocaSettings } from '../../sandbox/moca/settings';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

const started = useDemo();
let demo: Demo;

beforeAll(() => void (demo = started()));

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
	// Moca's own example of an event (docs/api/moca.md 7.5).
	const check = { userEmail: 'ada@example.com', kycLevel: 'basic' };
	const report = (body: object) =>
		axios.post<Record<string, unknown>>(`${demo.n8n.url}/webhook/moca-kyc-event`, body, { proxy: false, validateStatus: () => true });
	const issuedTo = (email: string) => demo.sandbox.moca.issued().filter(({ recipientEmail }) => recipientEmail === email);
	const issueCalls = () => demo.sandbox.traffic.requests().filter(({ route }) => route === 'moca.issue');

	beforeAll(() => demo.n8n.rest.publish(idOf('moca-kyc-event.json')));
	afterEach(() => {
		demo.sandbox.faults.clear();
		Object.assign(demo.sandbox.moca.settings, defaultMocaSettings());
	});

	test('of the documented form issues the facts to the person, and answers as documented once it is on the chain', async () => {
		const startedAt = Math.floor(Date.now() / 1000) * 1000;
		const { status, data } = await report(check);
		const [issued, ...more] = issuedTo(check.userEmail);
		expect(more).toEqual([]);
		expect(issued?.credentialSubject).toEqual({ kycVerified: true, kycLevel: 'basic', verifiedAt: expect.any(String) as string });
		expect(Date.parse(String(issued?.credentialSubject.verifiedAt))).toBeGreaterThanOrEqual(startedAt);
		expect({ status, data }).toEqual({
			status: 200,
			data: { success: true, outcome: 'onChain', coreClaimHash: issued?.coreClaimHash, vcId: issued?.vcId },
		});
	});

	test('is issued with the time of the check, where it says one', async () => {
		await report({ userEmail: 'bea@example.com', kycLevel: 2, verifiedAt: '2026-10-30T09:00:00Z' });
		expect(issuedTo('bea@example.com').map(({ credentialSubject }) => credentialSubject)).toEqual([
			{ kycVerified: true, kycLevel: '2', verifiedAt: '2026-10-30T09:00:00Z' },
		]);
	});

	test.each([{}, { kycLevel: 'basic' }, { userEmail: ' ' }])(
		'without an email is answered as documented, and nothing is sent: %j',
		async (body) => {
			const before = issueCalls().length;
			expect(await report(body)).toMatchObject({ status: 400, data: { error: 'Missing userEmail' } });
			expect(issueCalls()).toHaveLength(before);
		},
	);

	test.each(['existing', 'conflict'] as const)(
		'issues nothing new when it is reported twice (duplicates answered with %s)',
		async (answer) => {
			demo.sandbox.moca.settings.onDuplicateIgnore = answer;
			const { status, data } = await report(check);
			const [issued] = issuedTo(check.userEmail);
			expect(issuedTo(check.userEmail)).toHaveLength(1);
			expect({ status, data }).toEqual({
				status: 200,
				data:
					answer === 'existing'
						? { success: true, outcome: 'onChain', coreClaimHash: issued?.coreClaimHash, vcId: issued?.vcId }
						: { success: true, outcome: 'alreadyIssued', note: expect.stringContaining('has this credential already') as string },
			});
		},
	);

	test('issues nothing when it says that it was not passed', async () => {
		const { status, data } = await report({ userEmail: 'ben@example.com', kycLevel: 'basic', status: 'declined' });
		expect({ status, data }).toEqual({
			status: 200,
			data: { success: false, reason: 'The check was not passed: its status is declined' },
		});
		expect(issuedTo('ben@example.com')).toEqual([]);
	});

	test('is no success while the chain takes longer, and says how to go on, with the claim hash', async () => {
		demo.sandbox.moca.settings.onChainAfterMs = 10 * minute;
		const { status, data } = await report({ ...check, userEmail: 'carl@example.com' });
		expect({ status, data }).toEqual({
			status: 202,
			data: {
				success: false,
				outcome: 'pending',
				coreClaimHash: issuedTo('carl@example.com')[0]?.coreClaimHash,
				reason: 'Moca accepted it, and it is not on the chain yet.',
				whatToDo: 'Look it up later with Moca Status.',
			},
		});
	});

	test('is no success in a state that Moca does not document', async () => {
		demo.sandbox.moca.settings.finalStatus = 'REMOVE';
		const { status, data } = await report({ ...check, userEmail: 'cleo@example.com' });
		expect({ status, data }).toEqual({
			status: 202,
			data: {
				success: false,
				outcome: 'unknown',
				coreClaimHash: issuedTo('cleo@example.com')[0]?.coreClaimHash,
				reason: 'Moca gives it the state REMOVE, which its documents do not name.',
				whatToDo: 'Look at it in the Moca dashboard: Issuer, Records.',
			},
		});
	});

	test('is no success where Moca’s answer may mean that the person declined', async () => {
		Object.assign(demo.sandbox.moca.settings, { declinedRecipients: ['dora@example.com'], conflictMessage: 'generic' });
		const { status, data } = await report({ ...check, userEmail: 'dora@example.com' });
		expect({ status, data }).toMatchObject({
			status: 202,
			data: { success: false, outcome: 'unknown', reason: expect.stringMatching(/has this credential already or declined/) as string },
		});
	});

	test.each([
		['an address that is none', { userEmail: 'ada(at)example.com' }, 'ada(at)example.com', false],
		['a level that is no text', { userEmail: 'eve@example.com', kycLevel: ['basic'] }, 'Level is a list', false],
	])('fails as documented, with what to do: %s', async (_, changed, words, tryAgain) => {
		const before = issueCalls().length;
		const { status, data } = await report({ ...check, ...changed });
		expect({ status, data }).toEqual({
			status: 500,
			data: { success: false, error: expect.stringContaining(words) as string, whatToDo: expect.stringMatching(/\w/) as string, tryAgain },
		});
		expect(issueCalls()).toHaveLength(before);
	});

	test.each([
		['refuses', 403, false],
		['is down', 503, true],
	])('fails as documented when Moca %s, and says whether a later try can work', async (_, httpStatus, tryAgain) => {
		demo.sandbox.faults.add({ route: 'moca.issue', times: 100, answer: { kind: 'status', status: httpStatus } });
		const { status, data } = await report({ ...check, userEmail: 'dana@example.com' });
		expect({ status, data }).toMatchObject({ status: 500, data: { success: false, error: expect.any(String) as string, tryAgain } });
		expect(issuedTo('dana@example.com')).toEqual([]);
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
		const body = { userEmail: 'eve@example.com', kycLevel: 'basic' };
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
