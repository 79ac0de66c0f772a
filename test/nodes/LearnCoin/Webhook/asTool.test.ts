import { LearnCoinApi } from '../../../../credentials/LearnCoinApi.credentials';
import { LearnCoinWebhook } from '../../../../nodes/LearnCoin/Webhook/LearnCoinWebhook.node.ts';
import { toolOf } from '../../../support/agents/asTool';
import { byId, tenantCredential } from '../../../support/learncoin';
import { useSandbox } from '../../../support/sandbox/useSandbox';

const sandbox = useSandbox();
const url = 'http://127.0.0.1:9/hook';

const { ways, inWorkflow } = toolOf({
	node: new LearnCoinWebhook(),
	credentialType: new LearnCoinApi(),
	credential: () => tenantCredential(sandbox()),
});

describe.each(ways)('as a tool, %s', (_, told) => {
	it('Create registers nothing, so no model sees a secret, and says who can do it how', async () => {
		const said = await told({ operation: 'create', url, events: ['batch.anchored'], description: '', options: {} });
		expect(said).toMatch(/No webhook was created.*LearnCoin Trigger/);
		expect(said).not.toMatch(/whsec_|signing_secret/);
		expect(sandbox().learncoin.webhooks()).toEqual([]);
	});

	it('Delete deletes nothing', async () => {
		await inWorkflow({ operation: 'create', url, events: ['batch.anchored'], description: '', options: {} });
		const [{ id } = { id: '' }] = sandbox().learncoin.webhooks();
		expect(await told({ operation: 'delete', webhook: byId(id), options: {} })).toMatch(/No webhook was deleted/);
		expect(sandbox().learncoin.webhooks()).toHaveLength(1);
	});

	it('Get Many lists, without secrets', async () => {
		await inWorkflow({ operation: 'create', url, events: ['batch.anchored'], description: '', options: {} });
		const said = await told({ operation: 'getMany', returnAll: true, options: {} });
		expect(said).toContain(url);
		expect(said).not.toContain(sandbox().learncoin.webhooks()[0]!.signing_secret);
	});
});

it('in a workflow of a person, Create gives the secret', async () => {
	const said = await inWorkflow({
		operation: 'create',
		url,
		events: ['batch.anchored'],
		description: '',
		options: {},
	});
	expect(said).toContain(sandbox().learncoin.webhooks()[0]!.signing_secret);
});
