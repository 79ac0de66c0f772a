import { randomUUID } from 'node:crypto';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { parseCsv } from '../../n8n/demo/csv';
import { itemsOf, type Execution } from '../../n8n/rest/execution';
import { examplesFolder, readExample } from '../../n8n/demo/examples';
import { learnCoinCredentialData, learnCoinCredentialType } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import type { WorkflowFile } from '../../n8n/rest/workflowFile';
import { smallWorkflow, type SmallNode } from '../../n8n/rest/smallWorkflow';
import { deriveRecipientId } from '../../lib/learncoin/credentials/recipientId';
import { submitForm, type FormAnswers, type FormPage } from '../support/n8nForm';
import { useDemo } from '../support/useDemo';

const minute = 60_000;
const nightlyFile = 'learncoin-nightly-batch.json';
const erasureFile = 'learncoin-gdpr-erasure.json';
const correctionFile = 'learncoin-correct-a-credential.json';

const started = useDemo();
let demo: Demo;
let credentialIds: Record<string, string>;

const staff = { username: 'staff', password: 'only for the staff' };

beforeAll(async () => {
	demo = started();
	const { rest } = demo.n8n;
	credentialIds = {
		[learnCoinCredentialType]: await rest.createCredential(learnCoinCredentialType, 'LearnCoin', learnCoinCredentialData(demo.sandbox)),
		httpBasicAuth: await rest.createCredential('httpBasicAuth', 'Staff only', { user: staff.username, password: staff.password }),
	};
});

/** Short, and with a step between, as in earnest; and what single tests change. */
const settings = { signedAfterMs: 50, anchoredAfterMs: 150, failBatches: false, idempotencyTtlMs: 24 * 60 * minute };
/** Another one for each test, so that its learners are others: a running n8n knows whom it issued to, and the sandbox forgets. */
let namespace = '';

beforeEach(() => {
	namespace = `a long text that nobody can guess ${randomUUID()}`;
	demo.sandbox.reset();
	Object.assign(demo.sandbox.learncoin.settings, settings);
});

const importWorkflow = (file: WorkflowFile) => demo.n8n.rest.importWorkflow(file, credentialIds);

async function run(workflowId: string): Promise<Execution> {
	const { rest } = demo.n8n;
	return await rest.waitForExecution(await rest.runWorkflow(workflowId), minute);
}

const batches = () => demo.sandbox.learncoin.batches();
const credentials = () => demo.sandbox.learncoin.credentials();
const batchSizes = () => batches().map(({ credentials_count: count }) => count);

/** Whose credential stands behind a verification link, as the sandbox knows it. */
const holderOf = (link: unknown) => credentials().find(({ body }) => body.verify_url === link)?.recipientName;

const callsOf = (route: string) => demo.sandbox.traffic.requests().filter((request) => request.route === route);

const learnCoin = (name: string, node: string, parameters: Record<string, unknown>): SmallNode => ({
	name,
	type: `n8n-nodes-moca-learncoin.learnCoin${node}`,
	parameters,
	credentials: { [learnCoinCredentialType]: { id: '', name: '' } },
});

const createBatch = (parameters: Record<string, unknown> = {}) =>
	learnCoin('Batch: create', 'Batch', {
		operation: 'create',
		recipientIdMode: 'derive',
		recipientReference: '={{ $json.number }}',
		recipientNamespace: namespace,
		recipientName: '={{ $json.name }}',
		achievementName: 'First Aid',
		achievementDescription: 'Knows what to do until help comes.',
		waitForAnchor: true,
		options: { pollInterval: 0.2 },
		...parameters,
	});

/** As many learners as wanted, made in n8n. */
const learners = (count: number): SmallNode => ({
	name: 'Learners',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: `return Array.from({ length: ${count} }, (_, i) => ({ json: { number: i, name: 'Learner ' + i } }));` },
});

test('no example workflow is published, or starts by itself', async () => {
	expect(Object.keys(demo.workflowIds)).toEqual(expect.arrayContaining([nightlyFile, erasureFile, correctionFile]));
	for (const fileName of [nightlyFile, erasureFile, correctionFile]) expect((await readExample(fileName)).active).toBe(false);
	expect(await demo.n8n.rest.executions()).toEqual([]);
	const form = await axios.get(await formUrl(erasureFile), { proxy: false, validateStatus: () => true });
	expect(form.status).toBe(404);
});

