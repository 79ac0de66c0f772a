import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { readExample } from '../../n8n/demo/examples';
import { saveN8nCredentials } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import type { TableRow } from '../../n8n/rest/dataTables';
import { itemsOf, type Execution } from '../../n8n/rest/execution';
import type { WorkflowFile } from '../../n8n/rest/workflowFile';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

const onlyCheck = 'Only check';

const started = useDemo();
let demo: Demo;
let credentialIds: Record<string, string>;

beforeAll(async () => {
	demo = started();
	credentialIds = await saveN8nCredentials(demo.n8n.rest, demo.sandbox);
});

/** Another one for each test, so that its learners are others: a running n8n knows whom it issued to, and the sandbox forgets. */
let namespace = '';

beforeEach(() => {
	namespace = `a long text that nobody can guess ${randomUUID()}`;
	demo.sandbox.reset();
	demo.sandbox.moca.settings.onChainAfterMs = 50;
	Object.assign(demo.sandbox.learncoin.settings, { signedAfterMs: 20, anchoredAfterMs: 60, failBatches: false, monthlyLimit: 2500 });
});

const importExample = async (fileName: string, change: (file: WorkflowFile) => WorkflowFile = (file) => file): Promise<string> =>
	await demo.n8n.rest.importWorkflow(change(await readExample(fileName)), credentialIds);

/** Runs it well, as the Execute button does. */
async function run(workflowId: string, triggerName?: string): Promise<Execution> {
	const { rest } = demo.n8n;
	const execution = await rest.waitForExecution(await rest.runWorkflow(workflowId, triggerName), minute);
	expect(execution.data.resultData.error?.message).toBeUndefined();
	return execution;
}

const gave = (execution: Execution, nodeName: string) => itemsOf(execution, nodeName).map(({ json }) => json);
const callsOf = (route: string) => demo.sandbox.traffic.requests().filter((request) => request.route === route);
const mocaHolders = () => demo.sandbox.moca.issued().map(({ recipientEmail }) => recipientEmail);
const badges = () => demo.sandbox.learncoin.credentials();

