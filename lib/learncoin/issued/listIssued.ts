import { isJsonObject, type JsonObject } from '../../values/json';
import type { LearnCoinClient } from '../api/client';
import { saidBy } from '../credentials/document';
import { sameRecipient } from '../credentials/recipientId';
import { linkOf, type IssuedCredential } from './batchIndex';
import type { History } from './history';

/** Which credentials are wanted. */
export interface IssuedQuery {
	/** Of all recipients without it. */
	recipientId?: string | undefined;
	/** Those in batches that were created from then on; milliseconds since the epoch. */
	sinceMs?: number | undefined;
	limit: number;
	/** Whether each credential is read: what it is for, and whether it still counts. One request more for each. */
	withDetails: boolean;
}

export interface IssuedList {
	/** The newest first; each with the API's own fields, its recipient, its batch and that one's state. */
	credentials: Array<JsonObject & { recipientId: string; credential: IssuedCredential }>;
	/** Batches in which there may be more: LearnCoin doesn't say yet whose credentials are in them. */
	untold: number;
}

/**
 * What LearnCoin has issued, as far back as the history goes. What it doesn't list yet isn't in it.
 *
 * @throws CallFailure; SendingStopped
 */
export async function listIssued(client: LearnCoinClient, history: History, query: IssuedQuery): Promise<IssuedList> {
	await history.refresh(client);
	const { recipientId, sinceMs = -Infinity, limit, withDetails } = query;
	const wanted = [
		...(recipientId === undefined ? history.everybody() : [[sameRecipient(recipientId), history.everSentTo(recipientId)] as const]),
	]
		.flatMap(([recipient, all]) => all.map((credential) => ({ recipientId: recipient, credential })))
		// A batch without a date may be of any time.
		.filter(({ credential: { id, batch } }) => id !== undefined && !(batch.createdMs < sinceMs))
		.sort((one, other) => timeOf(other.credential) - timeOf(one.credential))
		.slice(0, limit);
	const credentials = await Promise.all(
		wanted.map(async ({ recipientId: recipient, credential }) => {
			const { id, batch } = credential;
			const details = withDetails ? await detailsOf(credential, client) : {};
			return { id, verify_url: linkOf(credential), batch_id: batch.id, ...details, recipientId: recipient, credential };
		}),
	);
	return { credentials, untold: history.untold().filter(({ createdMs }) => !(createdMs < sinceMs)).length };
}

const timeOf = ({ batch: { createdMs } }: IssuedCredential): number => (Number.isNaN(createdMs) ? 0 : createdMs);

async function detailsOf({ id }: IssuedCredential, client: LearnCoinClient): Promise<JsonObject> {
	const answer = await client.getCredential(id!);
	const said = saidBy(answer);
	const achievement = isJsonObject(said?.achievement) ? said.achievement : {};
	const recipient = isJsonObject(said?.recipient) ? said.recipient : {};
	return {
		...answer,
		signed_credential: undefined,
		recipientName: recipient.name,
		achievementName: achievement.name,
		achievementId: achievement.id,
		issuanceDate: said?.issuanceDate,
		expirationDate: said?.expirationDate,
	};
}