describe('1,200 learners', () => {
	const namesInOrder = Array.from({ length: 1200 }, (_, index) => `Learner ${index}`);

	test(
		'become 3 batches, and come out in input order, paired, each with the link of their own; the same again within the day issues nothing new',
		async () => {
			const workflowId = await importWorkflow(smallWorkflow('1,200 learners', learners(1200), createBatch()));
			const first = itemsOf(await run(workflowId), 'Batch: create');
			expect(batchSizes()).toEqual([500, 500, 200]);
			expect(first.map(({ json }) => holderOf(json.verify_url))).toEqual(namesInOrder);
			expect(first.map(({ json }) => json.recipientName)).toEqual(namesInOrder);
			expect(first.map(({ pairedItem }) => pairedItem)).toEqual(namesInOrder.map((_, item) => ({ item })));
			expect(new Set(first.map(({ json }) => json.outcome))).toEqual(new Set(['anchored']));

			const second = itemsOf(await run(workflowId), 'Batch: create');
			expect(batchSizes()).toEqual([500, 500, 200]);
			expect(second.map(({ json }) => json.verify_url)).toEqual(first.map(({ json }) => json.verify_url));
		},
		minute,
	);
});

test('501 credentials with Batch Size 501 are refused with words, before anything is sent', async () => {
	const execution = await run(await importWorkflow(smallWorkflow('501', learners(501), createBatch({ batchSize: 501 }))));
	expect(execution.status).toBe('error');
	expect(execution.data.resultData.error?.message).toContain('Batch Size is 501; LearnCoin takes from 1 to 500 credentials in one batch');
	expect(callsOf('learncoin.createBatch')).toEqual([]);
});

