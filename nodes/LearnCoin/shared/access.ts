import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { checkBaseUrl } from '../../../lib/http/baseUrl';
import type { Sender } from '../../../lib/http/send';
import type { Run } from '../../../lib/items/run';
import { checkApiKey, type Account } from '../../../lib/learncoin/api/checks';
import { createLearnCoinClient, type LearnCoinClient } from '../../../lib/learncoin/api/client';
import { historyOf } from '../../../lib/learncoin/issued/histories';
import type { History } from '../../../lib/learncoin/issued/history';
import { perCredential } from '../../../lib/n8n/perCredential';
import { n8nTransport, type CanRequest } from '../../../lib/n8n/transport';
import { hintsInN8n } from './hints';

export const learnCoinCredential = 'learnCoinApi';

/** What a LearnCoin node gets from the n8n credential of an item. */
export interface LearnCoinAccess {
	client: LearnCoinClient;
	account: Account;
	/** What the account has issued. */
	history: History;
}

/** Access for each item, by the n8n credential as it is for it. */
export const learnCoinAccess = (context: IExecuteFunctions, { sender, options }: Run): ((index: number) => Promise<LearnCoinAccess>) =>
	perCredential(context, learnCoinCredential, (data) => createAccess(context, data, sender, options.timeoutMs));

/** @throws ExplainedFailure for an API key or a base URL that can't be one */
export function createAccess(
	context: CanRequest,
	data: ICredentialDataDecryptedObject,
	sender: Sender,
	timeoutMs: number,
): LearnCoinAccess {
	const account = readAccount(data);
	const send = sender.through(n8nTransport(context, learnCoinCredential, data, timeoutMs));
	return { client: createLearnCoinClient(send, account.apiBaseUrl, hintsInN8n), account, history: historyOf(account) };
}

/** @throws ExplainedFailure as createAccess does */
export const readAccount = ({ apiKey, baseUrl }: ICredentialDataDecryptedObject): Account => ({
	apiKey: checkApiKey(apiKey, hintsInN8n.inAccount),
	apiBaseUrl: checkBaseUrl(baseUrl, {
		name: 'Base URL',
		hint: 'In the LearnCoin credential, enter the Base URL. Usually it is https://api.learncoin.me/v1.',
	}),
});
