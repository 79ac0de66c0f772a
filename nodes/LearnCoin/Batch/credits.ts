import type { INodeProperties } from 'n8n-workflow';

import { ExplainedFailure } from '../../../lib/http/explained';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { creditsLeft } from '../../../lib/learncoin/api/credits';
import type { PlannedBatch } from '../../../lib/learncoin/batches/planBatches';
import { checkBatch } from './checking';
import type { IssuedBatch } from './issuing';
import type { CreateRequest } from './sending';

export const refuseBeyondCreditsProperty: INodeProperties = {
	displayName: 'Refuse Beyond Credits',
	name: 'refuseBeyondCredits',
	type: 'boolean',
	default: false,
	description:
		'Whether to send nothing at all when more credentials would be issued than LearnCoin has left for this month. Those who have it already count only where nobody is asked for them: Avoid Duplicates other than For Good.',
	displayOptions: { show: { '/operation': ['create'] } },
};

/** Keeps back a list that is longer than what is left of the month's credentials. */
export interface CreditGuard {
	/** All batches of the run, before the first is sent. */
	expect(planned: ReadonlyArray<PlannedBatch<CreateRequest>>): void;
	/**
	 * What comes of a batch that may not be sent, because all of the run's together are too many; `undefined` for one that may.
	 *
	 * @throws CallFailure when the tenant or what was issued can't be looked up; SendingStopped
	 */
	refuse(planned: PlannedBatch<CreateRequest>): Promise<IssuedBatch | undefined>;
}

export function createCreditGuard(): CreditGuard {
	let expected: ReadonlyArray<PlannedBatch<CreateRequest>> = [];
	const looks = new Map<LearnCoinClient, ReturnType<typeof look>>();

	const look = async (client: LearnCoinClient) => {
		const batches = expected.filter(({ entries: [first] }) => first!.client === client && first!.refuseBeyondCredits);
		const [tenant, ...checked] = await Promise.all([client.getTenant(), ...batches.map(checkBatch)]);
		const wanted = checked.reduce((sum, batch) => sum + newIn(batch).length, 0);
		const left = creditsLeft(tenant);
		return {
			checked: new Map(batches.map((batch, position) => [batch, checked[position]!])),
			refusal: wanted === 0 || (left !== undefined && wanted <= left) ? undefined : tooMany(wanted, left),
		};
	};

	return {
		expect(planned) {
			expected = planned;
		},
		async refuse(planned) {
			const { client, refuseBeyondCredits } = planned.entries[0]!;
			if (!refuseBeyondCredits) return undefined;
			const seen = looks.get(client) ?? look(client);
			looks.set(client, seen);
			const { checked, refusal } = await seen;
			if (!refusal) return undefined;
			const found = checked.get(planned)!;
			return { ...found, failures: new Map(newIn(found).map((entry) => [entry, refusal])) };
		},
	};
}

/** Those who would be sent. */
const newIn = ({ ready, known, unreadable }: IssuedBatch): CreateRequest[] =>
	[...(ready ?? [])].filter((entry) => !known?.has(entry) && !unreadable?.has(entry));

const tooMany = (wanted: number, left: number | undefined): ExplainedFailure =>
	left === undefined
		? new ExplainedFailure('LearnCoin does not say how many credentials are left this month', {
				hint: `Nothing was sent. ${switchOff}`,
			})
		: new ExplainedFailure(
				`LearnCoin has ${left} ${left === 1 ? 'credential' : 'credentials'} left this month, and ${wanted} of this list would be issued`,
				{
					hint: `Nothing was sent. Send a shorter list, or take a higher plan at LearnCoin. ${switchOff}`,
				},
			);

const switchOff = 'To send it all the same, switch off Refuse Beyond Credits in Options.';
