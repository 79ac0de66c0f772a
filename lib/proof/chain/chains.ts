/** A chain, as far as a proof tells which. */
export interface Chain {
	/** For people: “Base Sepolia”, “the chain 42161”. */
	name: string;
	/** By which a chain of Ethereum's kind is known; undefined for the others, which can't be looked at here. */
	id?: number;
	/** There is no transaction at all: test data. */
	isMock?: boolean;
}

interface KnownChain {
	id: number;
	name: string;
	codes: readonly string[];
	/** The address that a transaction's hash is appended to. */
	explorer: string;
}

const knownChains: readonly KnownChain[] = [
	{ id: 8453, name: 'Base', codes: ['base:mainnet', 'base-mainnet:'], explorer: 'https://basescan.org/tx/' },
	{ id: 84_532, name: 'Base Sepolia', codes: ['base:sepolia', 'base-sepolia:'], explorer: 'https://sepolia.basescan.org/tx/' },
	{ id: 1, name: 'Ethereum', codes: ['eth:mainnet', 'eth:1'], explorer: 'https://etherscan.io/tx/' },
	{ id: 11_155_111, name: 'Ethereum Sepolia', codes: ['eth:sepolia'], explorer: 'https://sepolia.etherscan.io/tx/' },
];

/** By names or numbers: of the network, where it is one, else of the chain. */
export function chainCalled(chain: string, network: string): Chain {
	if (chain.toLowerCase() === 'mocknet') return { name: 'mocknet', isMock: true };
	const code = `${chain}:${network}`.toLowerCase();
	const id = knownChains.find(({ codes }) => codes.includes(code))?.id ?? idIn(network) ?? idIn(chain);
	if (id !== undefined && chain.toLowerCase() !== 'btc') return { name: nameOf(id), id };
	return { name: otherNames[code] ?? (code === ':' ? 'an unnamed chain' : code) };
}

const otherNames: Record<string, string> = {
	'btc:mainnet': 'Bitcoin',
	'btc:testnet': 'Bitcoin’s test network',
	'btc:regtest': 'a Bitcoin of one’s own',
};

/** Encoders count their chains and networks from 0 and 1 on: taken for an ID, a small number would make Ethereum of whatever they call 1. */
const idIn = (text: string): number | undefined => (/^[1-9]\d{2,14}$/.test(text) ? Number(text) : undefined);

export const nameOf = (id: number): string => knownChains.find((known) => known.id === id)?.name ?? `the chain ${id}`;

/** Where people can look at a transaction; undefined for a chain whose explorer we don't know. */
export function explorerUrl({ id }: Chain, transaction: string): string | undefined {
	const known = knownChains.find((one) => one.id === id);
	return known && known.explorer + transaction;
}
