import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import axios, { type AxiosResponse } from 'axios';

import { readExample } from '../../n8n/demo/examples';
import { saveN8nCredentials } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import { withParameters, type WorkflowFile } from '../../n8n/rest/workflowFile';
import { canvasApi, canvasEvent, canvasToken } from '../support/lms/canvas';
import { options, parameters, row, webhookPath } from '../support/lms/exampleWorkflow';
import { learnDashApi, learnDashUser, learnDashZapEvent } from '../support/lms/learndash';
import { startLms, type LmsServer } from '../support/lms/lmsServer';
import { moodleApi, moodleEvent, moodleToken } from '../support/lms/moodle';
import { platforms, troubles, type Platform } from '../support/lms/platforms';
import { thinkificApiKey, thinkificEvent, thinkificSignature } from '../support/lms/thinkific';
import { useDemo } from '../support/useDemo';

const minute = 60_000;

const started = useDemo();
let demo: Demo;
let lms: LmsServer;
let credentialIds: Record<string, string>;

const lmsHeader = { name: 'X-From-My-LMS', value: 'a header that only the LMS knows' };
const namespace = `a long text that nobody can guess ${randomUUID()}`;

/** In the LMS, learners below 900 are shown to nobody, and those from 5000 on have not completed their course. */
const nameOf = (learner: number) => (learner < 900 ? undefined : `Learner ${learner}`);
const hasCompleted = (learner: number) => learner < 5000;
const hidden = 7;
const unfinished = 5000;

let lastLearner = 1000;
/** Another one each time: a running n8n remembers whom it issued to. */
const newLearner = () => ++lastLearner;

beforeAll(async () => {
	lms = await startLms({
		moodle: moodleApi(nameOf, hasCompleted),
		canvas: canvasApi(nameOf, hasCompleted),
		wordpress: learnDashApi(nameOf, hasCompleted),
	});
	demo = started();
	const { rest } = demo.n8n;
	credentialIds = {
		...(await saveN8nCredentials(rest, demo.sandbox)),
		httpQueryAuth: await rest.createCredential('httpQueryAuth', 'Moodle web service', { name: 'wstoken', value: moodleToken }),
		httpBearerAuth: await rest.createCredential('httpBearerAuth', 'Canvas access token', { token: canvasToken }),
		httpBasicAuth: await rest.createCredential('httpBasicAuth', 'WordPress application password', learnDashUser),
		httpHeaderAuth: await rest.createCredential('httpHeaderAuth', 'Your LMS calls n8n', lmsHeader),
		crypto: await rest.createCredential('crypto', 'Thinkific API key', { hmacSecret: thinkificApiKey }),
	};
});

afterAll(async () => {
	await lms?.stop();
}, minute);

const inEarnest = { signedAfterMs: 50, anchoredAfterMs: 150, failBatches: false, signedCredentialAfterErase: 'kept' };

beforeEach(() => {
	lms.clear();
	demo.sandbox.faults.clear();
	demo.sandbox.traffic.clear();
	Object.assign(demo.sandbox.learncoin.settings, inEarnest);
});

/** Imports and publishes a workflow, and gives its address. */
async function publish(file: WorkflowFile): Promise<string> {
	await demo.n8n.rest.publish(await demo.n8n.rest.importWorkflow(file, credentialIds));
	return `${demo.n8n.url}/webhook/${webhookPath(file)}`;
}

interface Answer {
	status: number;
	data: Record<string, unknown>;
}

const post = async (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
	const { status, data }: AxiosResponse<Record<string, unknown>> = await axios.post(url, body, {
		headers,
		proxy: false,
		validateStatus: () => true,
	});
	return { status, data };
};

