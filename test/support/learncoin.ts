import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { LearnCoinApi } from '../../credentials/LearnCoinApi.credentials';
import { LearnCoinBatch } from '../../nodes/LearnCoin/Batch/LearnCoinBatch.node';
import { LearnCoinCredential } from '../../nodes/LearnCoin/Credential/LearnCoinCredential.node';
import { LearnCoinTenant } from '../../nodes/LearnCoin/Tenant/LearnCoinTenant.node';
import { LearnCoinWebhook } from '../../nodes/LearnCoin/Webhook/LearnCoinWebhook.node';
import type { Sandbox } from '../../sandbox';
import { createEngine, type EngineRun, type RunSettings } from './engine';

const runNode = createEngine({
	nodes: {
		learnCoinBatch: new LearnCoinBatch(),
		learnCoinCredential: new LearnCoinCredential(),
		learnCoinTenant: new LearnCoinTenant(),
		learnCoinWebhook: new LearnCoinWebhook(),
	},
	credentials: { learnCoinApi: new LearnCoinApi() },
});

/** The n8n credential of the sandbox's tenant. */
export const tenantCredential = ({ learncoin: { apiBaseUrl, apiKey } }: Sandbox): ICredentialDataDecryptedObject => ({
	baseUrl: apiBaseUrl,
	apiKey,
});

/** `urn:uuid` of version 4, a different one for each number up to 16^12. */
export const recipientId = (number: number) => `urn:uuid:6f1c9d5e-8a35-4b0c-9c39-${number.toString(16).padStart(12, '0')}`;

export const badgeLearner = (number: number): IDataObject => ({ urn: recipientId(number), name: `Learner ${number}`, course: 'First Aid' });

export const badgeLearners = (count: number): IDataObject[] => Array.from({ length: count }, (_, index) => badgeLearner(index + 1));

const createParameters: IDataObject = {
	operation: 'create',
	credentialSource: 'fields',
	recipientIdMode: 'value',
	recipientId: '={{ $json.urn }}',
	recipientName: '={{ $json.name }}',
	recipientEmail: '',
	achievementName: '={{ $json.course }}',
	achievementDescription: 'Knows what to do until help comes.',
	achievementId: '',
	criteriaNarrative: '',
	alignment: {},
	evidence: {},
	issuanceDate: '',
	expirationDate: '',
	batchSize: 500,
	avoidDuplicates: 'retries',
	idempotencyKey: '',
	waitForAnchor: false,
	output: 'credentials',
	options: {},
};

/** LearnCoin Batch, Create in n8n's engine, for items `{ urn, name, course }`. */
export const createBadges = (
	sandbox: Sandbox,
	input: IDataObject[],
	parameters: IDataObject = {},
	settings: Partial<RunSettings> = {},
): Promise<EngineRun> =>
	runNode('learnCoinBatch', {
		input,
		credential: tenantCredential(sandbox),
		...settings,
		parameters: { ...createParameters, ...parameters },
	});

/** Any LearnCoin node in n8n's engine, for one empty item unless others are given. */
export const runLearnCoin = (
	sandbox: Sandbox,
	node: 'learnCoinBatch' | 'learnCoinCredential' | 'learnCoinTenant' | 'learnCoinWebhook',
	parameters: IDataObject,
	settings: Partial<RunSettings> = {},
): Promise<EngineRun> =>
	runNode(node, { input: [{}], credential: tenantCredential(sandbox), ...settings, parameters: { options: {}, ...parameters } });

/** A resource locator's value. */
export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });

/** An answer as n8n's request helper gives it, with `returnFullResponse` and text. */
export async function fullResponse(answer: Response) {
	const headers: Record<string, string> = {};
	answer.headers.forEach((value, name) => (headers[name] = value));
	return { statusCode: answer.status, headers, body: await answer.text() };
}

/** Anchors at once, polls fast. */
export const fastAnchor = { waitForAnchor: true, options: { pollInterval: 0.1, waitTimeout: 20 } };

/** Issues to so many learners and waits; the output items' JSON. */
export async function anchoredBadges(sandbox: Sandbox, count: number): Promise<IDataObject[]> {
	const { items, error } = await createBadges(sandbox, badgeLearners(count), fastAnchor);
	if (error) throw error;
	return items.map(({ json }) => json);
}
