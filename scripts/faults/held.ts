import { learnCoinCredentialType } from '../../n8n/demo/n8nCredentials';
import { askUntil } from '../../n8n/processes/askUntil';
import type { SmallNode } from '../../n8n/rest/smallWorkflow';
import type { Sandbox } from '../../sandbox/index';

/** Longer than n8n lives after the request came: it is killed while it waits for the answer. */
const afterMs = 600_000;

/** The request has come, and nothing is done for it. */
export const heldBefore = { kind: 'drop', when: 'before', afterMs } as const;

/** The work is done, and the answer doesn't leave. */
export const heldAfter = { kind: 'drop', when: 'after', afterMs } as const;

/** The call of {@link nextStep}. */
export const nextStepRoute = 'learncoin.getCurrentTenant';

/** A step behind the tried node, in which n8n can be killed: the node is through, and n8n has not stored the execution. */
export const nextStep: SmallNode = {
	name: 'Next step',
	type: 'n8n-nodes-moca-learncoin.learnCoinTenant',
	parameters: { operation: 'get' },
	credentials: { [learnCoinCredentialType]: { id: '', name: 'LearnCoin' } },
	executeOnce: true,
};

/** Waits until a call is held back. @throws Error when none comes within a minute */
export async function untilHeld({ faults }: Sandbox): Promise<void> {
	const isHeld = () => Promise.resolve(faults.list().some(({ hit }) => hit > 0));
	if (await askUntil(isHeld, Boolean, { everyMs: 10, timeoutMs: 60_000 })) return;
	throw new Error(
		`The node never called ${faults
			.list()
			.map(({ route }) => route)
			.join(', ')}.`,
	);
}
