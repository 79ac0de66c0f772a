import { Chain, type Network } from './chain';
import { defaultChainSettings, type ChainSettings } from './settings';

/** The chains that LearnCoin's half anchors in, and how they answer. */
export interface ChainState {
	settings: ChainSettings;
	chains: Record<Network, Chain>;
}

export function createChainState(overrides: Partial<ChainSettings> = {}): ChainState {
	return {
		settings: { ...defaultChainSettings(), ...overrides },
		chains: { 'base-sepolia': new Chain('base-sepolia'), 'base-mainnet': new Chain('base-mainnet') },
	};
}

/** Forgets all transactions; keeps settings. */
export function clearChains({ chains }: ChainState): void {
	for (const chain of Object.values(chains)) chain.clear();
}
