import { z } from 'zod';
import { patchSchemaOf } from '../shared/settings';

/**
 * How the chain answers. Slow, silent and broken answers, and whole answers that lie, are faults of the route `chain.call`.
 * All of these are looked at when somebody asks, so that one anchored document can be checked against each of them.
 */
const settings = z.object({
	/** What `eth_chainId` tells instead of the network's own number: an endpoint of another chain. */
	chainId: z.number().int().min(1).optional(),
	/** What became of every transaction: in a block, still waiting for one, in a block but failed, or never heard of. */
	transactions: z.enum(['mined', 'pending', 'failed', 'unknown']).default('mined'),
});

export type ChainSettings = z.output<typeof settings>;

export const defaultChainSettings = (): ChainSettings => settings.parse({});

export const chainSettingsPatchSchema = patchSchemaOf(settings);
