import type { Tenant } from './types';

/**
 * How many credentials the tenant may still issue this month, from 0 on; `undefined` where LearnCoin doesn't say: one of its samples has no counters
 * (docs/api/learncoin.md 3.7). On which day it counts anew isn't known (9).
 */
export function creditsLeft({ credentials_issued_this_month: issued, credentials_limit_this_month: limit }: Tenant): number | undefined {
	return typeof issued === 'number' && typeof limit === 'number' ? Math.max(0, limit - issued) : undefined;
}