describe('every night, a credential for everyone who completed a course', () => {
	interface Row {
		learnerNumber: string;
		name: string;
		course: string;
		outcome: string;
		verificationLink: string;
		credentialId: string;
		batchId: string;
		whatToFix: string;
	}

	const listName = 'course-completions.csv';
	const inFiles = (fileName: string) => join(demo.n8n.filesFolder, fileName);
	const linksFile = () => inFiles('verification-links.csv');
	const readLinks = async () => parseCsv(await readFile(linksFile(), 'utf8')) as unknown as Row[];

	/** With what a person enters before the first run. */
	async function importNightly(change: (file: WorkflowFile) => WorkflowFile = (file) => file): Promise<string> {
		const id = await importWorkflow(change(await readExample(nightlyFile)));
		await demo.n8n.rest.changeNode(id, 'LearnCoin Batch', {
			recipientNamespace: namespace,
			options: { waitTimeout: 30, pollInterval: 0.2 },
		});
		return id;
	}

	async function runNightly(workflowId: string): Promise<Row[]> {
		const execution = await run(workflowId);
		expect(execution).toMatchObject({ status: 'success' });
		return await readLinks();
	}

	beforeEach(async () => {
		await rm(linksFile(), { force: true });
		await copyFile(join(examplesFolder, listName), inFiles(listName));
	});

	test('asks for a namespace first, because everybody needs one of their own', async () => {
		const execution = await run(demo.workflowIds[nightlyFile] ?? '');
		expect(execution.data.resultData.error?.message).toContain('Namespace');
		expect(batches()).toEqual([]);
	});

	test('writes a row with the link for everyone who completed, and what to fix where that was not possible', async () => {
		const rows = await runNightly(await importNightly());
		expect(rows.map(({ learnerNumber, name, course }) => `${learnerNumber} ${name}, ${course}`)).toEqual([
			'100231 Amara Okafor, First Aid 2026',
			'100232 Benjamin Schulz, First Aid 2026',
			'100255 Daniel Petrov, First Aid 2026',
			'100256 Elif Yilmaz, First Aid 2026',
			'100231 Amara Okafor, Data Literacy Basics',
			'100260 Felipe Souza, Data Literacy Basics',
			' Grace Mwangi, Data Literacy Basics',
			"100271 O'Connor, Liam, Data Literacy Basics",
			'100275 Samuel Adeyemi, Data Literacy Basics',
			'100280 Zhang, Wei, Data Literacy Basics',
		]);
		const [faulty, issued] = [rows.filter(({ whatToFix }) => whatToFix !== ''), rows.filter(({ whatToFix }) => whatToFix === '')];
		expect(faulty).toMatchObject([
			{ name: 'Elif Yilmaz', outcome: 'not issued', verificationLink: '', whatToFix: expect.stringContaining('01/02/2026') as string },
			{ name: 'Grace Mwangi', outcome: 'not issued', verificationLink: '', whatToFix: expect.stringContaining('learner’s ID') as string },
		]);
		expect(issued.map(({ outcome }) => outcome)).toEqual(Array(8).fill('anchored'));
		expect(issued.map(({ verificationLink }) => holderOf(verificationLink))).toEqual(issued.map(({ name }) => name));
		expect(credentials()).toHaveLength(8);
		expect(credentials().find(({ recipientName }) => recipientName === 'Benjamin Schulz')).toMatchObject({
			achievementName: 'First Aid 2026',
			issuanceDate: '2026-10-02T00:00:00Z',
		});
	});

	test('issues the night after to those alone who have no link yet, and keeps the others’', async () => {
		const workflowId = await importNightly();
		const before = await runNightly(workflowId);
		const corrected = (await readFile(inFiles(listName), 'utf8'))
			.replace('01/02/2026', '2026-02-01')
			.replace('Chiara Rossi,First Aid 2026,', 'Chiara Rossi,First Aid 2026,2026-11-02');
		await writeFile(inFiles(listName), corrected);

		const after = await runNightly(workflowId);
		const linked = (rows: Row[]) => rows.filter(({ verificationLink }) => verificationLink !== '');
		expect(credentials()).toHaveLength(10);
		expect(linked(after)).toEqual(expect.arrayContaining(linked(before)));
		expect(linked(after).map(({ verificationLink }) => holderOf(verificationLink))).toEqual(linked(after).map(({ name }) => name));
		expect(linked(after).map(({ name }) => name)).toEqual(expect.arrayContaining(['Chiara Rossi', 'Elif Yilmaz']));
		expect(after).toHaveLength(11);
	});

	test('tries again the night after when LearnCoin gave up the batch', async () => {
		const workflowId = await importNightly();
		demo.sandbox.learncoin.settings.failBatches = true;
		const before = await runNightly(workflowId);
		demo.sandbox.learncoin.settings.failBatches = false;
		expect(before.filter(({ outcome }) => outcome === 'failed').map(({ batchId, whatToFix }) => [batchId, whatToFix])).toContainEqual([
			'',
			expect.stringContaining('given up'),
		]);

		const after = await runNightly(workflowId);
		expect(after.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
		expect(after.filter(({ verificationLink }) => holderOf(verificationLink) !== undefined).length).toBeGreaterThanOrEqual(8);
	});

	test('issues once to those who are not anchored in time, and brings their links the first night after they are', async () => {
		demo.sandbox.learncoin.settings.anchoredAfterMs = 6_000;
		const workflowId = await importNightly();
		await demo.n8n.rest.changeNode(workflowId, 'LearnCoin Batch', { options: { waitTimeout: 1, pollInterval: 0.2 } });
		const open = (rows: Row[]) => rows.filter(({ batchId, verificationLink }) => batchId !== '' && verificationLink === '');
		const before = open(await runNightly(workflowId));
		expect(before.map(({ outcome }) => outcome)).toEqual(Array(8).fill('pending'));
		expect(before[0]).toMatchObject({
			batchId: batches()[0]?.id,
			whatToFix: expect.stringContaining('The next night brings the link') as string,
		});

		while (batches().some(({ status }) => status !== 'anchored')) await sleep(100);
		const after = await runNightly(workflowId);
		expect(open(after)).toEqual([]);
		expect(after.map(({ verificationLink, whatToFix }) => [holderOf(verificationLink), whatToFix === ''])).toEqual(
			after.map(({ name, verificationLink }) => (verificationLink === '' ? [undefined, false] : [name, true])),
		);
		expect(credentials()).toHaveLength(8);
	});

	test('says in the afternoon what the night would issue and what to fix before, and sends nothing', async () => {
		const workflowId = await importNightly();
		const check = async () => {
			const execution = await demo.n8n.rest.waitForExecution(await demo.n8n.rest.runWorkflow(workflowId, 'Only check'), minute);
			expect(execution).toMatchObject({ status: 'success' });
			return parseCsv(await readFile(inFiles('verification-check.csv'), 'utf8')) as unknown as Row[];
		};
		const before = await check();
		expect(before.filter(({ whatToFix }) => whatToFix !== '').map(({ name }) => name)).toEqual(['Elif Yilmaz', 'Grace Mwangi']);
		expect(before.filter(({ whatToFix }) => whatToFix === '').map(({ outcome }) => outcome)).toEqual(Array(8).fill('ready'));
		expect(batches()).toEqual([]);
		await expect(readLinks()).rejects.toThrow('ENOENT');

		const links = await runNightly(workflowId);
		const linked = (rows: Row[]) => rows.filter(({ verificationLink }) => verificationLink !== '');
		expect(linked(await check())).toEqual(linked(links));
		expect(await readLinks()).toEqual(links);
		expect(credentials()).toHaveLength(8);
	});

	test('runs by its schedule once it is published', async () => {
		const workflowId = await importNightly();
		await demo.n8n.rest.changeNode(workflowId, 'Every night', { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } });
		await demo.n8n.rest.publish(workflowId);
		const execution = await firstExecution(workflowId, 'trigger');
		await demo.n8n.rest.unpublish(workflowId);
		expect(execution.status).toBe('success');
		expect(await readLinks()).toHaveLength(10);
		expect(credentials()).toHaveLength(8);
	});

	test(
		'issues nothing twice for a long list, and brings its file of links back when it is lost',
		async () => {
			const rows = Array.from({ length: 1200 }, (_, index) => `${1000 + index},Learner ${index},First Aid 2026,2026-10-02`);
			await writeFile(inFiles(listName), `learnerNumber,name,course,completedOn\n${rows.join('\n')}\n`);
			// A run starts with the trigger that comes first: here, the one for starting by hand.
			const workflowId = await importNightly((file) => ({ ...file, nodes: [...file.nodes].reverse() }));
			const links = await runNightly(workflowId);
			expect(batchSizes()).toEqual([500, 500, 200]);
			expect(links.map(({ verificationLink }) => holderOf(verificationLink))).toEqual(rows.map((row) => row.split(',')[1]));
			expect(await runNightly(workflowId)).toEqual(links);

			await rm(linksFile());
			const broughtBack = await runNightly(workflowId);
			expect(broughtBack).toEqual(links.map((row) => ({ ...row, outcome: 'alreadyIssued' })));
			expect(batchSizes()).toEqual([500, 500, 200]);
		},
		3 * minute,
	);
});

