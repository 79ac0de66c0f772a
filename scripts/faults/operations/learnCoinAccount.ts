import { randomUUID } from 'node:crypto';

import axios from 'axios';

import { claimOf } from '../judge/answers';
import { learnCoinNode } from './learnCoinBatch';
import { fewWays } from './learnCoinCredential';
import type { Operation } from './operation';

const eachRun = 'Each execution registers another endpoint. Delete what was registered before executing again.';

export const webhookCreate: Operation = {
	title: 'LearnCoin Webhook, Create',
	service: 'LearnCoin',
	route: 'learncoin.createWebhook',
	repeats: 'anything',
	size: { rows: 3, calls: 3 },
	nodes: () => ({ tried: learnCoinNode('Webhook', { operation: 'create', url: '={{ $json.url }}', events: ['batch.anchored'] }) }),
	newRows: (_sandbox, count) =>
		Array.from({ length: count }, () => {
			const name = randomUUID();
			return { name, url: `https://example.com/${name}` };
		}),
	record: ({ learncoin }) => ({
		held: () => {
			const webhooks = learncoin.webhooks();
			return Promise.resolve(({ url }) => {
				const ids = webhooks.filter((webhook) => webhook.url === url).map(({ id }) => id);
				return { count: ids.length, ids };
			});
		},
		claimOf,
		whatElseIsUntrue: ({ id }, { ids }) => (ids.includes(String(id)) ? undefined : `there is no ${String(id)}`),
	}),
	notPromised: {
		stopAgain: eachRun,
		continueAgain: eachRun,
		errorOutputAgain: eachRun,
		twoAtOnce: eachRun,
		killedBefore: eachRun,
		killedDuring: eachRun,
		killedAfter: eachRun,
		twoWorkers: eachRun,
	},
	ways: fewWays,
};

export const tenantUpdate: Operation = {
	title: 'LearnCoin Tenant, Update',
	service: 'LearnCoin',
	route: 'learncoin.updateCurrentTenant',
	repeats: 'anything',
	// There is one tenant, which has one name at a time.
	size: { rows: 1, calls: 1 },
	nodes: () => ({ tried: learnCoinNode('Tenant', { operation: 'update', displayName: '={{ $json.name }}' }) }),
	newRows: (_sandbox, count) => Array.from({ length: count }, () => ({ name: `Academy ${randomUUID()}` })),
	record: ({ learncoin }) => ({
		held: async () => {
			const { data } = await axios.get<{ id: string; name: string }>(`${learncoin.apiBaseUrl}/tenants/me`, {
				headers: { Authorization: `Bearer ${learncoin.apiKey}` },
				proxy: false,
			});
			return ({ name }) => ({ count: data.name === name ? 1 : 0, ids: [data.id] });
		},
		claimOf,
	}),
	notPromised: {},
	ways: fewWays,
};