describe('a Google sheet of learners', () => {
	const file = 'moca-sheet-bulk-issue.json';
	const read = 'Read the sheet';
	const write = 'Write it into the sheet';
	/** As n8n's Google Sheets node gives them: the row's number first, numbers and yes or no as such, and no key for empty cells at the end. */
	const rows = [
		{
			row_number: 2,
			name: 'Amara Okafor',
			email: 'amara@example.com',
			course: 'First Aid',
			score: 92,
			passed: true,
			completedOn: '2026-10-02',
		},
		{ row_number: 3, name: 'Ben Li', email: 'ben(at)example.com', course: 'First Aid', score: 78, passed: true, completedOn: '2026-10-02' },
		{ row_number: 5, name: 'Chiara Rossi', email: 'chiara@example.com', course: 'First Aid' },
		{
			row_number: 6,
			name: 'Daniel Petrov',
			email: 'daniel@example.com',
			course: 'First Aid',
			score: 88,
			passed: true,
			completedOn: '2026-10-03',
			status: 'done ',
			whatToFix: '',
			coreClaimHash: 'd'.repeat(64),
		},
		{
			row_number: 7,
			name: 'Elif Yilmaz',
			email: 'elif@example.com',
			course: 'First Aid',
			score: 'many',
			passed: true,
			completedOn: '2026-10-03',
		},
		{
			row_number: 8,
			name: 'Felipe Souza',
			email: 'felipe@example.com',
			course: 'First Aid',
			score: 71,
			passed: true,
			completedOn: '04.10.2026',
		},
	];

	let workflowId: string;

	/** Runs it over these rows, and gives what the sheet would be told. Google itself can't be reached from here. */
	async function runOver(sheet: object[], triggerName?: string) {
		await demo.n8n.rest.pinData(workflowId, { [read]: sheet, [write]: [{}] });
		return gave(await run(workflowId, triggerName), 'What to write');
	}

	beforeEach(async () => {
		workflowId = await importExample(file);
	});

	const hashOf = (email: string) => demo.sandbox.moca.issued().find(({ recipientEmail }) => recipientEmail === email)?.coreClaimHash;
	const notIssued = (rowNumber: number, why: string) => ({
		row_number: rowNumber,
		status: 'NOT ISSUED',
		whatToFix: expect.stringContaining(why) as string,
		coreClaimHash: '',
	});
	const faulty = [notIssued(3, 'ben(at)example.com'), notIssued(7, 'Score is “many”')];

	test('is checked by one click: each row says READY or what to fix, and nothing is sent', async () => {
		const [ben, elif] = faulty;
		const ready = { status: 'READY', whatToFix: '', coreClaimHash: '' };
		expect(await runOver(rows, onlyCheck)).toEqual([{ row_number: 2, ...ready }, ben, elif, { row_number: 8, ...ready }]);
		expect(callsOf('moca.issue')).toEqual([]);
	});

	test('gets DONE or what to fix into the rows by their numbers, and nothing into those that are done or not completed', async () => {
		const [ben, elif] = faulty;
		const done = { status: 'DONE', whatToFix: '' };
		expect(await runOver(rows)).toEqual([
			{ row_number: 2, ...done, coreClaimHash: hashOf('amara@example.com') },
			ben,
			elif,
			{ row_number: 8, ...done, coreClaimHash: hashOf('felipe@example.com') },
		]);
		expect(mocaHolders().sort()).toEqual(['amara@example.com', 'felipe@example.com']);
		const issued = demo.sandbox.moca.issued().find(({ recipientEmail }) => recipientEmail === 'felipe@example.com');
		expect(issued?.credentialSubject).toEqual({ course: 'First Aid', score: 71, passed: true, completedOn: '2026-10-04' });
	});

	test('is issued once when it is run again, and a corrected row then', async () => {
		const written = await runOver(rows);
		const sheet = rows.map((row) => ({ ...row, ...written.find(({ row_number }) => row_number === row.row_number) }));
		const corrected = sheet.map((row) => (row.row_number === 3 ? { ...row, email: 'ben@example.com' } : row));
		expect(await runOver(corrected)).toEqual([
			{ row_number: 3, status: 'DONE', whatToFix: '', coreClaimHash: hashOf('ben@example.com') },
			faulty[1],
		]);
		expect(mocaHolders().sort()).toEqual(['amara@example.com', 'ben@example.com', 'felipe@example.com']);
		// And when what was written is lost.
		expect((await runOver(rows)).map(({ status }) => status)).toEqual(['DONE', 'NOT ISSUED', 'NOT ISSUED', 'DONE']);
		expect(mocaHolders()).toHaveLength(3);
	});

	test('says SENT, with the claim hash, of what is not confirmed in time, and DONE the next time', async () => {
		demo.sandbox.moca.settings.onChainAfterMs = 10 * minute;
		const { rest } = demo.n8n;
		await rest.changeNode(workflowId, 'Moca Issue', { options: { waitTimeout: 1, pollInterval: 0.2 } });
		const [sent] = await runOver(rows.slice(0, 1));
		expect(sent).toMatchObject({ row_number: 2, status: 'SENT', coreClaimHash: hashOf('amara@example.com') });
		demo.sandbox.moca.settings.onChainAfterMs = 0;
		expect(await runOver([{ ...rows[0], ...sent }])).toEqual([{ ...sent, status: 'DONE', whatToFix: '' }]);
		expect(mocaHolders()).toHaveLength(1);
	});

	test('is written by what Google Sheets needs: the row’s number to find it by, and text as it is', async () => {
		const { nodes } = await readExample(file);
		expect(nodes.find(({ name }) => name === write)?.parameters).toMatchObject({
			operation: 'update',
			columns: { mappingMode: 'autoMapInputData', matchingColumns: ['row_number'] },
			options: { cellFormat: 'RAW' },
		});
	});
});

/** The table of the example workflow, as its note says to make it. */
const columns = {
	learnerNumber: 'string',
	name: 'string',
	email: 'string',
	course: 'string',
	completedOn: 'string',
	status: 'string',
	whatToFix: 'string',
	verificationLink: 'string',
	recipientId: 'string',
	credentialId: 'string',
	batchId: 'string',
} as const;

async function createTable(rows: TableRow[]): Promise<string> {
	const tableId = await demo.n8n.rest.createDataTable(`Learners ${randomUUID()}`, columns);
	await demo.n8n.rest.addRows(tableId, rows);
	return tableId;
}

const chosen = (value: string) => ({ dataTableId: { __rl: true, mode: 'list', value } });