async function firstExecution(workflowId: string, mode: string): Promise<Execution> {
	for (let tries = 0; tries < 100; tries++) {
		const found = (await demo.n8n.rest.executions()).findLast(
			(execution) => execution.workflowId === workflowId && execution.mode === mode,
		);
		if (found) return await demo.n8n.rest.waitForExecution(found.id, minute);
		await sleep(100);
	}
	throw new Error(`The workflow was not started (${mode}).`);
}

async function formUrl(fileName: string): Promise<string> {
	const trigger = (await readExample(fileName)).nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	return `${demo.n8n.url}/form/${String(trigger?.webhookId)}`;
}

/** Credentials as anybody may have issued them, anchored. */
async function issued(...names: string[]): Promise<string[]> {
	return await issuedTo(names.map((name, index) => ({ id: `urn:uuid:00000000-0000-4000-8000-00000000000${index}`, name })));
}

/** Credentials of a learner whose recipient ID was derived from their number, one for each of these courses. */
async function issuedByNumber(number: string, name: string, ...courses: string[]): Promise<string[]> {
	const id = deriveRecipientId(number, namespace);
	const ids: string[] = [];
	for (const course of courses) ids.push(...(await issuedTo([{ id, name }], course)));
	return ids;
}

async function issuedTo(recipients: Array<{ id: string; name: string }>, course = 'First Aid'): Promise<string[]> {
	const { apiBaseUrl, apiKey } = demo.sandbox.learncoin;
	const body = {
		credentials: recipients.map((recipient, index) => ({
			recipient: { ...recipient, email: `learner${index}@example.com` },
			achievement: {
				id: 'https://example.com/achievements/first-aid',
				name: course,
				description: 'Knows what to do until help comes.',
				criteria: { narrative: 'Passed the exam.' },
				alignment: [{ targetFramework: 'ESCO', targetName: 'provide first aid', targetCode: 'S3.1' }],
			},
			issuanceDate: '2026-06-30T00:00:00Z',
			expirationDate: '2028-06-30T00:00:00Z',
		})),
	};
	const before = credentials().length;
	await axios.post(`${apiBaseUrl}/batches`, body, { headers: { authorization: `Bearer ${apiKey}` }, proxy: false });
	while (credentials().at(-1)?.status !== 'anchored') await sleep(20);
	return credentials()
		.slice(before)
		.map(({ id }) => id);
}

const credential = (id: string) => credentials().find((candidate) => candidate.id === id);

