import type { Sandbox } from '../../../sandbox';
import type { EngineRun } from '../../support/engine';
import { runLearnCoin } from '../../support/learncoin';
import { serve } from '../../support/proof/chainServer';
import { bareBadge, signed } from '../../support/proof/synthetic';
import { worldWith } from '../../support/proof/world';

/** A synthetic badge that is looked up on a chain on this machine. */
export async function verifiedByProof(sandbox: Sandbox): Promise<EngineRun> {
	const badge = await signed(bareBadge());
	const { url: rpcUrl, close } = await serve(worldWith(badge.root));
	const parameters = { operation: 'verify', source: 'json', documentJson: JSON.stringify(badge), rpcUrl };
	return await runLearnCoin(sandbox, 'learnCoinCredential', parameters).finally(close);
}