describe('a data table of learners', () => {
	const rows = [
		{ learnerNumber: '100231', name: 'Amara Okafor', course: 'First Aid 2026', completedOn: '2026-10-02' },
		{ learnerNumber: '100232', name: 'Ben Li', course: 'First Aid 2026', completedOn: '01/02/2026' },
		{ learnerNumber: '100240', name: 'Chiara Rossi', course: 'First Aid 2026', completedOn: '' },
		{ learnerNumber: '100255', name: 'Daniel Petrov', course: 'First Aid 2026', completedOn: '03.10.2026' },
		{ learnerNumber: '100231', name: 'Amara Okafor', course: 'Data Literacy Basics', completedOn: '2026-10-09' },
		{ learnerNumber: '', name: 'Grace Mwangi', course: 'Data Literacy Basics', completedOn: '2026-10-09' },
		{ learnerNumber: '100260', name: 'Felipe Souza', course: 'Data Literacy Basics', completedOn: '2026-10-09', status: 'DONE' },
	];

	let workflowId: string;
	let tableId: string;

	const runAndRead = async (triggerName?: string) => {
		await run(workflowId, triggerName);
		return await demo.n8n.rest.tableRows(tableId);
	};
	const issued = (row: TableRow) => badges().find(({ id }) => id === row.credentialId);

	beforeEach(async () => {
		tableId = await createTable(rows);
		workflowId = await importTableWorkflow(tableId);
	});

	test('is checked by one click: each row says READY or what to fix, and nothing is sent', async () => {
		const table = await runAndRead(onlyCheck);
		expect(table.map(({ status }) => status)).toEqual(['READY', 'NOT ISSUED', null, 'READY', 'READY', 'NOT ISSUED', 'DONE']);
		expect(table.map(({ whatToFix }) => whatToFix)).toEqual([
			'',
			expect.stringContaining('01/02/2026'),
			null,
			'',
			'',
			expect.stringContaining('learner’s ID'),
			null,
		]);
		expect(callsOf('learncoin.createBatch')).toEqual([]);
	});

	test('gets DONE and the link into its rows, or what to fix; nothing else in them changes', async () => {
		const table = await runAndRead();
		expect(table).toMatchObject(rows.map(({ learnerNumber, name, course, completedOn }) => ({ learnerNumber, name, course, completedOn })));
		expect(table.map(({ status }) => status)).toEqual(['DONE', 'NOT ISSUED', null, 'DONE', 'DONE', 'NOT ISSUED', 'DONE']);
		const done = table.filter(({ verificationLink }) => verificationLink);
		expect(done.map((row) => issued(row)?.recipientName)).toEqual(['Amara Okafor', 'Daniel Petrov', 'Amara Okafor']);
		expect(done.map((row) => issued(row)?.achievementName)).toEqual(done.map(({ course }) => course));
		expect(done.map(({ verificationLink }) => verificationLink)).toEqual(done.map((row) => issued(row)?.body.verify_url));
		expect(done.map(({ recipientId }) => recipientId)).toEqual(done.map((row) => issued(row)?.recipientId));
		expect(table[1]).toMatchObject({ whatToFix: expect.stringContaining('01/02/2026') as string, verificationLink: '', credentialId: '' });
	});

	test('is issued once when it is run again, and a corrected row then; also when what was written is lost', async () => {
		const first = await runAndRead();
		await demo.n8n.rest.changeRows(tableId, 'learnerNumber', '100232', { completedOn: '2026-02-01' });
		const second = await runAndRead();
		expect(badges()).toHaveLength(4);
		expect(second.map(({ status }) => status)).toEqual(['DONE', 'DONE', null, 'DONE', 'DONE', 'NOT ISSUED', 'DONE']);
		expect(second[0]).toEqual(first[0]);

		await demo.n8n.rest.changeRows(tableId, 'learnerNumber', '100231', { status: '', verificationLink: '', credentialId: '' });
		const checked = await runAndRead(onlyCheck);
		expect(checked[0]).toMatchObject({ status: 'DONE', verificationLink: first[0]!.verificationLink });
		expect(badges()).toHaveLength(4);
	});

	test('says NOT ISSUED of a batch that LearnCoin gave up, and issues it the next time', async () => {
		demo.sandbox.learncoin.settings.failBatches = true;
		const [amara] = await runAndRead();
		expect(amara).toMatchObject({ status: 'NOT ISSUED', whatToFix: expect.stringContaining('given up') as string });
		demo.sandbox.learncoin.settings.failBatches = false;
		expect((await runAndRead())[0]).toMatchObject({ status: 'DONE', whatToFix: '' });
	});

	test('says SENT of what is not anchored in time, and brings the link the next time', async () => {
		demo.sandbox.learncoin.settings.anchoredAfterMs = 4_000;
		await demo.n8n.rest.changeNode(workflowId, 'LearnCoin Batch', { options: { waitTimeout: 1, pollInterval: 0.2 } });
		const [sent] = await runAndRead();
		expect(sent).toMatchObject({ status: 'SENT', verificationLink: '', batchId: demo.sandbox.learncoin.batches()[0]?.id });
		while (badges().some(({ status }) => status !== 'anchored')) await sleep(100);
		const [done] = await runAndRead();
		expect(done).toMatchObject({ status: 'DONE', whatToFix: '' });
		expect(issued(done!)?.recipientName).toBe('Amara Okafor');
		expect(badges()).toHaveLength(3);
	});
});