describe('a form that erases a learner’s personal data', () => {
	const confirmation = 'I have made sure that the learner asked for this. I know that it cannot be undone.';
	const rightPerson = 'Yes, these are this learner’s credentials.';
	const label = 'The learner’s number, or the link of a single credential';
	let workflowId: string;
	let url: string;

	const send = (answers: FormAnswers, user = staff) => submitForm(url, user, answers);

	beforeAll(async () => {
		workflowId = await importWorkflow(await readExample(erasureFile));
		await expect(demo.n8n.rest.publish(workflowId)).rejects.toThrow('recipientNamespace');
		await publishFor('a namespace');
		url = await formUrl(erasureFile);
	});

	const publishFor = async (recipientNamespace: string) => {
		await demo.n8n.rest.changeNode(workflowId, 'Find the learner’s credentials', { recipientNamespace });
		await demo.n8n.rest.publish(workflowId);
	};

	describe('of a learner by their number', () => {
		const byNumber = { fields: { [label]: '100231' }, ticked: [confirmation] };
		const erasedOf = (ids: string[]) => ids.map((id) => credential(id)?.erased);

		beforeEach(async () => await publishFor(namespace));

		test('shows whose credentials they are, then erases all of them and nobody else’s', async () => {
			const [other = ''] = await issuedByNumber('100232', 'Ben Li', 'First Aid');
			const theirs = await issuedByNumber('100231', 'Amara Okafor', 'First Aid', 'Data Literacy Basics');
			let shown = '';
			const page = await submitForm(url, staff, byNumber, ({ text }) => {
				shown = text;
				return { fields: {}, ticked: [rightPerson] };
			});
			expect(shown).toContain('First Aid, Amara Okafor, 2026-06-30');
			expect(shown).toContain('Data Literacy Basics, Amara Okafor');
			expect(shown).not.toContain('Ben Li');
			for (const id of theirs) expect(page).toContain(`The name and email of ${id} are deleted at LearnCoin`);
			expect(page).toMatch(/^.*\bErased\b/);
			expect(erasedOf([...theirs, other])).toEqual([true, true, false]);
		});

		test.each([
			['the right person is not ticked on the second page', byNumber, { fields: {} }],
			['the confirmation is not ticked on the first', { fields: { [label]: '100231' } }, { fields: {}, ticked: [rightPerson] }],
		])('erases nothing when %s', async (_, first, second) => {
			const theirs = await issuedByNumber('100231', 'Amara Okafor', 'First Aid');
			expect(await submitForm(url, staff, first, () => second)).toContain('Nothing was sent: the confirmation is not ticked.');
			expect(erasedOf(theirs)).toEqual([false]);
		});

		test('says that a learner nobody knows has nothing to erase, and what to check', async () => {
			await issuedByNumber('100232', 'Ben Li', 'First Aid');
			const page = await send(byNumber);
			expect(page).toContain('Nothing to erase');
			expect(page).toContain('LearnCoin lists no credential of learner 100231. Nothing was sent.');
		});

		test('says so when everything of theirs was erased before', async () => {
			await issuedByNumber('100231', 'Amara Okafor', 'First Aid');
			await submitForm(url, staff, byNumber, () => ({ fields: {}, ticked: [rightPerson] }));
			expect(await send(byNumber)).toContain('has erased the personal data of all credentials of learner 100231 before');
			expect(callsOf('learncoin.eraseCredential')).toHaveLength(1);
		});

		test('tells for each credential what was done where one of them fails', async () => {
			const theirs = await issuedByNumber('100231', 'Amara Okafor', 'First Aid', 'Data Literacy Basics');
			demo.sandbox.faults.add({ route: 'learncoin.eraseCredential', answer: { kind: 'status', status: 403 } });
			const page = await submitForm(url, staff, byNumber, () => ({ fields: {}, ticked: [rightPerson] }));
			expect(page).toContain('Not all of it is confirmed as erased');
			const failed = theirs.find((id) => credential(id)?.erased === false);
			expect(page).toContain(`${failed}: `);
			expect(erasedOf(theirs).sort()).toEqual([false, true]);
		});

		test('says when the credentials could not be looked up, and that nothing is erased', async () => {
			await issuedByNumber('100231', 'Amara Okafor', 'First Aid');
			demo.sandbox.faults.add({ route: 'learncoin.listBatches', answer: { kind: 'status', status: 403 } });
			const page = await send(byNumber);
			expect(page).toContain('The learner’s credentials could not be looked up');
			expect(page).toContain('Nothing was sent, and nothing is erased.');
		});
	});

	test('opens for nobody without the password', async () => {
		await expect(send({ fields: {} }, { ...staff, password: 'guessed' })).rejects.toThrow('401');
		const bare = await axios.post(url, new FormData(), { proxy: false, validateStatus: () => true });
		expect(bare.status).toBe(401);
		expect(callsOf('learncoin.eraseCredential')).toEqual([]);
	});

	test('erases the one credential whose link was given, and says so on its last page', async () => {
		const [erased = '', other = ''] = await issued('Amara Okafor', 'Ben Li');
		const page = await send({ fields: { [label]: `https://learncoin.me/c/${erased}` }, ticked: [confirmation] });
		expect(page).toContain(`The name and email of ${erased} are deleted at LearnCoin`);
		expect(credential(erased)).toMatchObject({ erased: true });
		expect(credential(other)).toMatchObject({ erased: false });
		expect(callsOf('learncoin.eraseCredential')[0]?.body).toEqual({
			requester: 'recipient',
			verified_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
		});
	});

	test('erases nothing without the confirmation, whoever sends the form', async () => {
		const [id = ''] = await issued('Amara Okafor');
		expect(await send({ fields: { [label]: id } })).toContain('Nothing was sent: the confirmation is not ticked.');
		expect(credential(id)).toMatchObject({ erased: false });
		expect(callsOf('learncoin.eraseCredential')).toEqual([]);
	});

	test('says what to check when LearnCoin knows no such credential', async () => {
		const page = await send({ fields: { [label]: 'crd_01HXYZABCDEF1234567890ABCD' }, ticked: [confirmation] });
		expect(page).toContain('This is not confirmed as erased');
		expect(page).toContain('LearnCoin knows no such credential');
	});
});

