import type { SmallNode } from '../../../n8n/rest/smallWorkflow';
import { inputNodeName } from '../../../n8n/rest/webhookWorkflow';
import type { WayName } from '../matrix/ways';
import { batchRecord } from './batchRecord';
import { newLearners } from './learnCoinRows';
import { issueRecord, newPeople, program } from './mocaIssue';
import type { Addresses, Operation } from './operation';

/**
 * What people build without this package: n8n's own HTTP Request node, a request for each row, ten at a time, with Retry On Fail as it is when it
 * is switched on. Executed again as the node of this package is, so that the figures can stand beside each other.
 */
const flow = {
	settings: { retryOnFail: true, onError: 'stopWorkflow' },
	repeats: 'nothing',
	notPromised: {},
	ways: ['retryOnFail', 'continueAgain', 'tenMore', 'twoAtOnce'] satisfies WayName[],
} as const;

const httpRequest = (parameters: Record<string, unknown>, credentials: SmallNode['credentials'] = {}): SmallNode => ({
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		sendBody: true,
		specifyBody: 'json',
		...parameters,
		options: { timeout: `={{ $('${inputNodeName}').item.json.how.timeout }}`, batching: { batch: { batchSize: 10, batchInterval: 100 } } },
	},
	credentials,
});

export const ownLearnCoin: Operation = {
	...flow,
	title: 'HTTP Request to LearnCoin',
	service: 'LearnCoin',
	route: 'learncoin.createBatch',
	size: { rows: 12, calls: 12 },
	nodes: ({ learncoin }) => ({
		tried: httpRequest(
			{
				url: `${learncoin}/batches`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				jsonBody: `={{ JSON.stringify({ credentials: [{ recipient: { id: $json.id, name: $json.name }, achievement: { name: 'First Aid', description: 'Knows what to do.' }, issuanceDate: $now.toUTC().toISO() }] }) }}`,
			},
			{ httpHeaderAuth: { id: '', name: 'LearnCoin key' } },
		),
	}),
	newRows: (_sandbox, count) => newLearners(count),
	record: (sandbox) => ({ held: batchRecord(sandbox).held, claimOf: () => 'has' }),
};

const ownMoca = (onDuplicate: 'ignore' | 'revoke'): Operation => ({
	...flow,
	title: `HTTP Request to Moca (${onDuplicate})`,
	keepsDuplicates: onDuplicate === 'ignore',
	service: 'Moca',
	route: 'moca.issue',
	size: { rows: 5, calls: 5 },
	nodes: (at) => ({ before: [signing(at)], tried: issuing(at, onDuplicate) }),
	newRows: (_sandbox, count) => newPeople(count),
	record: (sandbox) => ({ held: issueRecord(sandbox).held, claimOf: () => 'has' }),
});

const signing = ({ partner: { partnerId, keyId } }: Addresses): SmallNode => ({
	name: 'JWT',
	type: 'n8n-nodes-base.jwt',
	parameters: {
		operation: 'sign',
		useJson: true,
		claimsJson: `={{ JSON.stringify({ partnerId: '${partnerId}', scope: 'issue on-behalf', email: $json.email, exp: Math.floor($now.toSeconds()) + 300 }) }}`,
		options: { algorithm: 'RS256', kid: keyId },
	},
	credentials: { jwtAuth: { id: '', name: 'Moca key' } },
});

const issuing = ({ moca, partner: { issuerDid } }: Addresses, onDuplicate: string): SmallNode =>
	httpRequest({
		url: `${moca}/credentials/issue-on-behalf`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'x-partner-auth', value: '={{ $json.token }}' }] },
		jsonBody: JSON.stringify({ issuerDid, credentialId: program, credentialSubject: { event: 'Open Day' }, onDuplicate }),
	});

export const ownMocaOnce = ownMoca('ignore');
export const ownMocaAnew = ownMoca('revoke');