/** The example with the data table, with what a person enters before the first run. */
async function importTableWorkflow(tableId: string): Promise<string> {
	const { rest } = demo.n8n;
	const id = await importExample('learncoin-list-in-data-table.json');
	await rest.changeNode(id, 'Your table', chosen(tableId));
	await rest.changeNode(id, 'Write it into the table', chosen(tableId));
	await rest.changeNode(id, 'LearnCoin Batch', { recipientNamespace: namespace, options: { waitTimeout: 30, pollInterval: 0.2 } });
	return id;
}

describe('the morning after batches failed', () => {
	const rows = ['Amara Okafor', 'Ben Li'].map((name, index) => ({
		learnerNumber: `10023${index}`,
		name,
		course: 'First Aid 2026',
		completedOn: '2026-10-02',
	}));
	let tableId: string;
	let workflowId: string;

	const message = async () => gave(await run(workflowId), 'Your message');

	async function failTonight(): Promise<string> {
		demo.sandbox.learncoin.settings.failBatches = true;
		await run(await importTableWorkflow(tableId));
		demo.sandbox.learncoin.settings.failBatches = false;
		return demo.sandbox.learncoin.batches().at(-1)!.id;
	}

	beforeEach(async () => {
		tableId = await createTable(rows);
		workflowId = await importExample('learncoin-failed-batches-report.json');
		await demo.n8n.rest.changeNode(workflowId, 'Its learners', chosen(tableId));
	});

	test('one message says which failed, why, and whose they were; the next morning it is not told again', async () => {
		const batchId = await failTonight();
		const [first, ...more] = await message();
		expect(more).toEqual([]);
		expect(first?.subject).toBe('A LearnCoin batch failed');
		const lines = String(first?.text).split('\n');
		expect(lines[0]).toMatch(new RegExp(`^${batchId}, sent \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d, 2 credentials$`));
		expect(lines.slice(1, 4)).toEqual([
			'LearnCoin says: The anchoring transaction was not accepted.',
			'• Amara Okafor, First Aid 2026',
			'• Ben Li, First Aid 2026',
		]);
		expect(await message()).toEqual([]);
	});

	/** One that another program sent, of a learner who is in no list. */
	async function failElsewhere(): Promise<string> {
		demo.sandbox.learncoin.settings.failBatches = true;
		const batchId = await issueBadges('Chiara Rossi');
		while (demo.sandbox.learncoin.batches().some(({ status }) => status !== 'failed')) await sleep(20);
		return batchId;
	}

	test('one whose learners are in no list is told all the same', async () => {
		const batchId = await failElsewhere();
		const text = String((await message())[0]?.text);
		expect(text).toContain(`${batchId}, sent `);
		expect(text).toContain('Nobody in your table has this batch');
	});

	test('several are in one message', async () => {
		const known = await failTonight();
		const unknown = await failElsewhere();
		const [only, ...more] = await message();
		expect(more).toEqual([]);
		expect(only?.subject).toBe('2 LearnCoin batches failed');
		const parts = String(only?.text).split('\n\n');
		expect(parts.find((part) => part.startsWith(known))).toContain('• Amara Okafor, First Aid 2026');
		expect(parts.find((part) => part.startsWith(unknown))).toContain('Nobody in your table has this batch');
	});

	test('nothing failed: it ends without a message', async () => {
		await run(await importTableWorkflow(tableId));
		const execution = await run(workflowId);
		expect(execution.status).toBe('success');
		expect(Object.keys(execution.data.resultData.runData)).not.toContain('Your message');
	});

	test('what failed more than a week ago is not told', async () => {
		await failTonight();
		const [batch] = demo.sandbox.learncoin.batches();
		const weekAgo = new Date(Date.now() - 8 * 24 * 60 * minute).toISOString();
		await demo.n8n.rest.pinData(workflowId, { 'Failed batches': [{ ...batch, created_at: weekAgo }] });
		expect(await message()).toEqual([]);
	});

	test('without a table it still says which failed', async () => {
		const withoutTable = (file: WorkflowFile): WorkflowFile => ({
			...file,
			nodes: file.nodes.map((node) => (node.name === 'Its learners' ? { ...node, disabled: true } : node)),
		});
		workflowId = await importExample('learncoin-failed-batches-report.json', withoutTable);
		const batchId = await failTonight();
		expect(String((await message())[0]?.text)).toContain(batchId);
	});
});