const containing = (text: string) => expect.stringContaining(text) as string;
const credentials = () => demo.sandbox.learncoin.credentials();
const credentialsOf = (learner: number) => credentials().filter(({ recipientName }) => recipientName === `Learner ${learner}`);
const callsOf = (route: string) => demo.sandbox.traffic.requests().filter((request) => request.route === route);
const anchored = async () => {
	for (let tries = 0; tries < 200 && credentials().some(({ status }) => status !== 'anchored'); tries++) await sleep(20);
};

const anything = expect.anything() as unknown;
const accepted = { status: 200, data: { issued: false, outcome: 'submitted', batchId: containing('bat_'), note: '' } };
const givenLearnCoin = parameters({ recipientNamespace: namespace });

const published = new Map<Platform, Promise<string>>();

/** Where the platform's workflow is called; it is published with the first call. */
async function addressOf(platform: Platform): Promise<string> {
	const impatient = options({ timeout: 300 });
	const asPersonSetsItUp = async () =>
		await publish(
			withParameters(await readExample(platform.file), {
				[platform.your]: row('address', `${lms.url}/${platform.below}/`),
				'LearnCoin Batch': givenLearnCoin,
				[platform.ask[0]]: impatient,
				[platform.ask[1]]: impatient,
			}),
		);
	const address = published.get(platform) ?? asPersonSetsItUp();
	published.set(platform, address);
	return await address;
}

describe.each(platforms)('a course completed in $name', (platform) => {
	let url: string;
	const report = (event: unknown) => post(url, event);
	const lookedUp = () => lms.received.map(({ path }) => path);

	beforeAll(async () => {
		url = await addressOf(platform);
	});

	test('is issued to the learner whom the LMS names, for the day that it names', async () => {
		const learner = newLearner();
		expect(await report(platform.event(learner))).toEqual(accepted);
		expect(credentialsOf(learner)).toMatchObject([{ achievementName: platform.achievement, issuanceDate: anything }]);
		expect(new Date(String(credentialsOf(learner)[0]?.issuanceDate)).getTime()).toBe(new Date(platform.completedOn).getTime());
		expect(lookedUp()).toEqual(platform.lookUps.map((path) => expect.stringMatching(path) as string));
	});

	test('is issued once, however often it is reported, also at the same moment', async () => {
		const learner = newLearner();
		const answers = await Promise.all([1, 2, 3].map(() => report(platform.event(learner))));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(answers.map(({ data }) => data.outcome).sort()).toEqual(['alreadyIssued', 'alreadyIssued', 'submitted']);
		await anchored();
		expect(await report(platform.event(learner))).toMatchObject({ status: 200, data: { issued: true, outcome: 'alreadyIssued' } });
		expect(credentialsOf(learner)).toHaveLength(1);
	});

	test.each([
		['an event of another kind', platform.otherEvent, 200, 'Nothing is issued for the event'],
		['another course', platform.otherCourse, 200, 'No credential is given for course “999”'],
		['an event that names no learner', platform.nobody, 422, 'does not say which learner'],
	])('issues nothing for %s, and asks nobody', async (_, event, status, words) => {
		expect(await report(event(newLearner()))).toMatchObject({ status, data: { issued: false, reason: containing(words) } });
		expect(lookedUp()).toEqual([]);
		expect(callsOf('learncoin.createBatch')).toEqual([]);
	});

	test.each([
		['the LMS says that it is not completed', unfinished, platform.notCompleted],
		['the LMS does not show the learner', hidden, platform.notShown],
	])('issues nothing when %s', async (_, learner, words) => {
		expect(await report(platform.event(learner))).toMatchObject({
			status: 422,
			data: { issued: false, reason: containing(words), whatToDo: expect.stringMatching(/\w/) as string, tryAgain: false },
		});
		expect(callsOf('learncoin.createBatch')).toEqual([]);
	});

	describe.each([
		['first', platform.lookUps[0]],
		['second', platform.lookUps[1]],
	])('the %s look-up', (_, looksUp) => {
		test.each([...platform.refusals, ...troubles])('issues nothing and says so when the LMS %s', async (_, reply, status, words) => {
			const learner = newLearner();
			lms.fault = { looksUp, reply };
			const answer = await report(platform.event(learner));
			expect(answer).toMatchObject({
				status,
				data: { issued: false, reason: containing(words), whatToDo: expect.stringMatching(/\w/) as string, tryAgain: status === 503 },
			});
			expect(JSON.stringify(answer.data)).not.toContain(platform.secret);
			expect(callsOf('learncoin.createBatch')).toEqual([]);

			lms.fault = undefined;
			expect(await report(platform.event(learner))).toEqual(accepted);
		});
	});

	test('asks the LMS once more when the line is cut', async () => {
		lms.fault = { looksUp: platform.lookUps[0], reply: undefined };
		await report(platform.event(newLearner()));
		expect(lookedUp()).toHaveLength(2);
	});

	test('is told to come back when LearnCoin is down, and issued once when it does', async () => {
		const learner = newLearner();
		demo.sandbox.faults.add({ route: 'learncoin.createBatch', times: 100, answer: { kind: 'status', status: 503 } });
		expect(await report(platform.event(learner))).toMatchObject({ status: 503, data: { issued: null, tryAgain: true } });
		demo.sandbox.faults.clear();
		expect(await report(platform.event(learner))).toEqual(accepted);
		expect(credentialsOf(learner)).toHaveLength(1);
	});

	test('is told what to fix when LearnCoin refuses', async () => {
		const learner = newLearner();
		demo.sandbox.faults.add({ route: 'learncoin.createBatch', answer: { kind: 'status', status: 403 } });
		expect(await report(platform.event(learner))).toMatchObject({
			status: 422,
			data: { issued: false, reason: expect.stringMatching(/\w/) as string, whatToDo: containing('HTTP 403'), tryAgain: false },
		});
		expect(credentialsOf(learner)).toEqual([]);
	});

	test('says to the caller neither who the learner is nor where the credential can be seen', async () => {
		const learner = newLearner();
		await report(platform.event(learner));
		await anchored();
		const { data } = await report(platform.event(learner));
		expect(JSON.stringify(data)).not.toMatch(/Learner \d|example\.com|crd_/);
	});
});

