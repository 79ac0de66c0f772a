import type { SmallNode } from '../../../n8n/rest/smallWorkflow';
import { inputNodeName } from '../../../n8n/rest/webhookWorkflow';
import type { RemoteSandbox } from '../sandboxProcess';

/** The nodes of a flow behind the one that gives out an item for each learner. */
export interface Flow {
	title: string;
	nodes: (sandbox: RemoteSandbox, run: FlowRun) => SmallNode[];
}

export interface FlowRun {
	concurrency: number;
	/** How long an answer of the service takes, ms. */
	latencyMs: number;
	algorithm: string;
}

/** The sandbox's partner whose key is of this kind. */
export const partnerOf = ({ moca }: RemoteSandbox, algorithm: string) => (algorithm === 'ES256' ? moca.ecPartner : moca.partner);

/** n8n holding the same items, doing nothing with them. */
export const idle: Flow = {
	title: 'idle',
	nodes: () => [{ name: 'Nothing', type: 'n8n-nodes-base.noOp', parameters: {} }],
};

/** Issued, and waited for until on-chain. */
export const ours: Flow = {
	title: 'this package',
	nodes: (sandbox, { concurrency }) => [
		{
			name: 'Moca Issue',
			type: 'n8n-nodes-moca-learncoin.mocaIssue',
			onError: 'continueRegularOutput',
			parameters: {
				recipientEmail: '={{ $json.email }}',
				program: { __rl: true, mode: 'id', value: sandbox.moca.programs[0]!.credentialId },
				subjectMode: 'json',
				subjectJson: '={{ JSON.stringify({ course: $json.course, score: $json.score }) }}',
				waitForOnChain: true,
				options: { concurrency },
			},
			credentials: { mocaPartnerApi: { id: '', name: '' } },
		},
	],
};

const issueUrl = ({ moca }: RemoteSandbox) => `${moca.apiBaseUrl}/credentials/issue-on-behalf`;
const statusUrl = ({ moca }: RemoteSandbox) => `${moca.apiBaseUrl}/credentials/status`;
const partnerAuth = { name: 'x-partner-auth', value: "={{ $('JWT').item.json.token }}" };

/**
 * The same with n8n's own nodes: a token for each learner, HTTP Request in batches, a wait, and one look at each credential. n8n starts a
 * batch whether or not the one before is through, so the pause between two is what an answer takes.
 */
export const doItYourself: Flow = {
	title: 'n8n’s own nodes',
	nodes: (sandbox, { concurrency, latencyMs, algorithm }) => {
		const request = (name: string, parameters: Record<string, unknown>): SmallNode => ({
			name,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				sendHeaders: true,
				headerParameters: { parameters: [partnerAuth] },
				options: { batching: { batch: { batchSize: concurrency, batchInterval: latencyMs } } },
				...parameters,
			},
		});
		const { partnerId, keyId, issuerDid } = partnerOf(sandbox, algorithm);
		const claims = `={{ JSON.stringify({ partnerId: '${partnerId}', email: $json.email, scope: 'issue on-behalf', exp: Math.floor(Date.now() / 1000) + 300 }) }}`;
		const body = `={{ JSON.stringify({ issuerDid: '${issuerDid}', credentialId: '${sandbox.moca.programs[0]!.credentialId}', credentialSubject: { course: $('${inputNodeName}').item.json.course, score: $('${inputNodeName}').item.json.score }, onDuplicate: 'ignore' }) }}`;
		return [
			{
				name: 'JWT',
				type: 'n8n-nodes-base.jwt',
				parameters: { operation: 'sign', useJson: true, claimsJson: claims, options: { kid: keyId, algorithm } },
				credentials: { jwtAuth: { id: '', name: '' } },
			},
			request('Issue', { method: 'POST', url: issueUrl(sandbox), sendBody: true, specifyBody: 'json', jsonBody: body }),
			{ name: 'Wait', type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters: { amount: 2 } },
			request('Look', {
				url: statusUrl(sandbox),
				sendQuery: true,
				queryParameters: { parameters: [{ name: 'coreClaimHash', value: "={{ $('Issue').item.json.coreClaimHash }}" }] },
			}),
		];
	},
};

/** A credential for each learner in LearnCoin's batches of 500, asked for first who has one, and waited for until anchored. */
export const ourBatches: Flow = {
	title: 'LearnCoin Batch',
	nodes: (_sandbox, { concurrency }) => [
		{
			name: 'LearnCoin Batch',
			type: 'n8n-nodes-moca-learncoin.learnCoinBatch',
			onError: 'continueRegularOutput',
			parameters: {
				recipientIdMode: 'derive',
				recipientReference: '={{ $json.email }}',
				recipientNamespace: 'a long text that nobody can guess',
				recipientName: '={{ $json.email }}',
				achievementName: '={{ $json.course }}',
				achievementDescription: 'Knows what to do until help comes.',
				issuanceDate: '2026-06-30',
				waitForAnchor: true,
				options: { concurrency },
			},
			credentials: { learnCoinApi: { id: '', name: '' } },
		},
	],
};
