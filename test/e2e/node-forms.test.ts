import axios from 'axios';
import type { Page } from 'playwright-core';

import type { Demo } from '../../n8n/demo/startDemo';
import { closeNode, nodesOnCanvas } from '../../n8n/editor/canvas';
import { choose, enter, enterById, listEntries, openList, parameterInput, pickFromList } from '../../n8n/editor/form';
import { actionsOf, addNode, chooseNode, openNodePanel, searchNodes } from '../../n8n/editor/nodePanel';
import { executeStep, type ShownRun } from '../../n8n/editor/output';
import { useEditor } from '../support/useEditor';

/**
 * Each node as somebody meets it who has never seen it: searched and added in the panel, filled in its form, chosen from its lists, executed;
 * then what stands in the table, and in the panel of a failure. The form of a program's own fields has a file of its own, moca-forms.
 */
const editor = useEditor();

let demo: Demo;
let page: Page;
beforeAll(() => {
	({ demo, page } = editor());
	Object.assign(demo.sandbox.learncoin.settings, { signedAfterMs: 10, anchoredAfterMs: 20 });
});

const typeOf = (name: string) => `n8n-nodes-moca-learncoin.${name}`;

/** Searches a node in a new workflow and adds it, for one of its actions if it has any. @returns all the actions it offers */
async function add(displayName: string, name: string, action?: string): Promise<string[]> {
	await page.goto(`${demo.n8n.url}/workflow/new`);
	await openNodePanel(page);
	await searchNodes(page, displayName.toLowerCase());
	await chooseNode(page, typeOf(name));
	const actions = await actionsOf(page, typeOf(name));
	await addNode(page, typeOf(name), action);
	return actions;
}

/** What the only node of ours is called on the canvas, and what stands below; the form is closed for it. */
async function onCanvas(name: string): Promise<string[]> {
	await closeNode(page);
	const added = (await nodesOnCanvas(page)).filter(({ type }) => type === typeOf(name));
	expect(added).toMatchObject([{ icon: { path: expect.stringMatching(new RegExp(`/${name}\\.svg$`)), isShown: true } }]);
	return added[0]!.text.split('\n').filter((line) => !/items?$|^Execute workflow$/.test(line));
}

/** The first columns of a run that went well, and its rows in them. */
function begin(run: ShownRun, columns: number): string[][] {
	if ('headline' in run) throw new Error(`${run.headline}: ${run.hint}`);
	return [run.columns, ...run.rows].map((row) => row.slice(0, columns));
}

/** The entries of a list, once it has loaded. */
async function listed(parameter: string): Promise<string[]> {
	await openList(page, parameter);
	await listEntries(page).first().waitFor();
	return await listEntries(page).allInnerTexts();
}

const recipientId = 'urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10';

describe('Moca Issue', () => {
	test('issues to whom was entered, by a program from the list', async () => {
		expect(await add('Moca Issue', 'mocaIssue', 'Issue a credential')).toEqual(['Issue a credential']);
		await enter(page, 'recipientEmail', 'ada@example.com');
		await pickFromList(page, 'program', 'community', 'Community Badge (Sandbox Academy)');
		await parameterInput(page, 'event').waitFor();
		await enter(page, 'event', 'Clean-up');
		const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
		expect(begin(await executeStep(page), 3)).toEqual([
			['recipientEmail', 'outcome', 'coreClaimHash'],
			['ada@example.com', 'issued', hash],
		]);
	});

	test('says whose address is wrong, and that nothing was sent', async () => {
		await enter(page, 'recipientEmail', 'ada at example.com');
		expect(await executeStep(page)).toEqual({
			headline: '“ada at example.com” is not an email address',
			hint: expect.stringMatching(/Nothing was sent, for no item\. To let the others go ahead, set On Error to Continue/),
		});
		expect(await onCanvas('mocaIssue')).toEqual(['Moca Issue', 'issue']);
	});
});

