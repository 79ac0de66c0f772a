import { checkAnchor } from '../../../../lib/proof/chain/anchor';
import { readAnchor } from '../../../../lib/proof/chain/anchorCode';
import { issuerAddress, transaction } from '../../../support/proof/synthetic';
import { lookupBy, rpcUrl, sendIn, silence, worldWith, type World } from '../../../support/proof/world';

const root = 'cd'.repeat(32);
const other = 'ef'.repeat(32);

describe('which chain a proof means', () => {
	it.each([
		[[1, 11_155_111, transaction], 'blink:eth:sepolia', 11_155_111, 'Ethereum Sepolia'],
		[[1, 1, transaction], 'blink:eth:mainnet', 1, 'Ethereum'],
		[['base', 'mainnet', transaction], 'blink:base:mainnet', 8453, 'Base'],
		[['base', 'sepolia', transaction], 'blink:base:sepolia', 84_532, 'Base Sepolia'],
		[[3, 84_532, transaction], 'blink:3:84532', 84_532, 'Base Sepolia'],
		[[8453, 'mainnet', transaction], 'blink:8453:mainnet', 8453, 'Base'],
		[[2, 137, transaction], 'blink:mtc:mainnet', undefined, 'mtc:mainnet'],
		[[7, 42_161, transaction], 'blink:7:42161', 42_161, 'the chain 42161'],
		[[3, 1, transaction], 'blink:3:1', undefined, '3:1'],
		[['base', 1, transaction], 'blink:base:1', undefined, 'base:1'],
		[['eth', 1, transaction], 'blink:eth:1', 1, 'Ethereum'],
		[[0, 1, transaction], 'blink:btc:mainnet', undefined, 'Bitcoin'],
		[[0, 3, transaction], 'blink:btc:testnet', undefined, 'Bitcoin’s test network'],
	])('%j is %s', (parts, code, id, name) => {
		const anchor = readAnchor(parts);
		expect(anchor.code).toBe(`${code}:${transaction}`);
		expect([anchor.chain.id, anchor.chain.name]).toEqual([id, name]);
	});

	it('is read from a text, too, with the transaction written in either way', () => {
		for (const written of [transaction, transaction.slice(2), transaction.toUpperCase().replace('0X', '0x')]) {
			expect(readAnchor(`blink:base:sepolia:${written}`)).toMatchObject({ chain: { id: 84_532 }, transaction });
		}
	});
});

const check = async (change: (world: World) => void = () => {}, anchor: readonly unknown[] = ['base', 'sepolia', transaction]) => {
	const world = worldWith(root);
	change(world);
	const { send, requests } = sendIn(world);
	const value = { merkleRoot: root, targetHash: root, path: [], anchors: [readAnchor(anchor)] };
	const { finding, info, transaction: found } = await checkAnchor(value, lookupBy(send, false), rpcUrl);
	return { ...finding, info, sender: found?.sender, asked: requests.map(({ body }) => body?.method) };
};
const sent = (world: World, change: Record<string, unknown>) =>
	Object.assign(world.rpc.eth_getTransactionByHash as Record<string, unknown>, change);

describe('the transaction', () => {
	it('holds the root: its sender, block and time are told', async () => {
		expect(await check()).toMatchObject({
			verdict: 'holds',
			sender: issuerAddress,
			info: { blockNumber: 16, time: '2025-12-30T16:38:24.000Z', explorerUrl: `https://sepolia.basescan.org/tx/${transaction}` },
		});
	});

	it('holds it among other data: partly', async () => {
		expect(await check((world) => sent(world, { input: `0x1234${root}` }))).toMatchObject({ verdict: 'partly', sender: issuerAddress });
	});

	it('holds another root: the badge is altered, and nobody is its sender', async () => {
		expect(await check((world) => sent(world, { input: `0x${other}` }))).toMatchObject({
			verdict: 'fails',
			means: 'altered',
			sender: undefined,
		});
	});

	it('is not there, not in a block yet, was not carried out, or is another one: not proven', async () => {
		const changes: Array<(world: World) => void> = [
			(world) => (world.rpc.eth_getTransactionByHash = null),
			(world) => sent(world, { blockNumber: null }),
			(world) => (world.rpc.eth_getTransactionReceipt = null),
			(world) => (world.rpc.eth_getTransactionReceipt = { status: '0x0' }),
			(world) => sent(world, { hash: `0x${other}` }),
			(world) => (world.rpc.eth_getTransactionReceipt = { status: '0x1', transactionHash: `0x${other}` }),
			(world) => sent(world, { from: undefined }),
		];
		for (const change of changes) expect(await check(change)).toMatchObject({ verdict: 'notProven', sender: undefined });
	});

	it('holds without a time where the chain does not tell it', async () => {
		const { verdict, info } = await check((world) => (world.rpc.eth_getBlockByNumber = silence()));
		expect([verdict, info?.time]).toEqual(['holds', undefined]);
	});
});

describe('the RPC URL', () => {
	it('of another chain is asked for nothing else, and both chains are named', async () => {
		const { verdict, reason, asked } = await check((world) => (world.chainId = '0x2105'));
		expect([verdict, asked]).toEqual(['notChecked', ['eth_chainId']]);
		expect(reason).toBe('The RPC URL is of Base; the badge is anchored on Base Sepolia.');
	});

	it('that is silent, or answers with something else, leaves it unchecked, and never means altered', async () => {
		for (const answer of [silence(), silence('TOO_LARGE'), 'no', {}, null, '0x']) {
			const found = await check((world) => (world.rpc.eth_chainId = answer));
			expect([found.verdict, found.means]).toEqual(['notChecked', undefined]);
		}
		expect(await check((world) => (world.rpc.eth_getTransactionReceipt = silence()))).toMatchObject({ verdict: 'notChecked' });
	});

	it('is not asked for test data, for Bitcoin, or without a transaction', async () => {
		for (const [anchor, verdict] of [
			[[-1, 'for testing only'], 'notProven'],
			[[0, 1, transaction], 'notChecked'],
			[['base', 'sepolia', '0x12'], 'notProven'],
		] as const) {
			expect(await check(undefined, anchor)).toMatchObject({ verdict, asked: [] });
		}
	});
});