describe('what else can come from an LMS', () => {
	const [moodle, canvas, learnDash] = platforms;

	test('Moodle’s Event Trigger sends a form with the three fields that count', async () => {
		const learner = newLearner();
		const { eventname, courseid, relateduserid } = moodleEvent(learner);
		const url = await addressOf(moodle);
		expect(await post(url, new URLSearchParams({ eventname, courseid, relateduserid }).toString())).toEqual(accepted);
		expect(credentialsOf(learner)).toHaveLength(1);
	});

	test('an event of Canvas that is signed can’t be read, and the answer says how to switch that off', async () => {
		const url = await addressOf(canvas);
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const signed = `${part({ alg: 'RS256', kid: '2026-11' })}.${part(canvasEvent(newLearner()))}.c2lnbmF0dXJl`;
		for (const type of ['text/plain', 'application/jwt'])
			expect(await post(url, signed, { 'content-type': type })).toMatchObject({
				status: 422,
				data: { issued: false, reason: containing('Sign Payload') },
			});
		expect(callsOf('learncoin.createBatch')).toEqual([]);
	});

	test('LearnDash’s add-on for Zapier also sends JSON, and Uncanny Automator what a person entered', async () => {
		const url = await addressOf(learnDash);
		const [zapped, automated] = [newLearner(), newLearner()];
		expect(await post(url, learnDashZapEvent(zapped))).toEqual(accepted);
		expect(await post(url, { trigger_type: 'course_completed', user_id: String(automated), course_id: '2481' })).toEqual(accepted);
		expect([credentialsOf(zapped), credentialsOf(automated)]).toMatchObject([[anything], [anything]]);
	});

	test.each(platforms)('nothing at all is no event of $name', async (platform) => {
		const { status, data } = await post(await addressOf(platform), '');
		expect({ status, data }).toMatchObject({ data: { issued: false } });
		expect(callsOf('learncoin.createBatch')).toEqual([]);
	});
});

