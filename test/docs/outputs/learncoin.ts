import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox';
import type { EngineRun } from '../../support/engine';
import { anchoredBadges, badgeLearners, byId, createBadges, fastAnchor, recipientId, runLearnCoin } from '../../support/learncoin';
import { serve } from '../../support/loopback';
import { verifiedByProof } from './proof';
import type { Scenario, Scenarios } from './scenario';

const badges = badgeLearners(2);

const batch = async (sandbox: Sandbox, operation: string, output: string): Promise<EngineRun> => {
	const { items } = await createBadges(sandbox, badges, operation === 'wait' ? {} : fastAnchor);
	return await runLearnCoin(sandbox, 'learnCoinBatch', {
		operation,
		batch: byId(String(items[0]!.json.batch_id)),
		returnAll: true,
		output,
		options: operation === 'wait' ? fastAnchor.options : {},
	});
};

/** Of a batch that is anchored, and of one that LearnCoin gives up. */
const batches = (operation: string, output = 'batches'): Scenario[] => [
	(sandbox) => batch(sandbox, operation, output),
	(sandbox) => {
		sandbox.learncoin.settings.failBatches = true;
		return batch(sandbox, operation, output);
	},
];

async function badge(sandbox: Sandbox, parameters: IDataObject): Promise<EngineRun> {
	const [{ id } = {}] = await anchoredBadges(sandbox, 2);
	return await runLearnCoin(sandbox, 'learnCoinCredential', { credentialId: id, ...parameters });
}

/** Done before, which LearnCoin may answer with a conflict. */
async function again(sandbox: Sandbox, parameters: IDataObject): Promise<EngineRun> {
	Object.assign(sandbox.learncoin.settings, { revokeTwice: 409, eraseTwice: 409 });
	const [{ id: credentialId } = {}] = await anchoredBadges(sandbox, 2);
	await runLearnCoin(sandbox, 'learnCoinCredential', { credentialId, ...parameters });
	return await runLearnCoin(sandbox, 'learnCoinCredential', {
		credentialId,
		...parameters,
		requester: 'recipient once more',
		reason: 'Again',
	});
}

const erasure = { operation: 'erase', requester: 'recipient', verifiedAt: '2026-11-20T10:30:00Z' };
const revocation = { operation: 'revoke', reason: 'Issued again', reasonCode: 'reissued' };

const reissue = {
	operation: 'reissue',
	credentialSource: 'fields',
	recipientName: 'Ada Lovelace',
	reason: 'The name was wrong',
	options: fastAnchor.options,
};

const webhookParameters = { operation: 'create', url: 'https://example.com/learncoin', events: ['batch.anchored'], description: 'Results' };

async function webhook(sandbox: Sandbox, operation: string, url = webhookParameters.url): Promise<EngineRun> {
	const { items } = await runLearnCoin(sandbox, 'learnCoinWebhook', { ...webhookParameters, url });
	return await runLearnCoin(sandbox, 'learnCoinWebhook', { operation, webhook: byId(String(items[0]!.json.id)), returnAll: true });
}

async function testedWebhook(sandbox: Sandbox): Promise<EngineRun> {
	const receiver = await serve((_request, response) => void response.end());
	return await webhook(sandbox, 'test', receiver.url).finally(() => receiver.stop());
}

const once = { avoidDuplicates: 'ledger', ...fastAnchor };

export const learnCoinScenarios: Scenarios = {
	'LearnCoin/Batch create': [
		(sandbox) => createBadges(sandbox, badges),
		(sandbox) => createBadges(sandbox, badges, { checkOnly: true }),
		(sandbox) => createBadges(sandbox, badges, fastAnchor),
		async (sandbox) => {
			await createBadges(sandbox, badges, once);
			return await createBadges(sandbox, badges, once);
		},
		async (sandbox) => {
			sandbox.learncoin.settings.failBatches = true;
			return await createBadges(sandbox, badges, fastAnchor);
		},
	],
	'LearnCoin/Batch create.batches': [
		(sandbox) => createBadges(sandbox, badges, { output: 'batches', ...fastAnchor }),
		(sandbox) => {
			sandbox.learncoin.settings.failBatches = true;
			return createBadges(sandbox, badges, { output: 'batches', ...fastAnchor });
		},
	],
	'LearnCoin/Batch get': batches('get'),
	'LearnCoin/Batch get.credentials': batches('get', 'credentials'),
	'LearnCoin/Batch getMany': batches('getMany'),
	'LearnCoin/Batch getMany.credentials': batches('getMany', 'credentials'),
	'LearnCoin/Batch wait': batches('wait'),
	'LearnCoin/Batch wait.credentials': batches('wait', 'credentials'),
	'LearnCoin/Credential erase': [(sandbox) => badge(sandbox, erasure), (sandbox) => again(sandbox, erasure)],
	'LearnCoin/Credential get': [(sandbox) => badge(sandbox, { operation: 'get', download: true })],
	'LearnCoin/Credential getMany': [
		async (sandbox) => {
			await createBadges(sandbox, badges, {
				...fastAnchor,
				achievementId: 'https://example.com/achievements/first-aid',
				expirationDate: '2036-11-21',
			});
			return await badge(sandbox, { operation: 'getMany', findBy: 'recipientId', recipientId: recipientId(1), returnAll: true });
		},
	],
	'LearnCoin/Credential reissue': [
		(sandbox) => badge(sandbox, reissue),
		async (sandbox) => {
			const [{ id: credentialId } = {}] = await anchoredBadges(sandbox, 1);
			sandbox.learncoin.settings.failBatches = true;
			return await runLearnCoin(sandbox, 'learnCoinCredential', { credentialId, ...reissue });
		},
	],
	'LearnCoin/Credential revoke': [(sandbox) => badge(sandbox, revocation), (sandbox) => again(sandbox, revocation)],
	'LearnCoin/Credential verify': [(sandbox) => badge(sandbox, { operation: 'verify' })],
	'LearnCoin/Credential verify.proof': [verifiedByProof],
	'LearnCoin/Tenant get': [(sandbox) => runLearnCoin(sandbox, 'learnCoinTenant', { operation: 'get' })],
	'LearnCoin/Tenant update': [
		(sandbox) => runLearnCoin(sandbox, 'learnCoinTenant', { operation: 'update', displayName: 'Ada’s Academy' }),
		(sandbox) => {
			sandbox.learncoin.settings.tenantPatchAnswer = 'empty';
			return runLearnCoin(sandbox, 'learnCoinTenant', { operation: 'update', displayName: 'Ada’s Academy' });
		},
	],
	'LearnCoin/Webhook create': [(sandbox) => runLearnCoin(sandbox, 'learnCoinWebhook', webhookParameters)],
	'LearnCoin/Webhook delete': [
		(sandbox) => webhook(sandbox, 'delete'),
		(sandbox) => runLearnCoin(sandbox, 'learnCoinWebhook', { operation: 'delete', webhook: byId('whk_01HXYZABCDEF1234567890ABCD') }),
	],
	'LearnCoin/Webhook getMany': [(sandbox) => webhook(sandbox, 'getMany')],
	'LearnCoin/Webhook test': [testedWebhook],
};
