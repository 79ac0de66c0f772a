import { createHash } from 'node:crypto';

import type { Account } from '../api/checks';
import { createHistory, lookBack, type History } from './history';

/** What is kept of all accounts together; the one that was used longest ago makes room. */
const most = { accounts: 20, credentials: lookBack.credentials };

const histories = new Map<string, History>();

/** What is known in this process of what an account issued: all nodes, workflows and executions share it. */
export function historyOf(account: Account): History {
	const name = nameOfAccount(account);
	const history = histories.get(name) ?? createHistory();
	histories.delete(name);
	histories.set(name, history);
	for (const oldest of histories.keys()) if (oldest !== name && isTooMuch()) histories.delete(oldest);
	return history;
}

function isTooMuch(): boolean {
	const credentials = [...histories.values()].reduce((sum, history) => sum + history.size(), 0);
	return histories.size > most.accounts || credentials > most.credentials;
}

/** A name for an account that doesn't give its key away. */
export const nameOfAccount = ({ apiBaseUrl, apiKey }: Account): string =>
	createHash('sha256')
		.update(JSON.stringify([apiBaseUrl, apiKey]))
		.digest('base64url');

/** As in a process that has just started. */
export const forgetHistories = (): void => histories.clear();
