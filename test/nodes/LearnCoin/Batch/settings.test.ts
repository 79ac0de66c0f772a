import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../../sandbox';
import { badgeLearners, createBadges } from '../../../support/learncoin';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const issuedTo = (urn: unknown) => sandbox.learncoin.credentials().filter(({ recipientId }) => recipientId === urn).length;

it('what one item chooses against duplicates does not count for the item beside it', async () => {
	const input: IDataObject[] = badgeLearners(2).map((learner, item) => ({ ...learner, way: ['none', 'retries'][item] }));
	for (let runs = 0; runs < 2; runs++) await createBadges(sandbox, input, { avoidDuplicates: '={{ $json.way }}' });
	expect(input.map(({ urn }) => issuedTo(urn))).toEqual([2, 1]);
});

it.each([
	['Idempotency Key', { idempotencyKey: '={{ $json.course + $itemIndex }}' }],
	['Batch Size', { batchSize: '={{ 100 + $itemIndex }}' }],
	['Output', { output: '={{ ["batches", "credentials"][$itemIndex] }}' }],
	['Wait for Anchor', { waitForAnchor: '={{ $itemIndex === 0 }}', options: { pollInterval: 0.1 } }],
])('items with another %s go into another batch', async (_, parameters) => {
	const { error } = await createBadges(sandbox, badgeLearners(2), { avoidDuplicates: 'retries', ...parameters });
	expect(error).toBeUndefined();
	expect(sandbox.learncoin.batches()).toHaveLength(2);
});