describe('a course completed in Thinkific', () => {
	let url: string;
	const issued = () => demo.sandbox.moca.issued();
	const issuedTo = (email: string) => issued().filter(({ recipientEmail }) => recipientEmail === email);
	const newEmail = () => `learner${newLearner()}@example.com`;
	const report = (event: unknown, sign = (body: string): string | undefined => thinkificSignature(body)) => {
		const body = typeof event === 'string' ? event : JSON.stringify(event);
		const signature = sign(body);
		return post(url, body, {
			'content-type': 'application/json',
			...(signature !== undefined && { 'X-Thinkific-Hmac-Sha256': signature }),
		});
	};

	beforeAll(async () => {
		url = await publish(await readExample('thinkific-course-completed.json'));
	});

	beforeEach(() => {
		demo.sandbox.moca.settings.onDuplicateIgnore = 'existing';
		demo.sandbox.moca.settings.conflictMessage = 'specific';
	});

	test('is issued with Moca to the learner’s email address', async () => {
		const email = newEmail();
		const { status, data } = await report(thinkificEvent(email));
		const [credential, ...more] = issuedTo(email);
		expect(more).toEqual([]);
		expect(credential).toMatchObject({ credentialSubject: { event: 'Erste Hilfe – Grundkurs' } });
		expect({ status, data }).toEqual({
			status: 200,
			data: { issued: true, outcome: 'issued', coreClaimHash: credential?.coreClaimHash, note: '' },
		});
	});

	test.each(['existing', 'conflict'] as const)(
		'is issued once, however often it is reported, when Moca answers a duplicate with “%s”',
		async (answer) => {
			demo.sandbox.moca.settings.onDuplicateIgnore = answer;
			const email = newEmail();
			await report(thinkificEvent(email));
			const { status, data } = await report(thinkificEvent(email));
			expect({ status, data }).toMatchObject({ status: 200, data: { issued: true } });
			expect(issuedTo(email)).toHaveLength(1);
		},
	);

	test('is told that nobody knows, when Moca leaves open whether the learner has it or declined it', async () => {
		const email = newEmail();
		await report(thinkificEvent(email));
		Object.assign(demo.sandbox.moca.settings, { onDuplicateIgnore: 'conflict', conflictMessage: 'generic' });
		expect(await report(thinkificEvent(email))).toMatchObject({
			status: 422,
			data: { issued: null, outcome: 'unknown', note: expect.stringMatching(/\w/) as string },
		});
	});

	test.each<[string, (body: string) => string | undefined]>([
		['is not signed', () => undefined],
		['has an empty signature', () => ''],
		['is signed with another key', (body) => thinkificSignature(body, 'another key')],
		['was changed on its way', (body) => thinkificSignature(body.replace('completed', 'created'))],
	])('is refused when it %s', async (_, sign) => {
		const email = newEmail();
		expect(await report(thinkificEvent(email), sign)).toMatchObject({
			status: 401,
			data: { issued: false, reason: containing('signature'), tryAgain: false },
		});
		expect(issuedTo(email)).toEqual([]);
		expect(callsOf('moca.issue')).toEqual([]);
	});

	test('is checked by the body as it came, however it is written', async () => {
		const email = newEmail();
		const body = JSON.stringify(thinkificEvent(email), null, '\t').replace('–', '\\u2013');
		expect(await report(body, (text) => thinkificSignature(text).toUpperCase())).toMatchObject({ status: 200, data: { issued: true } });
		expect(issuedTo(email)).toHaveLength(1);
	});

	test.each([
		['an event of another kind', thinkificEvent('ada@example.com', { action: 'progress' }), 200, 'event “enrollment.progress”'],
		['another course', thinkificEvent('ada@example.com', { course: 999 }), 200, 'No credential is given for course “999”'],
		['an event without an email address', thinkificEvent(undefined), 422, 'holds no email address'],
		['Thinkific’s own test event', thinkificEvent('[TEST] john@doe.com'), 422, '[TEST] john@doe.com'],
		['something else that is signed', 'true', 200, 'event “”'],
	])('issues nothing for %s', async (_, event, status, words) => {
		expect(await report(event)).toMatchObject({ status, data: { issued: false, reason: containing(words) } });
		expect(callsOf('moca.issue')).toEqual([]);
	});

	test('is told to come back when Moca is down, and issued once when it does', async () => {
		const email = newEmail();
		demo.sandbox.faults.add({ route: 'moca.issue', times: 100, answer: { kind: 'status', status: 503 } });
		expect(await report(thinkificEvent(email))).toMatchObject({ status: 503, data: { issued: null, tryAgain: true } });
		demo.sandbox.faults.clear();
		expect(await report(thinkificEvent(email))).toMatchObject({ status: 200, data: { issued: true } });
		expect(issuedTo(email)).toHaveLength(1);
	});
});

