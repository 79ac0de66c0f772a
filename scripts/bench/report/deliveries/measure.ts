import { join } from 'node:path';

import { freePort } from '../../../../n8n/processes/ports';
import { kindsOf } from '../../../fire/kinds';
import { openRange } from '../../../fire/range';
import { ratesOf, type Rate } from '../../../fire/rates';
import { profilesOf, type DeliveryProfile } from './profile';

export const lazySetting = 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE';

/** One n8n under all kinds of deliveries. */
export interface DeliveryResult {
	rates: Rate[];
	profiles: DeliveryProfile[];
}

export interface DeliveryResults {
	/** n8n as it starts by itself. */
	usual: DeliveryResult;
	/** With expressions made ready only for who has one. */
	lazy: DeliveryResult;
}

/** About seven minutes. */
export async function measureDeliveries(say: (line: string) => void): Promise<DeliveryResults> {
	return {
		usual: await measure('usual', {}, 60, say),
		lazy: await measure('lazy', { [lazySetting]: 'true' }, 120, say),
	};
}

/** @param each how many of a kind go in one turn: the quicker n8n is, the more it takes to tell kinds apart */
async function measure(tag: string, env: Record<string, string>, each: number, say: (line: string) => void): Promise<DeliveryResult> {
	const probePort = await freePort();
	const range = await openRange({
		env: { ...env, BENCH_PROBE_PORT: String(probePort) },
		nodeOptions: ['--import', join(__dirname, '..', 'probe.ts')],
	});
	try {
		const kinds = await kindsOf(range);
		const rates = await ratesOf(range, kinds, each);
		for (const { name, perSecond, timeRatio, workMs, workRatio } of rates)
			say(
				`${tag}, ${name}: ${perSecond.toFixed(0)}/s, ${timeRatio.toFixed(2)} ×; n8n’s work ${workMs.toFixed(1)} ms, ${workRatio.toFixed(2)} ×`,
			);
		return { rates, profiles: await profilesOf(range, kinds, probePort, tag) };
	} finally {
		await range.stop();
	}
}
