import type { Page } from 'playwright-core';

import { mocaCredentialData, mocaCredentialType } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import * as canvas from '../../n8n/editor/canvas';
import * as form from '../../n8n/editor/form';
import { outputPanel } from '../../n8n/editor/output';
import { n8nLine } from '../../n8n/install/lines';
import { askUntil } from '../../n8n/processes/askUntil';
import type { WorkflowFile } from '../../n8n/rest/workflowFile';
import { mocaIssueNode, smallWorkflow } from '../../n8n/rest/smallWorkflow';
import { useEditor } from '../support/useEditor';

const editor = useEditor();

let demo: Demo;
let page: Page;
beforeAll(() => ({ demo, page } = editor()));

beforeEach(() => {
	demo.sandbox.moca.settings.catalogAtRoot = 'open';
});

/** Opens a new workflow in the editor, and a node's form in it. */
async function open(file: WorkflowFile, nodeName: string): Promise<void> {
	const { rest, url } = demo.n8n;
	const credentialId = await rest.createCredential(mocaCredentialType, 'Moca Network partner', mocaCredentialData(demo.sandbox));
	const workflowId = await rest.importWorkflow(file, { [mocaCredentialType]: credentialId });
	await page.goto(`${url}/workflow/${workflowId}`);
	await canvas.openNode(page, nodeName);
}

/** Everything that was issued to a learner. */
const issuedTo = (email: string) =>
	demo.sandbox.moca.issued().flatMap(({ recipientEmail, credentialSubject }) => (recipientEmail === email ? [credentialSubject] : []));

const ada = 'ada@example.com';

describe('Moca Issue, from the empty form to the credential', () => {
	test('asks for the program first', async () => {
		await open(smallWorkflow('By form', mocaIssueNode()), 'Moca Issue');
		await form.enter(page, 'recipientEmail', ada);
		await page.getByText('Choose an issuance program first').waitFor();
	});

	test('lists the catalog’s issuance programs page by page', async () => {
		await form.openList(page, 'program');
		await form.listEntries(page).first().waitFor();
		const onFirstPage = await form.listEntries(page).count();
		await form.listEntries(page).last().scrollIntoViewIfNeeded();
		await form.listEntries(page).nth(onFirstPage).waitFor();
		await page.keyboard.press('Escape');
	});

	test('finds a program by a word, and then shows its fields: titled, explained, and required or not', async () => {
		await form.pickFromList(page, 'program', 'skills', 'Skills Assessment (Sandbox Academy)');
		await form.parameterInput(page, 'assessment').waitFor();
		const names = ['assessment', 'attempt', 'score', 'passed', 'takenOn', 'submittedAt', 'skills', 'assessor', 'remark'];
		for (const name of names) expect(await form.parameterInput(page, name).count()).toBe(1);
		const mapper = page.getByTestId('resource-mapper-container');
		expect(await mapper.innerText()).toMatch(/Attempt \(First is 1\)[\s\S]*Remark \(Anything else\)/);
		// n8n 1 begins numbers with 0, so that none of them is empty.
		const filled = n8nLine().name === '1.123' ? ['attempt', 'score'] : [];
		const required = names.length - 1 - filled.length;
		const marked = () => mapper.getByTestId('parameter-issues').count();
		expect(await askUntil(marked, (count) => count === required, { everyMs: 100, timeoutMs: 10_000 })).toBe(required);
	});

	test('takes a value of every type, and issues what was entered when the workflow is executed', async () => {
		await form.enter(page, 'assessment', 'Type Safety');
		await form.enter(page, 'attempt', '1');
		await form.enter(page, 'score', '91.5');
		await form.choose(page, 'passed', 'Yes');
		await form.enter(page, 'takenOn', '2026-06-30 00:00:00');
		await form.enter(page, 'submittedAt', '2026-06-30 14:05:00');
		await form.enterJson(page, 'skills', '["TypeScript", "Testing"]');
		await form.enterJson(page, 'assessor', '{ "name": "Ben Li" }');
		await canvas.closeNode(page);
		await canvas.executeWorkflow(page, 'Moca Issue');
		expect(issuedTo(ada)).toEqual([
			{
				assessment: 'Type Safety',
				attempt: 1,
				score: 91.5,
				passed: true,
				takenOn: '2026-06-30',
				submittedAt: '2026-06-30T14:05:00Z',
				skills: ['TypeScript', 'Testing'],
				assessor: { name: 'Ben Li' },
			},
		]);
	});

	test('shows the credential in its output', async () => {
		await canvas.openNode(page, 'Moca Issue');
		const [issued] = demo.sandbox.moca.issued();
		for (const text of [issued?.coreClaimHash, issued?.credentialId, 'issued', ada])
			await outputPanel(page).getByText(String(text), { exact: true }).waitFor();
	});
});

