import { randomUUID } from 'node:crypto';

import { mocaCredentialType } from '../../../n8n/demo/n8nCredentials';
import type { Sandbox } from '../../../sandbox/index';
import { claimOf } from '../judge/answers';
import type { Record } from '../judge/judge';
import { options, type Operation, type Row } from './operation';

/** The sandbox's program Community Badge, of whose fields none is required. */
export const program = 'c28r52j0n15ws0042087Uc';

export const newPeople = (count: number): Row[] =>
	Array.from({ length: count }, (_, index) => {
		const uuid = randomUUID();
		return { name: `Learner ${index + 1} ${uuid.slice(0, 4)}`, email: `${uuid}@example.com` };
	});

/** Everything that was ever issued to a learner counts, also what was revoked since. */
export const issueRecord = ({ moca }: Sandbox): Record<Row> => ({
	held: () => {
		const hashes = new Map<string, string[]>();
		for (const { recipientEmail, coreClaimHash } of moca.issued())
			hashes.set(recipientEmail, [...(hashes.get(recipientEmail) ?? []), coreClaimHash]);
		return Promise.resolve(({ email }) => {
			const ids = hashes.get(String(email)) ?? [];
			return { count: ids.length, ids };
		});
	},
	claimOf,
	whatElseIsUntrue: ({ coreClaimHash }, { ids }) =>
		coreClaimHash === undefined || ids.includes(String(coreClaimHash)) ? undefined : 'the claim hash is not theirs',
});

const issue = (
	title: string,
	onDuplicate: 'ignore' | 'revoke',
	rest: Pick<Operation, 'repeats' | 'notPromised' | 'keepsDuplicates'>,
): Operation => ({
	title: `Moca Issue: ${title}`,
	service: 'Moca',
	route: 'moca.issue',
	size: { rows: 5, calls: 5 },
	nodes: () => ({
		tried: {
			name: 'Moca Issue',
			type: 'n8n-nodes-moca-learncoin.mocaIssue',
			parameters: {
				recipientEmail: '={{ $json.email }}',
				program: { __rl: true, mode: 'id', value: program },
				subjectMode: 'json',
				subjectJson: '{ "event": "Open Day" }',
				onDuplicate,
				options,
			},
			credentials: { [mocaCredentialType]: { id: '', name: 'Moca Network partner' } },
		},
	}),
	newRows: (_sandbox, count) => newPeople(count),
	record: issueRecord,
	...rest,
});

export const issueOnce = issue('Keep the Existing One', 'ignore', { repeats: 'anything', notPromised: {}, keepsDuplicates: true });

const eachRun = 'Every execution revokes and issues again: that is what the setting says.';

export const issueAnew = issue('Revoke and Issue Again', 'revoke', {
	repeats: 'unprocessed',
	notPromised: {
		stopAgain: eachRun,
		continueAgain: eachRun,
		errorOutputAgain: eachRun,
		otherOrder: eachRun,
		tenMore: eachRun,
		nextDay: eachRun,
		twoAtOnce: eachRun,
		killedBefore: eachRun,
		killedDuring: eachRun,
		killedAfter: eachRun,
		twoWorkers: eachRun,
	},
});
