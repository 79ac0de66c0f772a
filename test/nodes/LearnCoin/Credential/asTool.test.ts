import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { LearnCoinApi } from '../../../../credentials/LearnCoinApi.credentials';
import { LearnCoinCredential } from '../../../../nodes/LearnCoin/Credential/LearnCoinCredential.node.ts';
import { asTool, toolOf } from '../../../support/agents/asTool';
import { anchoredBadges, recipientId, runLearnCoin, tenantCredential } from '../../../support/learncoin';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();

const { ways, calledByAgent, inWorkflow } = toolOf({
	node: new LearnCoinCredential(),
	credentialType: new LearnCoinApi(),
	credential: () => tenantCredential(sandbox()),
});

let id = '';
beforeEach(async () => {
	const [badge] = await anchoredBadges(sandbox(), 1);
	id = String(badge?.id);
});

const stored = () => sandbox().learncoin.credentials()[0]!.body;
const permanent = () => [
	{ operation: 'revoke', credentialId: id, reason: 'Asked for', reasonCode: 'other' },
	{ operation: 'erase', credentialId: id, requester: 'recipient', verifiedAt: '2026-11-01' },
	{ operation: 'reissue', credentialId: id, reason: 'A new name' },
];

describe.each(ways)('as a tool, %s', (_, told) => {
	it('revokes, erases and reissues nothing, and says who can', async () => {
		for (const parameters of permanent()) {
			const said = await told({ options: {}, ...parameters });
			expect(said).toMatch(/notDone.*AI agents are not allowed to.*Let AI Agents Do This/);
		}
		expect(stored()).toMatchObject({ revoked: false, erased: false });
		expect(sandbox().learncoin.credentials()).toHaveLength(1);
	});

	it('revokes where a person has let agents do so', async () => {
		await told({ ...permanent()[0]!, options: { letAiAgents: true } });
		expect(stored().revoked).toBe(true);
	});

	it('is not let by an expression, which a model could fill in', async () => {
		expect(await told({ ...permanent()[0]!, options: { letAiAgents: '={{ true }}' } })).toContain('notDone');
		expect(stored().revoked).toBe(false);
	});

	it('Get tells no signed document and no address', async () => {
		const said = await told({ operation: 'get', credentialId: id, download: true, options: {} });
		expect(said).toContain(id);
		expect(said).not.toMatch(/signed_credential|proofValue|email/);
	});

	it('a failure is an answer that says what failed and what to do', async () => {
		const said = await told({ operation: 'get', credentialId: 'crd_01HXYZABCDEF1234567890ABCD', options: {} });
		expect(said).toMatch(/outcome.{1,6}failed.*error.*whatToDo.*tell a person/);
	});

	it('nothing found is said in words', async () => {
		const said = await told({ operation: 'getMany', findBy: 'recipientId', recipientId: recipientId(99), options: {} });
		expect(said).toMatch(/nothingFound.*Nothing was found/);
	});
});

it('with On Error set to stop, a failure is an answer all the same: of an error, agents tell the model the headline alone', async () => {
	const said = await calledByAgent({ operation: 'get', credentialId: 'crd_01HXYZABCDEF1234567890ABCD' }, { onError: 'stopWorkflow' });
	expect(said).toContain('whatToDo');
});

it('in a workflow of a person nothing is switched off or left out', async () => {
	expect(await inWorkflow({ operation: 'get', credentialId: id, options: {} })).toContain('signed_credential');
	await inWorkflow({ ...permanent()[0]!, options: {} });
	expect(stored().revoked).toBe(true);
});

it('a workflow that was saved without a resource works as before', async () => {
	const { items } = await runLearnCoin(sandbox(), 'learnCoinCredential', { operation: 'verify', credentialId: id });
	expect(items[0]?.json).toMatchObject({ id });
	const { items: byDefault } = await runLearnCoin(sandbox(), 'learnCoinCredential', { credentialId: id });
	expect(byDefault[0]?.json).toMatchObject({ id });
});

it('each operation has words of its own for a model, in a name that model services take whole', () => {
	const { description } = asTool(new LearnCoinCredential());
	const { options } = description.properties.find(({ name }: INodeProperties) => name === 'operation')!;
	const parameters = (options as INodePropertyOptions[]).map(({ value }) => ({ resource: 'credential', operation: value }));
	const words = parameters.map((one) => NodeHelpers.makeDescription(one, description));
	expect(new Set(words).size).toBe(words.length);
	for (const name of parameters.map((one) => NodeHelpers.makeNodeName(one, description))) expect(name.length).toBeLessThanOrEqual(64);
});