/** Learners' badges as any other program would issue them, in one batch. Gives its ID. */
async function issueBadges(...names: string[]): Promise<string> {
	const { apiBaseUrl, apiKey } = demo.sandbox.learncoin;
	const credentials = names.map((name) => ({
		recipient: { id: `urn:uuid:${randomUUID()}`, name },
		achievement: { name: 'First Aid 2026', description: 'Knows what to do until help comes.' },
		issuanceDate: '2026-06-30T00:00:00Z',
	}));
	const headers = { authorization: `Bearer ${apiKey}` };
	return (await axios.post<{ id: string }>(`${apiBaseUrl}/batches`, { credentials }, { headers, proxy: false })).data.id;
}

describe('a badge that LearnCoin anchored, issued with Moca too', () => {
	let tableId: string;
	let workflowId: string;

	/** Of the executions of the workflow, when there are as many as expected; a little later, so that no more are to come. */
	async function executions(expected: number): Promise<Execution[]> {
		const { rest } = demo.n8n;
		for (let tries = 0; tries < 100 && (await rest.executions(workflowId)).length < expected; tries++) await sleep(100);
		await sleep(500);
		const found = await rest.executions(workflowId);
		expect(found).toHaveLength(expected);
		return await Promise.all(found.map(({ id }) => rest.waitForExecution(id, minute)));
	}

	/** The learners that LearnCoin has, with these emails, as the other example workflow leaves them in the table. */
	async function writeTable(emails: Record<string, string>): Promise<void> {
		const known = badges().filter(({ recipientName }) => recipientName !== undefined && recipientName in emails);
		await demo.n8n.rest.addRows(
			tableId,
			known.map(({ recipientName = '', recipientId }) => ({ name: recipientName, email: emails[recipientName] ?? '', recipientId })),
		);
	}

	const anchored = async () => {
		while (badges().some(({ status }) => status !== 'anchored')) await sleep(20);
	};

	beforeEach(async () => {
		const { rest } = demo.n8n;
		tableId = await createTable([]);
		workflowId = await importExample('anchored-badge-to-moca.json');
		await rest.changeNode(workflowId, 'Your table', chosen(tableId));
		await rest.changeNode(workflowId, 'Wait ten minutes', { amount: 1, unit: 'seconds' });
		await rest.publish(workflowId);
	});

	afterEach(() => demo.n8n.rest.unpublish(workflowId));

	test('goes to each learner whose email the table has, and the message says who has none', async () => {
		await issueBadges('Amara Okafor', 'Ben Li', 'Chiara Rossi', 'Daniel Petrov');
		await writeTable({ 'Amara Okafor': 'amara@example.com', 'Ben Li': '', 'Daniel Petrov': 'daniel(at)example.com' });
		const [execution] = await executions(1);
		expect(execution).toMatchObject({ status: 'success' });
		expect(demo.sandbox.moca.issued()).toMatchObject([
			{ recipientEmail: 'amara@example.com', credentialSubject: { event: 'First Aid 2026' } },
		]);
		const [message, ...more] = gave(execution!, 'Your message');
		expect(more).toEqual([]);
		expect(message?.subject).toBe('1 of 4 also issued with Moca');
		const lines = String(message?.text).split('\n');
		const lineOf = (name: string) => lines.find((line) => line.startsWith(`• ${name} (urn:uuid:`));
		expect(lines.indexOf('Not issued with Moca:')).toBe(3);
		expect(lineOf('Amara Okafor')).toContain(': onChain');
		expect(lineOf('Ben Li')).toContain(': no email in your table.');
		expect(lineOf('Chiara Rossi')).toContain(': no email in your table.');
		expect(lineOf('Daniel Petrov')).toContain('daniel(at)example.com');
	});

	test('is issued once when LearnCoin reports it twice, as a repeated delivery or as another event', async () => {
		const { learncoin } = demo.sandbox;
		await issueBadges('Amara Okafor');
		await writeTable({ 'Amara Okafor': 'amara@example.com' });
		await executions(1);
		const delivery = learncoin.deliveries().find(({ type }) => type === 'batch.anchored')!;
		await learncoin.redeliver(delivery.id);
		await executions(1);
		await learncoin.emit('batch.anchored', (JSON.parse(delivery.body) as { data: unknown }).data);
		const [again] = await executions(2);
		expect(gave(again!, 'Your message')).toMatchObject([{ subject: '1 of 1 also issued with Moca' }]);
		expect(mocaHolders()).toEqual(['amara@example.com']);
	});

	test('a batch of which LearnCoin lists nobody is told, and nothing is issued', async () => {
		const batchId = await issueBadges('Amara Okafor');
		await writeTable({ 'Amara Okafor': 'amara@example.com' });
		demo.sandbox.faults.add({
			route: 'learncoin.getBatch',
			answer: { kind: 'body', status: 200, body: { id: batchId, status: 'anchored' } },
		});
		const [execution] = await executions(1);
		expect(gave(execution!, 'Your message')).toEqual([
			{
				subject: '0 of 1 also issued with Moca',
				text: `Not issued with Moca:\n• ${batchId}: LearnCoin lists no credentials of this batch.`,
			},
		]);
		expect(mocaHolders()).toEqual([]);
	});

	test('a credential that can’t be read is told and not issued, and doesn’t hold up the others', async () => {
		const { sandbox } = demo;
		await issueBadges('Amara Okafor', 'Ben Li');
		await writeTable({ 'Amara Okafor': 'amara@example.com', 'Ben Li': 'ben@example.com' });
		sandbox.faults.add({ route: 'learncoin.getCredential', answer: { kind: 'status', status: 404 } });
		await anchored();
		const [execution] = await executions(1);
		expect(mocaHolders()).toHaveLength(1);
		const [message] = gave(execution!, 'Your message');
		expect(message?.subject).toBe('1 of 2 also issued with Moca');
		expect(message?.text).toMatch(/Not issued with Moca:\n• (Amara Okafor|Ben Li) \(urn:uuid:[^)]+\): Looking up crd_\w+ did not work/);
	});
});

