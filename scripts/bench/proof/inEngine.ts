import { createRequire } from 'node:module';

import type { INodeType } from 'n8n-workflow';

import { createEngine } from '../../../test/support/engine';
import type { Issued } from './issued';

/** The node as it ships, in n8n's engine. @param folder of what was built @returns ms */
export async function checkInEngine({ badges }: Issued, rpcUrl: string, folder: string): Promise<number> {
	const { LearnCoinCredential } = createRequire(__filename)(`${folder}/nodes/LearnCoin/Credential/LearnCoinCredential.node.js`) as {
		LearnCoinCredential: new () => INodeType;
	};
	const run = createEngine({ nodes: { learnCoinCredential: new LearnCoinCredential() }, credentials: {} });
	const started = performance.now();
	const { items, error } = await run('learnCoinCredential', {
		parameters: {
			operation: 'verify',
			source: 'json',
			documentJson: '={{ $json.badge }}',
			rpcUrl,
			requiredSteps: ['hash', 'path', 'anchor', 'issuer', 'expiry'],
			askLearnCoin: false,
			options: {},
		},
		input: badges.map((badge) => ({ badge })),
		credential: {},
		node: { credentials: {} },
	});
	const ms = performance.now() - started;
	const genuine = items.filter(({ json }) => json.outcome === 'genuine').length;
	if (genuine !== badges.length) throw error ?? new Error(`${genuine} of ${badges.length} badges are genuine.`);
	return ms;
}