describe('a form that corrects a credential', () => {
	const labels = {
		id: 'The learner’s number, or the link of the credential',
		name: 'Corrected name of the learner',
		course: 'Corrected name of the course',
		date: 'Corrected date of completion',
	};
	/** LearnCoin knows no key any more: a day has passed. */
	const forgotten = { idempotencyTtlMs: 1 };
	let workflowId: string;
	let url: string;

	const send = (fields: Partial<typeof labels>, ...next: Array<(page: FormPage) => FormAnswers>) =>
		submitForm(
			url,
			staff,
			{ fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [labels[key as keyof typeof labels], value])) },
			...next,
		);

	beforeAll(async () => {
		workflowId = await importWorkflow(await readExample(correctionFile));
		await demo.n8n.rest.changeNode(workflowId, 'Reissue', { options: { waitTimeout: 3, pollInterval: 0.2 } });
		await publishFor('a namespace');
		url = await formUrl(correctionFile);
	});

	const publishFor = async (recipientNamespace: string) => {
		await demo.n8n.rest.changeNode(workflowId, 'Find the learner’s credentials', { recipientNamespace });
		await demo.n8n.rest.publish(workflowId);
	};

	test('issues a new one with the corrected data and everything else as it was, then revokes the old one as reissued', async () => {
		const [old = ''] = await issued('Amara Okafo');
		const page = await send({ id: old, name: 'Amara Okafor', date: '2026-06-29' });
		const [before, after] = credentials();
		expect(before).toMatchObject({ id: old, revoked: true });
		expect(after).toMatchObject({
			recipientName: 'Amara Okafor',
			issuanceDate: '2026-06-29T00:00:00Z',
			revoked: false,
			status: 'anchored',
		});
		const subjects = [before, after].map((one) => (one?.body.signed_credential as { credentialSubject: object }).credentialSubject);
		expect(subjects[1]).toEqual({ ...subjects[0], name: 'Amara Okafor' });
		expect(after?.expirationDate).toBe('2028-06-30T00:00:00Z');
		expect(page).toContain(`The new credential: ${String(after?.body.verify_url)}`);
		expect(callsOf('learncoin.revokeCredential')[0]?.body).toEqual({ reason: 'Issued again with corrected data', reason_code: 'reissued' });
	});

	describe('of a learner by their number', () => {
		const byNumber = { id: '100231', name: 'Amara Okafor' };

		beforeEach(async () => await publishFor(namespace));

		test('lets staff choose among the learner’s credentials, and corrects that one', async () => {
			await issuedByNumber('100232', 'Ben Li', 'First Aid');
			const [firstAid = '', literacy = ''] = await issuedByNumber('100231', 'Amara Okafo', 'First Aid', 'Data Literacy Basics');
			let offered: string[] = [];
			const page = await send(byNumber, ({ options }) => {
				offered = options;
				return { fields: { 'Which credential': options.find((option) => option.startsWith('Data Literacy Basics')) ?? '' } };
			});
			expect([...offered].sort()).toEqual([
				`Data Literacy Basics, Amara Okafo, 2026-06-30, ${literacy}`,
				`First Aid, Amara Okafo, 2026-06-30, ${firstAid}`,
			]);
			expect(page).toContain(`Corrected The new credential: ${String(credentials().at(-1)?.body.verify_url)}`);
			expect(credentials().at(-1)).toMatchObject({ recipientName: 'Amara Okafor', achievementName: 'Data Literacy Basics' });
			expect([credential(firstAid)?.revoked, credential(literacy)?.revoked]).toEqual([false, true]);
		});

		test('says that a learner nobody knows has nothing to correct, and what to check', async () => {
			const page = await send(byNumber);
			expect(page).toContain('Nothing to correct');
			expect(page).toContain('LearnCoin lists no credential of learner 100231. Nothing was sent.');
			expect(batches()).toEqual([]);
		});
	});

	test('takes the verification link for the ID; sent again, issues nothing more and gives the new link again', async () => {
		const [old = ''] = await issued('Amara Okafo');
		const id = `https://learncoin.me/c/${old}`;
		expect(await send({ id, name: 'Amara Okafor' })).not.toContain('nothing was issued');
		const page = await send({ id, name: 'Amara Okafor' });
		expect(page).toContain('Corrected It was corrected before; nothing was issued this time.');
		expect(page).toContain(`The new credential: ${String(credentials()[1]?.body.verify_url)}`);
		expect(credentials()).toHaveLength(2);
		expect(callsOf('learncoin.revokeCredential')).toHaveLength(1);
	});

	test.each([
		['nothing to correct', {}, 'There is nothing to correct Fill at least one field'],
		['what the credential says already', { name: ' Amara Okafo ' }, 'There is nothing to correct'],
		['a credential that is not there', { id: 'crd_01HXYZABCDEF1234567890ABCD', name: 'Ada' }, 'LearnCoin knows no such credential'],
		['a date that would be after the end', { date: '2029-01-01' }, 'would expire'],
	])('touches nothing with %s', async (_, fields, words) => {
		const [old = ''] = await issued('Amara Okafo');
		const page = await send({ id: old, ...fields });
		expect(page).toContain('Not corrected: nothing was revoked');
		expect(page).toContain(words);
		expect(credentials()).toHaveLength(1);
		expect(credential(old)).toMatchObject({ revoked: false });
	});

	test.each([
		['erase', { requester: 'recipient', verified_at: '2026-11-01T00:00:00Z' }, 'erased on request'],
		['revoke', { reason: 'Cheated', reason_code: 'other' }, 'is revoked already, and no credential with the corrected data was found'],
	])('issues no other one for what somebody chose to %s', async (action, body, words) => {
		const [old = ''] = await issued('Amara Okafo');
		const { apiBaseUrl, apiKey } = demo.sandbox.learncoin;
		await axios.post(`${apiBaseUrl}/credentials/${old}/${action}`, body, { headers: { authorization: `Bearer ${apiKey}` }, proxy: false });
		const page = await send({ id: old, name: 'Amara Okafor' });
		expect(page).toContain('Not corrected: nothing was revoked');
		expect(page).toContain(words);
		expect(credentials()).toHaveLength(1);
	});

	test('leaves the old one in force when the new one is not issued', async () => {
		const [old = ''] = await issued('Amara Okafo');
		demo.sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 403 } });
		expect(await send({ id: old, name: 'Amara Okafor' })).toContain('Not corrected: nothing was revoked');
		expect(credential(old)).toMatchObject({ revoked: false });
	});

	test('leaves the old one in force when LearnCoin gives the new one up, and says when to send the form again', async () => {
		const [old = ''] = await issued('Amara Okafo');
		demo.sandbox.learncoin.settings.failBatches = true;
		const page = await send({ id: old, name: 'Amara Okafor' });
		expect(page).toContain('Not finished: the old one still counts');
		expect(page).toContain(`${String(batches()[1]?.id)} (failed`);
		expect(page).toContain('Run it again after 24 hours');
		expect(credential(old)).toMatchObject({ revoked: false });

		Object.assign(demo.sandbox.learncoin.settings, settings, forgotten);
		expect(await send({ id: old, name: 'Amara Okafor' })).toContain('Corrected The new credential: ');
		expect(credential(old)).toMatchObject({ revoked: true });
	});

	test('refuses another correction while the first one is not finished, and says how to go on', async () => {
		const [old = ''] = await issued('Amara Okafo');
		demo.sandbox.learncoin.settings.anchoredAfterMs = 10 * minute;
		await send({ id: old, name: 'Amara Okafor' });
		const page = await send({ id: old, name: 'Amara Okonkwo' });
		expect(page).toContain('Not corrected: nothing was revoked');
		expect(page).toContain('A correction of this credential with other data was sent within the last 24 hours.');
		expect(batches()).toHaveLength(2);
	});

	const daysLater = () => void Object.assign(demo.sandbox.learncoin.settings, forgotten);

	test.each([
		['while it is still not anchored', () => undefined],
		[
			'days later',
			async () => {
				while (credentials().at(-1)?.status !== 'anchored') await sleep(20);
				daysLater();
			},
		],
	])('revokes the old one no sooner than the new one is anchored; sent again %s, finishes without issuing twice', async (_, later) => {
		const [old = ''] = await issued('Amara Okafo');
		demo.sandbox.learncoin.settings.anchoredAfterMs = 4_000;
		const page = await send({ id: old, name: 'Amara Okafor' });
		expect(page).toContain('Not finished: the old one still counts');
		expect(page).toContain(`${old} is not revoked yet`);
		expect(page).toMatch(/bat_\w+ \(pending\)/);
		expect(page).toContain('send the same form again within 24 hours');
		expect(credential(old)).toMatchObject({ revoked: false });

		Object.assign(demo.sandbox.learncoin.settings, settings);
		await later();
		const after = await send({ id: old, name: 'Amara Okafor' });
		expect(after).toContain(`Corrected The new credential: ${String(credentials()[1]?.body.verify_url)}`);
		expect(credential(old)).toMatchObject({ revoked: true });
		expect(credentials()).toHaveLength(2);
	});

	test.each([
		['the same day', () => undefined],
		['days later', daysLater],
	])('says that both count when the old one can’t be revoked; sent again %s, revokes it without issuing twice', async (_, later) => {
		const [old = ''] = await issued('Amara Okafo');
		demo.sandbox.faults.add({ route: 'learncoin.revokeCredential', answer: { kind: 'status', status: 403 } });
		const page = await send({ id: old, name: 'Amara Okafor' });
		expect(page).toContain('The old one is not revoked yet: both count now');
		expect(page).toContain(`${String(credentials()[1]?.id)} is issued in place of ${old}`);
		expect(page).toContain('the tenant’s plan does not include this');

		later();
		const after = await send({ id: old, name: 'Amara Okafor' });
		expect(after).toContain(`Corrected The new credential: ${String(credentials()[1]?.body.verify_url)}`);
		expect(credential(old)).toMatchObject({ revoked: true });
		expect(credentials()).toHaveLength(2);
	});
});

