import type { Sandbox } from '../../../sandbox/index';
import { claimOf } from '../judge/answers';
import type { Held, Record } from '../judge/judge';
import type { WayName } from '../matrix/ways';
import { learnCoinNode } from './learnCoinBatch';
import { isCorrected, newHolders } from './learnCoinRows';
import type { Operation, Row } from './operation';

/** For work that is the same however often it is done. */
export const fewWays: WayName[] = ['inNode', 'retryOnFail', 'stopAgain', 'continueAgain', 'errorOutputAgain', 'twoAtOnce'];

const size = { rows: 3, calls: 3 };

/** What is revoked or erased once stays so. */
const stateRecord =
	(state: 'revoked' | 'erased') =>
	({ learncoin }: Sandbox): Record<Row> => ({
		held: () => {
			const states = new Map(learncoin.credentials().map((credential) => [credential.id, credential[state]]));
			return Promise.resolve(({ credentialId }) => ({ count: states.get(String(credentialId)) ? 1 : 0, ids: [String(credentialId)] }));
		},
		claimOf,
		whatElseIsUntrue: ({ id }, { ids }) => (ids.includes(String(id)) ? undefined : `the answer is about ${String(id)}`),
	});

export const revoke: Operation = {
	title: 'LearnCoin Credential, Revoke',
	service: 'LearnCoin',
	route: 'learncoin.revokeCredential',
	repeats: 'anything',
	size,
	nodes: () => ({
		tried: learnCoinNode('Credential', { operation: 'revoke', credentialId: '={{ $json.credentialId }}', reason: 'Issued by mistake' }),
	}),
	newRows: newHolders,
	record: stateRecord('revoked'),
	notPromised: {},
	ways: fewWays,
};

export const erase: Operation = {
	title: 'LearnCoin Credential, Erase',
	service: 'LearnCoin',
	route: 'learncoin.eraseCredential',
	repeats: 'anything',
	size,
	nodes: () => ({
		tried: learnCoinNode('Credential', {
			operation: 'erase',
			credentialId: '={{ $json.credentialId }}',
			verifiedAt: '2026-11-01T10:00:00Z',
		}),
	}),
	newRows: newHolders,
	record: stateRecord('erased'),
	notPromised: {},
	ways: fewWays,
};

const reissueWith = (title: string, route: string): Operation => ({
	title: `LearnCoin Credential, Reissue; ${title}`,
	service: 'LearnCoin',
	route,
	repeats: 'anything',
	size,
	nodes: () => ({
		tried: learnCoinNode('Credential', {
			operation: 'reissue',
			credentialId: '={{ $json.credentialId }}',
			recipientName: '={{ $json.newName }}',
			reason: 'Issued again with corrected data',
		}),
	}),
	newRows: newHolders,
	record: reissueRecord,
	notPromised: {},
	notPromisedAfter: {
		failsLater: 'LearnCoin brings back the batch that it gave up for 24 hours; executed again after that, it is issued.',
	},
	ways: [...fewWays, 'otherOrder', 'tenMore'],
});

export const reissue = reissueWith('what goes wrong is the issuing', 'learncoin.createBatch');
export const reissueRevoking = reissueWith('what goes wrong is the revoking', 'learncoin.revokeCredential');

/** The corrected credentials of a learner; the matter is through when the old one is revoked. */
function reissueRecord({ learncoin }: Sandbox): Record<Row> {
	return {
		held: () => {
			const all = learncoin.credentials();
			const revoked = new Set(all.filter((credential) => credential.revoked).map(({ id }) => id));
			const corrected = new Map<string, string[]>();
			for (const { id, recipientId, recipientName = '', status, revoked: isRevoked } of all)
				if (status !== 'failed' && !isRevoked && isCorrected(recipientName))
					corrected.set(recipientId, [...(corrected.get(recipientId) ?? []), id]);
			return Promise.resolve(({ id, credentialId }): Held => {
				const ids = corrected.get(String(id)) ?? [];
				return { count: ids.length, ids, isWhole: revoked.has(String(credentialId)) };
			});
		},
		claimOf: (answer) => (/is issued in place of/.test(String(answer.error)) ? 'has' : claimOf(answer)),
		whatElseIsUntrue: ({ id, error, replaced_revoked: oldIsRevoked }, { ids, isWhole }) => {
			// On the error output n8n adds the row's own fields, its ID among them.
			if (error === undefined && id !== undefined && !ids.includes(String(id)))
				return `the answer names ${String(id)}, which is not the corrected one`;
			return oldIsRevoked === true && !isWhole ? 'the old one is not revoked' : undefined;
		},
	};
}
