import type { Network, Transaction } from './chain';
import { rpcPath } from './routes';
import type { ChainSettings } from './settings';
import type { ChainState } from './state';

/** The chain part of a running sandbox, as tests and the demo use it. */
export interface ChainSandbox {
	/** JSON-RPC endpoints; test keys anchor in `base-sepolia`, live ones in `base-mainnet`. */
	rpcUrls: Record<Network, string>;
	/** Live: a change counts from the next call on. */
	settings: ChainSettings;
	/** In the order of sending. */
	transactions(network: Network): Transaction[];
}

export function openChain({ chains, settings }: ChainState, sandboxUrl: string): ChainSandbox {
	return {
		rpcUrls: { 'base-sepolia': sandboxUrl + rpcPath('base-sepolia'), 'base-mainnet': sandboxUrl + rpcPath('base-mainnet') },
		settings,
		transactions: (network) => chains[network].transactions().map((transaction) => ({ ...transaction })),
	};
}
