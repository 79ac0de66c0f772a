import axios from 'axios';
import type { Network } from '../../../sandbox/chain/chain';
import { defaultChainSettings } from '../../../sandbox/chain/settings';
import { anchoredBatch, useLearnCoin } from '../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
beforeEach(() => {
	delete sandbox().chain.settings.chainId;
	Object.assign(sandbox().chain.settings, defaultChainSettings());
});

const post = async (body: unknown, network: Network = 'base-sepolia') =>
	await axios.post<unknown>(sandbox().chain.rpcUrls[network], body, {
		headers: { 'content-type': 'application/json' },
		validateStatus: () => true,
		// axios would quote a text that isn't JSON.
		transformRequest: (sent: unknown) => (typeof sent === 'string' ? sent : JSON.stringify(sent)),
	});
const ask = (method: string, ...params: unknown[]) => ({ jsonrpc: '2.0', id: 1, method, params });
const result = async (method: string, ...params: unknown[]) =>
	((await post(ask(method, ...params))).data as { result: Record<string, unknown> | string | null }).result;
const errorOf = async (body: unknown) => {
	const { status, data } = await post(body);
	const { error, id } = data as { error: { code: number; message: string }; id: unknown };
	return [status, id, error.code, error.message];
};

async function anchored() {
	const batch = await anchoredBatch(sandbox());
	return batch as unknown as { merkle_root: string; anchor_transaction: { hash: string; block_number: number } };
}

it('has the numbers of Base Sepolia and of Base', async () => {
	expect((await post(ask('eth_chainId'))).data).toEqual({ jsonrpc: '2.0', id: 1, result: '0x14a34' });
	expect((await post(ask('eth_chainId'), 'base-mainnet')).data).toMatchObject({ result: '0x2105' });
});

it('has the transaction of an anchored batch: the root as its data, sent by the tenant, in a block of its time', async () => {
	const before = Math.floor(Date.now() / 1000);
	const { merkle_root, anchor_transaction } = await anchored();
	const transaction = (await result('eth_getTransactionByHash', anchor_transaction.hash)) as Record<string, string>;
	expect(transaction).toMatchObject({
		hash: anchor_transaction.hash,
		input: merkle_root,
		from: sandbox().learncoin.issuer().address,
		blockNumber: `0x${anchor_transaction.block_number.toString(16)}`,
		value: '0x0',
		chainId: '0x14a34',
	});
	const receipt = await result('eth_getTransactionReceipt', anchor_transaction.hash);
	expect(receipt).toMatchObject({ status: '0x1', transactionHash: anchor_transaction.hash, blockNumber: transaction.blockNumber });
	const block = (await result('eth_getBlockByNumber', transaction.blockNumber, false)) as Record<string, string>;
	expect(block).toMatchObject({ number: transaction.blockNumber, hash: transaction.blockHash, transactions: [anchor_transaction.hash] });
	expect(Math.abs(Number(block.timestamp) - before)).toBeLessThanOrEqual(4);
	expect(Number(await result('eth_blockNumber'))).toBeGreaterThanOrEqual(anchor_transaction.block_number);
});

it('gives whole transactions with a block that is asked for with them, and the newest block by its name', async () => {
	const { anchor_transaction } = await anchored();
	const number = `0x${anchor_transaction.block_number.toString(16)}`;
	expect(await result('eth_getBlockByNumber', number, true)).toMatchObject({ transactions: [{ hash: anchor_transaction.hash }] });
	expect(await result('eth_getBlockByNumber', 'latest', false)).toMatchObject({ number: await result('eth_blockNumber') });
	expect(await result('eth_getBlockByNumber', '0xffffffff', false)).toBeNull();
});

it('keeps the two networks apart', async () => {
	const { anchor_transaction } = await anchored();
	const there = await post(ask('eth_getTransactionByHash', anchor_transaction.hash), 'base-mainnet');
	expect(there.data).toMatchObject({ result: null });
	await anchoredBatch(sandbox(), undefined, { key: sandbox().learncoin.liveApiKey });
	expect(sandbox().chain.transactions('base-mainnet')).toHaveLength(1);
	expect(sandbox().chain.transactions('base-sepolia')).toHaveLength(1);
});