test('columns go to the fields of the same name by themselves, converted to the types of the schema', async () => {
	const learner = { email: 'ben@example.com', Course: 'First Aid', score: '92', passed: 'yes', 'Completed on': '30.06.2026' };
	const set = {
		name: 'Learner',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify(learner) },
	};
	await open(smallWorkflow('By name', set, mocaIssueNode({ recipientEmail: '={{ $json.email }}' })), 'Moca Issue');
	await form.pickFromList(page, 'program', 'course completion', 'Course Completion (Sandbox Academy)');
	await form.parameterInput(page, 'course').waitFor();
	await form.mapAutomatically(page);
	await canvas.closeNode(page);
	await canvas.executeWorkflow(page, 'Moca Issue');
	expect(issuedTo('ben@example.com')).toEqual([{ course: 'First Aid', score: 92, passed: true, completedOn: '2026-06-30' }]);
});

describe('when the catalog is closed', () => {
	beforeEach(() => {
		demo.sandbox.moca.settings.catalogAtRoot = 'forbidden';
	});

	test('the list says why it can’t be loaded, and the ID can be entered and issued', async () => {
		const subjectJson = JSON.stringify({ event: 'Clean-up', hours: 3 });
		await open(smallWorkflow('By ID', mocaIssueNode({ subjectMode: 'json', subjectJson })), 'Moca Issue');
		await form.enter(page, 'recipientEmail', 'cleo@example.com');
		await form.openList(page, 'program');
		await page.getByText('there is no catalog, or it is closed to us (HTTP 403)').waitFor();
		await page.getByText('Catalog Base URL').first().waitFor();
		await page.getByText('Choose By ID, and enter the ID.').waitFor();
		await page.keyboard.press('Escape');

		await form.enterById(page, 'program', 'c28r52j0n15ws0042087Uc');
		await canvas.closeNode(page);
		await canvas.executeWorkflow(page, 'Moca Issue');
		expect(issuedTo('cleo@example.com')).toEqual([{ event: 'Clean-up', hours: 3 }]);
	});

	test('the form says why there are no fields, which setting to change, and what works without them', async () => {
		await open(smallWorkflow('No fields', mocaIssueNode()), 'Moca Issue');
		await form.enterById(page, 'program', 'c26k40g0m71tq0035218Ra');
		const notice = page.getByTestId('empty-fields-notice').filter({ hasText: 'HTTP 403' });
		await notice.waitFor();
		expect(await notice.innerText()).toMatch(/Using JSON[\s\S]*Catalog Base URL/);
	});
});

test('Moca Catalog lists schemas, without an n8n credential, and gets the one that is picked', async () => {
	const parameters = { environment: 'custom', catalogBaseUrl: demo.sandbox.moca.catalogBaseUrl, resource: 'schema', operation: 'get' };
	const node = { name: 'Moca Catalog', type: 'n8n-nodes-moca-learncoin.mocaCatalog', parameters };
	await open(smallWorkflow('Catalog', node), 'Moca Catalog');
	await form.pickFromList(page, 'schema', 'coursecompl', 'CourseCompletion');
	await canvas.closeNode(page);
	await canvas.executeWorkflow(page, 'Moca Catalog');
	await canvas.openNode(page, 'Moca Catalog');
	await outputPanel(page).getByText('c26j90e1bx5hn0027734Wd', { exact: true }).waitFor();
});
