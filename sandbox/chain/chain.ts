import { randomBytes } from 'node:crypto';
import { keccak_256 } from '@noble/hashes/sha3.js';

/** The two networks that LearnCoin anchors in (docs/api/learncoin.md 1), imitated under their own numbers. */
export const networks = {
	'base-sepolia': { chainId: 84_532, explorer: 'https://sepolia.basescan.org' },
	'base-mainnet': { chainId: 8_453, explorer: 'https://basescan.org' },
} as const;

export type Network = keyof typeof networks;

/** A transaction that carries nothing but data. Texts are 0x-hex in small letters. */
export interface Transaction {
	hash: string;
	from: string;
	to: string;
	input: string;
	nonce: number;
	blockNumber: number;
}

export interface Block {
	number: number;
	hash: string;
	parentHash: string;
	/** Seconds since epoch. */
	timestamp: number;
	transactions: Transaction[];
}

/** Base makes a block every 2 seconds. */
const blockSeconds = 2;
/** Higher than any block that a person would type, lower than the real networks' are. */
const firstBlock = 1_000_000;
/** Where Blockcerts' issuer sends its transactions: nobody has this address, and nobody looks at it. */
const nowhere = '0xdeaddeaddeaddeaddeaddeaddeaddeaddeaddead';

/** A chain of one's own: transactions are in the block of their time at once, and blocks follow one another by the clock. */
export class Chain {
	private readonly byHash = new Map<string, Transaction>();
	/** Blocks of two sandboxes, or of two networks, have nothing in common. */
	private readonly seed = randomBytes(16).toString('hex');
	private readonly openedAtSeconds = Math.floor(Date.now() / 1000);
	private sent = 0;

	constructor(readonly network: Network) {}

	/** Sends data, 0x-hex, from an address. The transaction isn't signed: an endpoint says who sent it, and nobody asks for more. */
	send(from: string, input: string): Transaction {
		const nonce = this.sent++;
		const hash = this.hashOf('transaction', nonce, from, input);
		const transaction = { hash, from, to: nowhere, input, nonce, blockNumber: this.head() };
		this.byHash.set(hash, transaction);
		return transaction;
	}

	find(hash: string): Transaction | undefined {
		return this.byHash.get(hash.toLowerCase());
	}

	/** In the order of sending. */
	transactions(): Transaction[] {
		return [...this.byHash.values()];
	}

	/** How many transactions were sent. */
	get size(): number {
		return this.byHash.size;
	}

	/** The newest block's number. */
	head(): number {
		return firstBlock + Math.floor((Date.now() / 1000 - this.openedAtSeconds) / blockSeconds);
	}

	/** Undefined for a block that isn't there yet, or was before the chain. */
	block(number: number): Block | undefined {
		if (number < firstBlock || number > this.head()) return undefined;
		return {
			number,
			hash: this.hashOf('block', number),
			parentHash: this.hashOf('block', number - 1),
			timestamp: this.openedAtSeconds + (number - firstBlock) * blockSeconds,
			transactions: this.transactions().filter(({ blockNumber }) => blockNumber === number),
		};
	}

	/** Forgets all transactions. Blocks go on: no chain starts anew. */
	clear(): void {
		this.byHash.clear();
	}

	private hashOf(...parts: Array<string | number>): string {
		const hashed = keccak_256(Buffer.from([this.seed, this.network, ...parts].join(' ')));
		return `0x${Buffer.from(hashed).toString('hex')}`;
	}
}