it('forgets transactions on reset', async () => {
	const { anchor_transaction } = await anchored();
	sandbox().reset();
	expect(await result('eth_getTransactionByHash', anchor_transaction.hash)).toBeNull();
});

describe('played otherwise', () => {
	const look = async (hash: string) => [await result('eth_getTransactionByHash', hash), await result('eth_getTransactionReceipt', hash)];

	it('a transaction waits for a block', async () => {
		const { hash } = (await anchored()).anchor_transaction;
		sandbox().chain.settings.transactions = 'pending';
		expect(await look(hash)).toMatchObject([{ hash, blockNumber: null, blockHash: null, transactionIndex: null }, null]);
	});

	it('a transaction has failed', async () => {
		const { hash } = (await anchored()).anchor_transaction;
		sandbox().chain.settings.transactions = 'failed';
		expect(await look(hash)).toMatchObject([{ hash }, { status: '0x0' }]);
	});

	it('no transaction was ever heard of', async () => {
		const { hash } = (await anchored()).anchor_transaction;
		sandbox().chain.settings.transactions = 'unknown';
		expect(await look(hash)).toEqual([null, null]);
	});

	it('the endpoint is one of another chain', async () => {
		sandbox().chain.settings.chainId = 1;
		expect(await result('eth_chainId')).toBe('0x1');
	});

	it('by another process, which takes the chain ID away again with null', async () => {
		const settings = async (chain: object) => (await axios.put(`${sandbox().url}/_sandbox/settings`, { chain })).data as object;
		expect(await settings({ chainId: 1, transactions: 'failed' })).toMatchObject({ chain: { chainId: 1, transactions: 'failed' } });
		expect(await settings({ chainId: null })).toMatchObject({ chain: { transactions: 'failed' } });
		expect(await result('eth_chainId')).toBe('0x14a34');
	});

	it('the endpoint is down, by a fault', async () => {
		sandbox().faults.add({ route: 'chain.call', answer: { kind: 'status', status: 503 } });
		expect(await post(ask('eth_chainId'))).toMatchObject({ status: 503, data: { error: { code: -32_603 } } });
	});
});

describe('JSON-RPC', () => {
	it('answers a batch in its order, and leaves out what has no id', async () => {
		const batch = [
			{ ...ask('eth_chainId'), id: 'a' },
			{ jsonrpc: '2.0', method: 'eth_chainId', params: [] },
			{ ...ask('eth_no'), id: 7 },
		];
		expect((await post(batch)).data).toMatchObject([
			{ id: 'a', result: '0x14a34' },
			{ id: 7, error: { code: -32_601 } },
		]);
		expect((await post([{ jsonrpc: '2.0', method: 'eth_chainId', params: [] }])).data).toBe('');
	});

	it.each<[string, unknown, unknown[]]>([
		['what is no JSON', '{"jsonrpc"', [200, null, -32_700, 'parse error']],
		['an empty batch', [], [200, null, -32_600, 'empty batch']],
		['what is no call', { id: 3 }, [200, 3, -32_600, 'invalid request']],
		['a number', '5', [200, null, -32_600, 'invalid request']],
		['a method that it has not', ask('eth_sendRawTransaction'), [200, 1, -32_601, expect.stringContaining('eth_sendRawTransaction')]],
		['a method that every object has', ask('toString'), [200, 1, -32_601, expect.stringContaining('toString')]],
		['a hash that is none', ask('eth_getTransactionByHash', '0x12'), [200, 1, -32_602, expect.stringContaining('64 hex digits')]],
		['a block that is none', ask('eth_getBlockByNumber', 7, false), [200, 1, -32_602, expect.stringContaining('0x-hex')]],
	])('refuses %s with its own code', async (_what, body, expected) => {
		expect(await errorOf(body)).toEqual(expected);
	});
});