describe('the warning about this month’s credentials', () => {
	const issueMany = async (count: number) => {
		await issueBadges(...Array.from({ length: count }, (_, index) => `Learner ${index}`));
	};
	const message = async (pinned?: object) => {
		const workflowId = await importExample('learncoin-credits-warning.json');
		if (pinned) await demo.n8n.rest.pinData(workflowId, { 'This month so far': [pinned] });
		return gave(await run(workflowId), 'Your message');
	};

	beforeEach(() => {
		demo.sandbox.learncoin.settings.monthlyLimit = 100;
	});

	test('does not come at 79 %', async () => {
		await issueMany(79);
		expect(await message()).toEqual([]);
	});

	test('comes at 80 %, and says how many are left', async () => {
		await issueMany(80);
		const [warning, ...more] = await message();
		expect(more).toEqual([]);
		expect(warning?.subject).toBe('80 % of this month’s LearnCoin credentials are used up');
		expect(warning?.text).toContain('Sandbox Academy has issued 80 of 100 credentials this month (test).\n20 are left.');
	});

	test('says that none are left when more are issued than the limit', async () => {
		await issueMany(101);
		expect((await message())[0]?.text).toContain('\n0 are left.');
	});

	test.each([
		['is not told', { id: 'tnt_1', name: 'School', credentials_issued_this_month: 10 }],
		['is null', { id: 'tnt_1', name: 'School', credentials_issued_this_month: 10, credentials_limit_this_month: null }],
		['is told without what was issued', { id: 'tnt_1', name: 'School', credentials_limit_this_month: 100 }],
	])('does not come when the limit %s', async (_, tenant) => {
		expect(await message(tenant)).toEqual([]);
	});
});