describe('Moca Status', () => {
	test('tells what became of a credential', async () => {
		expect(await add('Moca Status', 'mocaStatus', 'Get the status of a credential')).toEqual([
			'Get the status of a credential',
			'Wait until a credential is on chain',
		]);
		const { coreClaimHash } = demo.sandbox.moca.issued()[0]!;
		await enter(page, 'recipientEmail', 'ada@example.com');
		await enter(page, 'coreClaimHash', coreClaimHash);
		expect(begin(await executeStep(page), 3)).toEqual([
			['recipientEmail', 'outcome', 'coreClaimHash'],
			['ada@example.com', expect.stringMatching(/^(issued|onChain)$/), coreClaimHash],
		]);
	});

	test('says that a hash is unknown, and where it may be from', async () => {
		await enter(page, 'coreClaimHash', '0'.repeat(64));
		expect(await executeStep(page)).toEqual({
			headline: expect.stringMatching(
				/^Checking the credential of ada@example\.com did not work: Moca knows no credential with this claim hash/,
			),
			hint: expect.stringMatching(/^Check that the hash is whole, and that it was issued in the chosen environment/),
		});
		expect(await onCanvas('mocaStatus')).toEqual(['Get the status of a credential', 'get']);
	});
});

describe('Moca Catalog', () => {
	test('gets a verification program that is chosen from the list', async () => {
		expect(await add('Moca Catalog', 'mocaCatalog', 'Get a verification program')).toEqual([
			'Get an issuance program',
			'Get a schema',
			'Get many schemas',
			'Search the catalog',
			'Get a verification program',
			'Get many verification programs',
		]);
		await pickFromList(page, 'program', 'hostel', 'Hostel One: Community Badge');
		expect(begin(await executeStep(page), 2)).toEqual([
			['programId', 'name'],
			[expect.stringMatching(/^prg_/), 'Hostel One: Community Badge'],
		]);
	});

	test('says that there is none with this ID', async () => {
		await enterById(page, 'program', 'prg_nobody');
		expect(await executeStep(page)).toEqual({
			headline: expect.stringMatching(/prg_nobody.* did not work/),
			hint: expect.stringMatching(/\w{3}/),
		});
		expect(await onCanvas('mocaCatalog')).toEqual(['Get a verification program', 'get: program']);
	});
});

describe('LearnCoin Batch', () => {
	test('takes a number of the school’s own, and says what kind of namespace it needs', async () => {
		expect(await add('LearnCoin Batch', 'learnCoinBatch', 'Issue credentials to learners')).toEqual([
			'Issue credentials to learners',
			'Look up a batch',
			'Get many batches',
			'Wait until a batch is anchored',
		]);
		await enter(page, 'recipientReference', '100231');
		await enter(page, 'recipientNamespace', 'school');
		await enter(page, 'recipientName', 'Ada Lovelace');
		await enter(page, 'achievementName', 'First Aid');
		await parameterInput(page, 'achievementDescription').locator('textarea').fill('Knows what to do until help comes.');
		expect(await executeStep(page)).toEqual({
			headline: expect.stringMatching(/^Ada Lovelace: .*namespace is too short/i),
			hint: expect.stringMatching(/long text that nobody can guess.* Nothing was sent, for no item\./),
		});
	});

	test('issues when it is corrected', async () => {
		await enter(page, 'recipientNamespace', 'a long text that nobody can guess');
		expect(begin(await executeStep(page), 3)).toEqual([
			['recipient_id', 'recipientName', 'outcome'],
			[expect.stringMatching(/^urn:uuid:/), 'Ada Lovelace', 'submitted'],
		]);
	});

	test('looks up a batch that is chosen from the list', async () => {
		await choose(page, 'operation', 'Get');
		expect(await listed('batch')).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC, 1 credential, \w+$/)]);
		await listEntries(page).first().click();
		const { id } = demo.sandbox.learncoin.batches()[0]!;
		expect(begin(await executeStep(page), 2)).toEqual([
			['id', 'outcome'],
			[id, 'anchored'],
		]);
		expect(await onCanvas('learnCoinBatch')).toEqual(['Look up a batch', 'get']);
	});
});

describe('LearnCoin Credential', () => {
	test('finds credentials, and starts with whose they are and what became of them', async () => {
		expect(await add('LearnCoin Credential', 'learnCoinCredential', 'Get many credentials')).toEqual([
			'Erase personal data permanently',
			'Get a credential',
			'Get many credentials',
			'Reissue and permanently revoke the old',
			'Revoke a credential permanently',
			'Verify a credential',
		]);
		await choose(page, 'findBy', 'Recipient ID');
		const { recipientId: derived } = demo.sandbox.learncoin.credentials()[0]!;
		await enter(page, 'recipientId', derived);
		expect(begin(await executeStep(page), 3)).toEqual([
			['recipient_id', 'recipientName', 'outcome'],
			[derived, 'Ada Lovelace', 'anchored'],
		]);
	});

	test('says what a credential ID looks like, and where it comes from', async () => {
		await choose(page, 'operation', 'Verify');
		await enter(page, 'credentialId', 'x');
		expect(await executeStep(page)).toEqual({
			headline: '“x” is not a credential ID',
			hint: expect.stringMatching(/^It starts with crd_ .* LearnCoin Batch, Create with Wait for Anchor has it as id\./),
		});
		expect(await onCanvas('learnCoinCredential')).toEqual(['Verify a credential', 'verify']);
	});
});

