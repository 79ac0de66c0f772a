import { isJsonObject, type JsonObject } from '../../values/json';
import { textOf } from '../../values/texts';
import type { Lookup } from '../lookup';
import type { ProofValue } from '../merkle/proofValue';
import type { Finding } from '../verdict';
import type { Anchor } from './anchorCode';
import { explorerUrl, nameOf } from './chains';

/** The transaction as the chain knows it. */
export interface Transaction {
	/** The sender's address, `0x` and 40 hex digits in lower case. */
	sender: string;
	blockNumber: number;
	/** When its block was made, ISO 8601 UTC: the only date of a badge that its issuer can't choose. */
	time?: string;
}

/** Where a badge is anchored, as its proof says; the rest is there once the chain was asked. */
export interface AnchorInfo extends Partial<Transaction> {
	chain: string;
	chainId?: number;
	transaction?: string;
	explorerUrl?: string;
}

export interface AnchorCheck {
	finding: Finding;
	info?: AnchorInfo;
	/** Set when the root is in it. */
	transaction?: Transaction;
}

/**
 * Whether the transaction that a proof names holds its root.
 *
 * @param rpcUrl of a node of the chain; without it, nothing is asked
 */
export async function checkAnchor({ anchors, merkleRoot }: ProofValue, lookup: Lookup, rpcUrl: string | undefined): Promise<AnchorCheck> {
	const anchor = anchors[0];
	if (!anchor) return { finding: { verdict: 'notProven', reason: 'The proof names no transaction.' } };
	const { chain, transaction } = anchor;
	const info: AnchorInfo = { chain: chain.name, ...infoOf(anchor) };
	const told = (verdict: Finding['verdict'], reason: string): AnchorCheck => ({ finding: { verdict, reason }, info });
	if (chain.isMock) return told('notProven', 'It is test data: there is no transaction (mocknet).');
	if (!transaction) return told('notProven', 'The proof names no transaction that can be looked up.');
	if (chain.id === undefined) return told('notChecked', `It is anchored on ${chain.name}, which this check cannot look at.`);
	if (rpcUrl === undefined) {
		return told('notChecked', `Whether the root is in the transaction on ${chain.name} was not looked up: there is no RPC URL to ask.`);
	}
	const seen = await seeTransaction(lookup, rpcUrl, chain.id, transaction);
	if ('why' in seen) return told(seen.verdict, seen.why);
	const { input, ...found } = seen;
	const held: AnchorCheck = { finding: findRoot(input, merkleRoot, chain.name), info: { ...info, ...found } };
	return held.finding.verdict === 'fails' ? held : { ...held, transaction: found };
}

function infoOf({ chain, transaction }: Anchor): Partial<AnchorInfo> {
	const url = transaction && explorerUrl(chain, transaction);
	return { ...(chain.id !== undefined && { chainId: chain.id }), ...(transaction && { transaction }), ...(url && { explorerUrl: url }) };
}

function findRoot(input: string, root: string, chain: string): Finding {
	if (input === root) return { verdict: 'holds', reason: `The transaction on ${chain} holds the root, and nothing else.` };
	if (input.includes(root)) return { verdict: 'partly', reason: `The transaction on ${chain} holds the root, among other data.` };
	return { verdict: 'fails', reason: `The transaction on ${chain} does not hold the root that the proof names.`, means: 'altered' };
}

type Seen = (Transaction & { input: string }) | { verdict: 'notProven' | 'notChecked'; why: string };

async function seeTransaction(lookup: Lookup, rpcUrl: string, chainId: number, hash: string): Promise<Seen> {
	const chain = await lookup.call(rpcUrl, 'eth_chainId', []);
	if (!chain.ok) return { verdict: 'notChecked', why: `The transaction could not be looked up at the RPC URL: ${chain.why}.` };
	const id = numberOf(chain.object.result);
	if (id !== chainId) {
		const whose = id === undefined ? 'does not say which chain it is of' : `is of ${nameOf(id)}`;
		return { verdict: 'notChecked', why: `The RPC URL ${whose}; the badge is anchored on ${nameOf(chainId)}.` };
	}
	const [sent, receipt] = await Promise.all(
		['eth_getTransactionByHash', 'eth_getTransactionReceipt'].map((method) => lookup.call(rpcUrl, method, [hash])),
	);
	if (!sent?.ok || !receipt?.ok) {
		const why = sent && !sent.ok ? sent.why : receipt && !receipt.ok ? receipt.why : '';
		return { verdict: 'notChecked', why: `The transaction could not be looked up at the RPC URL: ${why}.` };
	}
	return await read(lookup, rpcUrl, hash, sent.object.result, receipt.object.result);
}

async function read(lookup: Lookup, rpcUrl: string, hash: string, sent: unknown, receipt: unknown): Promise<Seen> {
	if (sent === null) return open('The chain does not know the transaction that the proof names.');
	if (!isJsonObject(sent) || hexOf(sent.hash) !== hash.slice(2))
		return open('The RPC URL answered with another transaction than it was asked for.');
	const blockNumber = numberOf(sent.blockNumber);
	if (blockNumber === undefined || receipt === null) return open('The transaction is not in a block yet.');
	if (!isJsonObject(receipt) || numberOf(receipt.status) !== 1 || hexOf(receipt.transactionHash ?? hash) !== hash.slice(2)) {
		return open('The transaction was not carried out.');
	}
	const input = hexOf(sent.input ?? sent.data);
	const sender = hexOf(sent.from);
	if (input === undefined || sender?.length !== 40) return open('The RPC URL did not say what is in the transaction, or who sent it.');
	const time = await timeOf(lookup, rpcUrl, textOf(sent.blockNumber));
	return { sender: `0x${sender}`, blockNumber, ...(time !== undefined && { time }), input };
}

const open = (why: string): Seen => ({ verdict: 'notProven', why });

/** Good to know, and no part of the verdict. */
async function timeOf(lookup: Lookup, rpcUrl: string, blockNumber: string): Promise<string | undefined> {
	const block = await lookup.call(rpcUrl, 'eth_getBlockByNumber', [blockNumber, false]);
	const { timestamp } = block.ok && isJsonObject(block.object.result) ? block.object.result : ({} as JsonObject);
	const seconds = numberOf(timestamp);
	return seconds === undefined || seconds > 1e11 ? undefined : new Date(seconds * 1000).toISOString();
}

/** Chains write numbers as `0x…`. */
const numberOf = (value: unknown): number | undefined =>
	typeof value === 'string' && /^0x[0-9a-f]{1,13}$/i.test(value) ? Number(value) : undefined;

/** Hex digits without `0x`, in lower case. */
const hexOf = (value: unknown): string | undefined =>
	typeof value === 'string' && /^0x[0-9a-f]*$/i.test(value) ? value.slice(2).toLowerCase() : undefined;
