import { base58 } from '@scure/base';
import { networks, type Network } from '../../chain/chain';
import type { LearnCoinSettings } from '../settings';
import { cbor, type CborValue } from './cbor';
import type { PathStep } from './merkleTree';

/** What a proof says: from this document's hash, by this path, to that root in that transaction. */
export interface MerkleProof {
	targetHash: Buffer;
	path: PathStep[];
	merkleRoot: Buffer;
	network: Network;
	/** 0x-hex */
	transaction: string;
}

type Encoding = Pick<LearnCoinSettings, 'proofHashes' | 'proofValueForm' | 'anchorChain'>;

/**
 * The text of a proof: base58 over CBOR, in which members have numbers and stand in lists of pairs, and each hash is CBOR once more, within
 * bytes: so Blockcerts' encoders write it. Which of their ways LearnCoin takes is unknown, hence three settings.
 */
export function proofValue({ targetHash, path, merkleRoot, network, transaction }: MerkleProof, encoding: Encoding): string {
	const hash = (bytes: Buffer) => cbor(encoding.proofHashes === 'text' ? bytes.toString('hex') : bytes);
	// As text it keeps its 0x, as real documents show.
	const transactionHash = encoding.proofHashes === 'text' ? cbor(transaction) : hash(Buffer.from(transaction.slice(2), 'hex'));
	const encoded = cbor([
		[3, path.map((step) => ('left' in step ? [0, hash(step.left)] : [1, hash(step.right)]))],
		[0, hash(merkleRoot)],
		[1, hash(targetHash)],
		[2, [anchor(network, transactionHash, encoding.anchorChain)]],
	]);
	return `${encoding.proofValueForm === 'multibase' ? 'z' : ''}${base58.encode(encoded)}`;
}

function anchor(network: Network, transactionHash: Buffer, anchorChain: LearnCoinSettings['anchorChain']): CborValue {
	if (anchorChain === 'mocknet') {
		const text = 'This has not been issued on a blockchain and is for testing only';
		return [
			[0, -1],
			[1, cbor(text)],
		];
	}
	const [chain, code] = codesOf(network, anchorChain);
	return [
		[0, chain],
		[1, code],
		[2, transactionHash],
	];
}

/** Code of the chain, code of the network: Base is in no encoder's table, so here is each way in which it could have been entered. */
function codesOf(network: Network, anchorChain: Exclude<LearnCoinSettings['anchorChain'], 'mocknet'>): [number | string, number | string] {
	const { chainId } = networks[network];
	const isTest = network === 'base-sepolia';
	switch (anchorChain) {
		case 'base':
			return ['base', isTest ? 'sepolia' : 'mainnet'];
		case 'newNumber':
			// 0 is Bitcoin, 1 Ethereum, 2 Polygon, whose networks are its chain IDs.
			return [3, chainId];
		case 'chainId':
			return [chainId, chainId];
		case 'ethereumNumber':
			return [1, chainId];
		case 'ethereum':
			return [1, isTest ? 11_155_111 : 1];
	}
}
