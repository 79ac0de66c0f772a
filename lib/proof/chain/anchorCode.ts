import { chainCalled, type Chain } from './chains';

/** Where a proof says that its root was written. */
export interface Anchor {
	chain: Chain;
	/** The transaction's hash as `0x` and 64 hex digits; undefined where there is none, such as for test data. */
	transaction?: string;
	/** As it is usually written: `blink:base:sepolia:0x…`. */
	code: string;
}

/** The numbers by which the known encoders write chains and networks; what is in no table stays a number. */
const chainCodes: Record<string, { name: string; networks: Record<string, string> }> = {
	'0': { name: 'btc', networks: { '1': 'mainnet', '2': 'regtest', '3': 'testnet' } },
	'1': { name: 'eth', networks: { '1': 'mainnet', '3': 'ropsten', '4': 'rinkeby', '5': 'goerli', '11155111': 'sepolia' } },
	'2': { name: 'mtc', networks: { '137': 'mainnet', '80001': 'mumbai' } },
	'-1': { name: 'mocknet', networks: {} },
};

/**
 * Reads an anchor, which is a text, or the list of chain, network and transaction. Base has no number in any published table, so a text or its
 * chain ID is taken for it, whichever place it is in.
 */
export function readAnchor(anchor: string | readonly unknown[]): Anchor {
	const parts = typeof anchor === 'string' ? anchor.replace(/^blink:/, '').split(':') : anchor.map(String);
	const known = chainCodes[parts[0] ?? ''];
	const name = known?.name ?? parts[0] ?? '';
	const network = known?.networks[parts[1] ?? ''] ?? parts[1] ?? '';
	const transaction = /^(?:0x)?([0-9a-f]{64})$/i.exec((parts[2] ?? '').trim())?.[1]?.toLowerCase();
	return {
		chain: chainCalled(name, network),
		...(transaction !== undefined && { transaction: `0x${transaction}` }),
		code: ['blink', name, network, parts[2]]
			.filter((part) => part !== undefined && part !== '')
			.join(':')
			.slice(0, 200),
	};
}
