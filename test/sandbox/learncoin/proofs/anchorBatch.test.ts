import { anchoredBatch, createBatch, credential, credentials, subscribe, until, useLearnCoin } from '../../../support/sandbox/learncoin';
import { useReceiver } from '../../../support/sandbox/receiver';

const sandbox = useLearnCoin();
const receiver = useReceiver();
const sent = () => sandbox().chain.transactions('base-sepolia').length;

it('a reset while a batch is being prepared forgets it: no transaction, no event', async () => {
	Object.assign(sandbox().learncoin.settings, { signedAfterMs: 0, anchoredAfterMs: 0 });
	await createBatch(sandbox(), credentials(500));
	await until(() => sandbox().learncoin.batches()[0]?.status === 'signed');
	await new Promise((resolve) => setTimeout(resolve, 5));
	sandbox().reset();
	await subscribe(sandbox(), receiver().url, ['batch.anchored']);
	await anchoredBatch(sandbox(), credentials(500));
	await until(() => receiver().received.length > 0);
	expect(sandbox().learncoin.batches()).toHaveLength(1);
	expect([sent(), receiver().received.length]).toEqual([1, 1]);
});

it('other calls are answered while a large batch is being prepared', async () => {
	Object.assign(sandbox().learncoin.settings, { signedAfterMs: 0, anchoredAfterMs: 0 });
	await createBatch(sandbox(), credentials(500));
	await until(() => sandbox().learncoin.batches()[0]?.status === 'signed');
	await createBatch(sandbox(), [credential(1)]);
	await until(() =>
		sandbox()
			.learncoin.batches()
			.every(({ status }) => status === 'anchored'),
	);
	const [large, small] = sandbox().learncoin.batches();
	expect(Date.parse(small!.anchored_at!)).toBeLessThanOrEqual(Date.parse(large!.anchored_at!));
});

it('a batch has one transaction of its own, in the network of its environment', async () => {
	await anchoredBatch(sandbox(), credentials(3));
	await anchoredBatch(sandbox(), credentials(3), { key: sandbox().learncoin.liveApiKey });
	const [one, other] = [sandbox().chain.transactions('base-sepolia'), sandbox().chain.transactions('base-mainnet')];
	expect([one.length, other.length]).toEqual([1, 1]);
	expect(one[0]?.input).not.toBe(other[0]?.input);
});
