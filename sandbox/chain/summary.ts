import { networks, type Network } from './chain';
import { rpcPath } from './routes';
import type { ChainSettings } from './settings';
import type { ChainState } from './state';

/** The chain as the page shows it. */
export interface ChainSummary {
	networks: Array<{
		network: Network;
		/** What `eth_chainId` tells. */
		chainId: number;
		/** The endpoint's path on this server. */
		path: string;
		transactions: number;
	}>;
	settings: ChainSettings;
}

export function chainSummary({ chains, settings }: ChainState): ChainSummary {
	return {
		networks: Object.values(chains).map(({ network, size }) => ({
			network,
			chainId: settings.chainId ?? networks[network].chainId,
			path: rpcPath(network),
			transactions: size,
		})),
		settings,
	};
}
