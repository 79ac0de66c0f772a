import { networks, type Block, type Chain, type Transaction } from './chain';
import type { ChainSettings } from './settings';

/** An error of JSON-RPC 2.0 (section 5.1 of its specification). */
export class RpcError extends Error {
	constructor(
		readonly code: number,
		message: string,
	) {
		super(message);
		this.name = 'RpcError';
	}
}

/** @throws RpcError for a method that isn't there, or for wrong parameters */
export function callMethod(method: string, params: unknown[], chain: Chain, settings: ChainSettings): unknown {
	const call = Object.hasOwn(methods, method) ? methods[method] : undefined;
	if (!call) throw new RpcError(-32601, `the method ${method} does not exist/is not available`);
	return call(params, chain, settings);
}

type Method = (params: unknown[], chain: Chain, settings: ChainSettings) => unknown;

/** What checking an anchor takes, in the form of Ethereum's execution API. */
const methods: Record<string, Method> = {
	eth_chainId: (_params, { network }, { chainId }) => quantity(chainId ?? networks[network].chainId),
	eth_blockNumber: (_params, chain) => quantity(chain.head()),
	eth_getTransactionByHash: ([hash], chain, settings) => {
		const found = find(hash, chain, settings);
		return found ? transactionBody(found, chain, settings) : null;
	},
	eth_getTransactionReceipt: ([hash], chain, settings) => {
		const found = settings.transactions === 'pending' ? undefined : find(hash, chain, settings);
		return found ? receiptBody(found, chain, settings) : null;
	},
	eth_getBlockByNumber: ([number, withTransactions], chain, settings) => {
		const block = chain.block(blockNumber(number, chain));
		return block ? blockBody(block, withTransactions === true, chain, settings) : null;
	},
};

function find(hash: unknown, chain: Chain, { transactions }: ChainSettings): Transaction | undefined {
	if (typeof hash !== 'string' || !/^0x[0-9a-f]{64}$/i.test(hash)) throw invalid('the hash of a transaction must be 0x and 64 hex digits');
	return transactions === 'unknown' ? undefined : chain.find(hash);
}

function blockNumber(named: unknown, chain: Chain): number {
	if (named === 'latest' || named === 'safe' || named === 'finalized' || named === 'pending') return chain.head();
	if (typeof named === 'string' && /^0x(0|[1-9a-f][0-9a-f]*)$/i.test(named)) return Number(named);
	throw invalid('a block is named by its number as 0x-hex, or as latest');
}

const invalid = (problem: string) => new RpcError(-32602, `invalid argument 0: ${problem}`);

function transactionBody({ hash, from, to, input, nonce, blockNumber: number }: Transaction, chain: Chain, settings: ChainSettings) {
	const waiting = settings.transactions === 'pending';
	return {
		blockHash: waiting ? null : (chain.block(number)?.hash ?? null),
		blockNumber: waiting ? null : quantity(number),
		chainId: quantity(settings.chainId ?? networks[chain.network].chainId),
		from,
		gas: '0x5b8c',
		gasPrice: '0xf4240',
		hash,
		input,
		nonce: quantity(nonce),
		to,
		transactionIndex: waiting ? null : quantity(indexOf(hash, number, chain)),
		type: '0x2',
		value: '0x0',
	};
}

function receiptBody({ hash, from, to, blockNumber: number }: Transaction, chain: Chain, { transactions }: ChainSettings) {
	return {
		blockHash: chain.block(number)?.hash ?? null,
		blockNumber: quantity(number),
		contractAddress: null,
		from,
		gasUsed: '0x5b8c',
		logs: [],
		status: transactions === 'failed' ? '0x0' : '0x1',
		to,
		transactionHash: hash,
		transactionIndex: quantity(indexOf(hash, number, chain)),
		type: '0x2',
	};
}

function blockBody(block: Block, withTransactions: boolean, chain: Chain, settings: ChainSettings) {
	const { number, hash, parentHash, timestamp } = block;
	const inside = settings.transactions === 'mined' || settings.transactions === 'failed' ? block.transactions : [];
	return {
		number: quantity(number),
		hash,
		parentHash,
		timestamp: quantity(timestamp),
		transactions: inside.map((one) => (withTransactions ? transactionBody(one, chain, settings) : one.hash)),
	};
}

function indexOf(hash: string, number: number, chain: Chain): number {
	return chain.block(number)?.transactions.findIndex((one) => one.hash === hash) ?? 0;
}

/** A number as Ethereum writes it: hex without leading zeros. */
function quantity(value: number): string {
	return `0x${value.toString(16)}`;
}