describe('the twelve calls of LearnCoin', () => {
	const delivered: string[] = [];
	const receiver = createServer((request, response) => {
		delivered.push(String(request.headers['x-learncoin-event-id']));
		response.end();
	});

	beforeAll(() => new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve)));
	afterAll(() => new Promise((resolve) => receiver.close(resolve)));

	test('are all made by the nodes, one after the other', async () => {
		const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
		const byId = (value: string) => ({ __rl: true, mode: 'id', value });
		const webhook = byId("={{ $('Webhook: create').first().json.id }}");
		const credentialId = "={{ $('Batch: create').first().json.id }}";
		const verifiedAt = '={{ $now }}';
		const execution = await run(
			await importWorkflow(
				smallWorkflow(
					'The twelve calls',
					learnCoin('Tenant: get', 'Tenant', { operation: 'get' }),
					learnCoin('Tenant: update', 'Tenant', { operation: 'update', displayName: 'Evening School' }),
					learnCoin('Webhook: create', 'Webhook', { operation: 'create', url, events: ['credential.revoked'], description: 'A test' }),
					learnCoin('Webhook: getMany', 'Webhook', { operation: 'getMany', returnAll: true }),
					learnCoin('Webhook: test', 'Webhook', { operation: 'test', webhook }),
					learnCoin('Webhook: delete', 'Webhook', { operation: 'delete', webhook }),
					learners(1),
					createBatch(),
					learnCoin('Batch: get', 'Batch', { operation: 'get', batch: byId('={{ $json.batch_id }}') }),
					learnCoin('Batch: wait', 'Batch', { operation: 'wait', batch: byId('={{ $json.id }}') }),
					learnCoin('Batch: getMany', 'Batch', { operation: 'getMany', returnAll: true, status: 'anchored' }),
					learnCoin('Credential: get', 'Credential', { operation: 'get', credentialId, download: true }),
					learnCoin('Credential: revoke', 'Credential', { operation: 'revoke', credentialId, reason: 'A test', reasonCode: 'other' }),
					learnCoin('Credential: erase', 'Credential', { operation: 'erase', credentialId, requester: 'recipient', verifiedAt }),
					learnCoin('Credential: verify', 'Credential', { operation: 'verify', credentialId }),
				),
			),
		);
		expect(execution.data.resultData.error?.message).toBeUndefined();
		const gave = (name: string) => itemsOf(execution, name).map(({ json }) => json);
		expect(gave('Tenant: update')).toMatchObject([{ id: demo.sandbox.learncoin.tenantId, name: 'Evening School' }]);
		expect(gave('Webhook: create')).toMatchObject([{ url, signing_secret: expect.stringMatching(/^whsec_/) as string }]);
		expect(gave('Webhook: getMany')).toEqual([expect.not.objectContaining({ signing_secret: expect.anything() as unknown })]);
		expect(gave('Webhook: test')).toMatchObject([{ delivered: true, status_code: 200 }]);
		expect(gave('Batch: wait')).toEqual(gave('Batch: get').map((batch) => ({ ...batch, outcome: 'anchored' })));
		expect(gave('Batch: getMany')).toHaveLength(1);
		expect(gave('Credential: revoke')).toMatchObject([{ revoked: true, reason_code: 'other' }]);
		expect(gave('Credential: verify')).toMatchObject([{ valid: false, reasons: ['revoked', 'erased'] }]);
		expect(delivered).toHaveLength(1);
		expect([...new Set(demo.sandbox.traffic.requests().map(({ route }) => route))].sort()).toEqual([
			'learncoin.createBatch',
			'learncoin.createWebhook',
			'learncoin.deleteWebhook',
			'learncoin.eraseCredential',
			'learncoin.getBatch',
			'learncoin.getCredential',
			'learncoin.getCurrentTenant',
			'learncoin.listBatches',
			'learncoin.listWebhooks',
			'learncoin.revokeCredential',
			'learncoin.testWebhook',
			'learncoin.updateCurrentTenant',
		]);
	});
});