describe('LearnCoin Tenant', () => {
	test('tells whose key it is', async () => {
		expect(await add('LearnCoin Tenant', 'learnCoinTenant', 'Get your organization and its credits')).toEqual([
			'Get your organization and its credits',
			'Change your organization',
		]);
		expect(begin(await executeStep(page), 2)).toEqual([
			['id', 'name'],
			[expect.stringMatching(/^tnt_/), 'Sandbox Academy'],
		]);
	});

	test('says that nothing was filled', async () => {
		await choose(page, 'operation', 'Update');
		expect(await executeStep(page)).toEqual({
			headline: 'There is nothing to change',
			hint: expect.stringMatching(/^Fill at least one field/),
		});
		expect(await onCanvas('learnCoinTenant')).toEqual(['Change your organization', 'update']);
	});
});

describe('LearnCoin Webhook', () => {
	test('says what an address is, and registers a right one', async () => {
		expect(await add('LearnCoin Webhook', 'learnCoinWebhook', 'Create a webhook')).toEqual([
			'Create a webhook',
			'Delete a webhook permanently',
			'Get many webhooks',
			'Test a webhook',
		]);
		await enter(page, 'url', 'example.com/hook');
		expect(await executeStep(page)).toEqual({
			headline: 'The webhook address “example.com/hook” is not a web address',
			hint: expect.stringMatching(/^Enter a whole web address, which starts with https:\/\/\./),
		});
		await enter(page, 'url', 'https://example.com/hook');
		expect(begin(await executeStep(page), 2)).toEqual([
			['id', 'url'],
			[expect.stringMatching(/^whk_/), 'https://example.com/hook'],
		]);
	});

	test('deletes one that is chosen from the list', async () => {
		await choose(page, 'operation', 'Delete');
		expect(await listed('webhook')).toEqual(['https://example.com/hook']);
		await listEntries(page).first().click();
		expect(begin(await executeStep(page), 2)).toEqual([
			['id', 'deleted'],
			[expect.stringMatching(/^whk_/), 'true'],
		]);
		expect(demo.sandbox.learncoin.webhooks()).toEqual([]);
		expect(await onCanvas('learnCoinWebhook')).toEqual(['Delete a webhook permanently', 'delete']);
	});
});

describe('LearnCoin Trigger', () => {
	test('starts on what was chosen in the panel, and shows the event that LearnCoin sends', async () => {
		expect(await add('LearnCoin Trigger', 'learnCoinTrigger', 'On batch created')).toEqual([
			'On batch anchored',
			'On batch created',
			'On credential erased',
			'On credential revoked',
		]);
		const run = executeStep(page);
		await page.getByText('Listening for test event').waitFor();
		const { apiBaseUrl, apiKey } = demo.sandbox.learncoin;
		const credentials = [
			{ recipient: { id: recipientId, name: 'Ada' }, achievement: { name: 'A', description: 'B' }, issuanceDate: '2026-06-30T00:00:00Z' },
		];
		await axios.post(`${apiBaseUrl}/batches`, { credentials }, { headers: { authorization: `Bearer ${apiKey}` }, proxy: false });
		const [columns, row] = begin(await run, 2);
		expect([columns, row]).toEqual([
			['id', 'type'],
			[expect.stringMatching(/^evt_/), expect.stringMatching(/^batch\.created/)],
		]);
		expect(await onCanvas('learnCoinTrigger')).toEqual(['LearnCoin Trigger', 'batch.created']);
	});
});

describe('Moca JWKS', () => {
	test('is added by a button, and shows the address to register, with the path that was entered', async () => {
		expect(await add('Moca JWKS', 'mocaJwks')).toEqual([]);
		await enter(page, 'path', 'academy/keys.json');
		await page.getByText('Webhook URLs').click();
		await page.getByRole('radio', { name: 'Production URL' }).click();
		await page.getByText(`${demo.n8n.url}/webhook/academy/keys.json`).waitFor();
		expect(await onCanvas('mocaJwks')).toEqual(['Moca JWKS', '/academy/keys.json']);
	});
});
