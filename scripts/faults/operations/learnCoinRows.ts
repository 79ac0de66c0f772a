import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import type { Sandbox } from '../../../sandbox/index';
import type { Row } from './operation';

/** Learners that no run before had, so that many runs can share one sandbox. */
export interface Learner extends Row {
	id: string;
	email: string;
}

export const newLearners = (count: number): Learner[] =>
	Array.from({ length: count }, (_, index) => {
		const uuid = randomUUID();
		return { id: `urn:uuid:${uuid}`, name: `Learner ${index + 1} ${uuid.slice(0, 4)}`, email: `${uuid}@example.com` };
	});

/** A learner who has a credential. */
export interface Holder extends Learner {
	credentialId: string;
	newName: string;
}

const mark = ' (corrected)';
const corrected = (name: string): string => `${name}${mark}`;

/** Whether a name is what a credential says after its correction. */
export const isCorrected = (name: string): boolean => name.endsWith(mark);

/** Learners whose credential is anchored, issued past the nodes. */
export async function newHolders({ learncoin }: Sandbox, count: number): Promise<Holder[]> {
	const learners = newLearners(count);
	const credentials = learners.map(({ id, name, email }) => ({
		recipient: { id, name, email },
		achievement: { name: 'First Aid', description: 'Knows what to do until help comes.' },
		issuanceDate: '2026-10-01T00:00:00Z',
	}));
	await axios.post(
		`${learncoin.apiBaseUrl}/batches`,
		{ credentials },
		{ headers: { Authorization: `Bearer ${learncoin.apiKey}` }, proxy: false },
	);
	for (;;) {
		const issued = new Map(learncoin.credentials().map((credential) => [credential.recipientId, credential]));
		if (learners.every(({ id }) => issued.get(id)?.status === 'anchored'))
			return learners.map((learner) => ({ ...learner, credentialId: issued.get(learner.id)!.id, newName: corrected(learner.name) }));
		await sleep(20);
	}
}