describe('a course completed in any LMS', () => {
	const file = 'course-completed-webhook.json';
	let url: string;
	const event = (learner: number, changed: Record<string, unknown> = {}) => ({
		event: 'course.completed',
		learnerNumber: String(learner),
		name: `Learner ${learner}`,
		course: 'FA-2026',
		completedOn: '2026-10-30',
		...changed,
	});
	const report = (body: object, to = url) => post(to, body, { [lmsHeader.name]: lmsHeader.value });

	/** The same workflow at another address, which waits until the batch is anchored, or the time is up. */
	const publishWaiting = async (waitTimeout: number) => {
		const path = `course-completed-waits-${randomUUID()}`;
		const waiting = withParameters(await readExample(file), {
			'A course is completed': parameters({ path }),
			'LearnCoin Batch': parameters({ recipientNamespace: namespace, waitForAnchor: true, options: { waitTimeout, pollInterval: 0.2 } }),
		});
		return await publish({ ...waiting, nodes: waiting.nodes.map((node) => (node.webhookId ? { ...node, webhookId: path } : node)) });
	};

	beforeAll(async () => {
		url = await publish(withParameters(await readExample(file), { 'LearnCoin Batch': givenLearnCoin }));
	});

	test('is issued, and the same event brings the link later', async () => {
		const learner = newLearner();
		const first = await report(event(learner));
		expect(first).toMatchObject({ status: 200, data: { issued: false, outcome: 'submitted', verificationLink: null } });
		expect(credentialsOf(learner)).toMatchObject([{ achievementName: 'First Aid 2026', issuanceDate: '2026-10-30T00:00:00Z' }]);
		await anchored();
		expect(await report(event(learner))).toMatchObject({
			status: 200,
			data: {
				issued: true,
				outcome: 'alreadyIssued',
				verificationLink: credentialsOf(learner)[0]?.body.verify_url,
				recipientId: first.data.recipientId,
			},
		});
	});

	test('is issued once, however often it is reported, also at the same moment, and with another date', async () => {
		const learner = newLearner();
		const answers = await Promise.all([1, 2, 3].map(() => report(event(learner))));
		expect(answers.map(({ data }) => data.outcome).sort()).toEqual(['alreadyIssued', 'alreadyIssued', 'submitted']);
		await anchored();
		expect(await report(event(learner, { completedOn: '2026-11-02' }))).toMatchObject({ data: { outcome: 'alreadyIssued' } });
		expect(credentialsOf(learner)).toHaveLength(1);
	});

	test.each([
		['an event of another kind', { event: 'course.started' }, 200, 'event “course.started”'],
		['another course', { course: 'X-1' }, 200, 'No credential is given for course “X-1”'],
		['a course of a name that objects have by themselves', { course: 'constructor' }, 200, 'No credential is given'],
		['no learner', { learnerNumber: '' }, 422, 'does not say which learner'],
		['a learner without a name', { name: '' }, 422, 'name'],
		['a date that could be another one', { completedOn: '01/02/2026' }, 422, '01/02/2026'],
	])('issues nothing for %s', async (_, changed, status, words) => {
		expect(await report(event(newLearner(), changed))).toMatchObject({ status, data: { issued: false, reason: containing(words) } });
		expect(callsOf('learncoin.createBatch')).toEqual([]);
	});

	test('is taken from nobody who does not send the header', async () => {
		const learner = newLearner();
		expect((await post(url, event(learner))).status).toBe(403);
		expect((await post(url, event(learner), { [lmsHeader.name]: 'guessed' })).status).toBe(403);
		expect(credentialsOf(learner)).toEqual([]);
	});

	test('is told to come back when LearnCoin is down, and issued once when it does', async () => {
		const learner = newLearner();
		demo.sandbox.faults.add({ route: 'learncoin.createBatch', times: 100, answer: { kind: 'drop', when: 'after' } });
		expect(await report(event(learner))).toMatchObject({ status: 503, data: { issued: null, tryAgain: true } });
		demo.sandbox.faults.clear();
		expect(await report(event(learner))).toMatchObject({
			status: 200,
			data: { outcome: expect.stringMatching(/submitted|alreadyIssued/) as string },
		});
		expect(credentialsOf(learner)).toHaveLength(1);
	});

	test('is told that nobody knows, when LearnCoin does not say what the learner’s credential is for', async () => {
		const { apiBaseUrl, apiKey, settings } = demo.sandbox.learncoin;
		settings.signedCredentialAfterErase = 'null';
		const headers = { authorization: `Bearer ${apiKey}` };
		const learner = newLearner();
		const { data } = await report(event(learner, { course: 'DL-1' }));
		const other = { name: 'Another achievement', description: 'Issued by somebody else.' };
		const recipient = { id: data.recipientId, name: 'Somebody' };
		await post(
			`${apiBaseUrl}/batches`,
			{ credentials: [{ recipient, achievement: other, issuanceDate: '2026-10-30T00:00:00Z' }] },
			headers,
		);
		await anchored();
		const id = credentials().at(-1)?.id;
		await post(`${apiBaseUrl}/credentials/${id}/erase`, { requester: 'recipient', verified_at: '2026-11-01T00:00:00Z' }, headers);
		demo.sandbox.traffic.clear();
		expect(await report(event(learner))).toMatchObject({
			status: 422,
			data: { issued: null, outcome: 'unknown', note: containing('does not say what it is for') },
		});
		expect(callsOf('learncoin.createBatch')).toEqual([]);
	});

	test('does not call issued what is still waited for', async () => {
		demo.sandbox.learncoin.settings.anchoredAfterMs = 10 * minute;
		const learner = newLearner();
		const waiting = await publishWaiting(1);
		expect(await report(event(learner), waiting)).toMatchObject({ status: 200, data: { issued: false, outcome: 'pending' } });
	});

	test('calls issued what is anchored, and asks to come back for what LearnCoin gave up', async () => {
		const waiting = await publishWaiting(30);
		const [lucky, unlucky] = [newLearner(), newLearner()];
		expect(await report(event(lucky), waiting)).toMatchObject({
			status: 200,
			data: { issued: true, outcome: 'anchored', verificationLink: credentialsOf(lucky)[0]?.body.verify_url },
		});
		demo.sandbox.learncoin.settings.failBatches = true;
		expect(await report(event(unlucky), waiting)).toMatchObject({
			status: 503,
			data: { issued: false, outcome: 'failed', note: containing('given up') },
		});
		demo.sandbox.learncoin.settings.failBatches = false;
		expect(await report(event(unlucky), waiting)).toMatchObject({ status: 200, data: { issued: true } });
	});
});
