import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { ExplainedFailure, inWords } from '../../../lib/http/explained';
import { createSender } from '../../../lib/http/send';
import { toReadable } from '../../../lib/items/failures';
import { checkEvents, checkWebhookId, checkWebhookUrl, type Account, type WebhookUrl } from '../../../lib/learncoin/api/checks';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { freshKey } from '../../../lib/learncoin/api/idempotency';
import { collect } from '../../../lib/learncoin/api/pages';
import type { Webhook } from '../../../lib/learncoin/api/types';
import { n8nClock } from '../../../lib/n8n/clock';
import { createAccess, learnCoinCredential, type LearnCoinAccess } from '../shared/access';
import { howToBeReached } from '../shared/hints';
import { dropRegistration, keepRegistration, readRegistration, registrant, triggerData, type Registration } from './registrationData';
import { namesToRegister, readSubscription, testEvent } from './subscription';

/** Short, because somebody who publishes a workflow waits for it. */
const timeoutMs = 15_000;
const limits = { concurrency: 1, requestsPerSecond: 0, maxRetries: 2, clock: n8nClock };

/**
 * Whether LearnCoin has this trigger's registration as it should be. Whatever else it has for the same address is removed, because its secret
 * is known to nobody; so is a registration of ours that doesn't fit any more. n8n creates it anew after `false`.
 *
 * @throws NodeOperationError in words for whoever publishes the workflow
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	try {
		const { client, account } = await openAccess(context);
		const wanted = readWanted(context, account);
		const own = ownRegistration(context);
		const isWhole = own !== undefined && own.secret !== '' && isSameUrl(own.url, wanted.url) && areSame(own.events, wanted.events);
		const listed = await listAll(client).catch((error: unknown) => {
			// n8n would take a trigger that it can't check at start-up off the net; LearnCoin being away for a moment is no reason to.
			if (isWhole && isStartUp(context) && isPassing(error)) return undefined;
			return Promise.reject(error as Error);
		});
		if (!listed) {
			context.logger.warn('LearnCoin Trigger: LearnCoin could not be asked for the registration now; it is taken to be as it was left.');
			return true;
		}
		const keeps = isWhole && listed.some((webhook) => webhook.id === own.id && webhook.active !== false);
		const stale = listed.filter(({ id, url }) => id === own?.id || isSameUrl(url, wanted.url)).filter(({ id }) => !keeps || id !== own.id);
		for (const { id } of stale) await client.deleteWebhook(checkWebhookId(id));
		if (!keeps) dropRegistration(triggerData(context));
		return keeps;
	} catch (error) {
		throw toNodeError(context, error);
	}
}

/**
 * Registers the trigger's address, and keeps what LearnCoin answers, with the signing secret, in the node's data.
 *
 * @throws NodeOperationError in words for whoever publishes the workflow
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	try {
		const { client, account } = await openAccess(context);
		const { url, events } = readWanted(context, account);
		const webhook = await create(client, url, events, describe(context));
		const secret = typeof webhook.signing_secret === 'string' ? webhook.signing_secret : '';
		keepRegistration(triggerData(context), { id: webhook.id, secret, url, events, registeredBy: registrant(context) });
		if (secret !== '') return true;
		throw new ExplainedFailure('LearnCoin registered the trigger but gave no signing secret, so no event could be trusted', {
			hint: 'Publish the workflow again. If it stays so, ask LearnCoin’s support.',
		});
	} catch (error) {
		throw toNodeError(context, error);
	}
}

/**
 * Removes the registration, and any other one for the same address. One that isn't there any more is done. Never throws, because n8n would
 * then leave the workflow half unpublished; what stays behind is removed when the workflow is published again.
 *
 * @returns whether nothing of it is left at LearnCoin
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	try {
		const { client } = await openAccess(context);
		const own = ownRegistration(context);
		if (own) await client.deleteWebhook(checkWebhookId(own.id));
		dropRegistration(triggerData(context));
		const url = context.getNodeWebhookUrl('default');
		const leftovers = (await listAll(client)).filter((webhook) => isSameUrl(webhook.url, url));
		for (const { id } of leftovers) await client.deleteWebhook(checkWebhookId(id));
		return true;
	} catch (error) {
		context.logger.warn(`LearnCoin Trigger could not remove its registration. ${inWords(toReadable(error))}`);
		return false;
	}
}

async function openAccess(context: IHookFunctions): Promise<LearnCoinAccess> {
	if (!context.getNode().credentials?.[learnCoinCredential]) {
		throw new ExplainedFailure('The LearnCoin Trigger has no credential for LearnCoin', {
			hint: 'Open the node, choose or create a LearnCoin credential, and publish the workflow again.',
		});
	}
	return createAccess(context, await context.getCredentials(learnCoinCredential), createSender(limits), timeoutMs);
}

const readWanted = (context: IHookFunctions, account: Account): { url: WebhookUrl; events: string[] } => ({
	url: checkWebhookUrl(context.getNodeWebhookUrl('default'), account, howToBeReached),
	events: checkEvents(namesToRegister(readSubscription(context))),
});

/** That of an exported copy belongs to the trigger it was copied from, which may be at work. */
function ownRegistration(context: IHookFunctions): Registration | undefined {
	const registration = readRegistration(triggerData(context));
	return registration?.registeredBy === registrant(context) ? registration : undefined;
}

const listAll = async (client: LearnCoinClient): Promise<Webhook[]> =>
	await collect(async (cursor, limit) => await client.listWebhooks({ cursor, limit }));

/** If LearnCoin doesn't take the test event's name, it needs no subscription (docs/api/learncoin.md 6.4 leaves both open). */
async function create(client: LearnCoinClient, url: WebhookUrl, events: string[], description: string): Promise<Webhook> {
	const others = events.filter((name) => name !== testEvent);
	return await client.createWebhook({ url, events, description }, freshKey()).catch(async (error: unknown) => {
		const isRefused = error instanceof ExplainedFailure && [400, 422].includes(error.details.httpStatus ?? 0);
		if (!isRefused || others.length === 0 || others.length === events.length) return await Promise.reject(error as Error);
		return await client.createWebhook({ url, events: others, description }, freshKey());
	});
}

/** How a person tells it from others in LearnCoin's list. */
const describe = (context: IHookFunctions): string => `n8n: ${context.getWorkflow().name ?? 'workflow'}`.slice(0, 100);

const isStartUp = (context: IHookFunctions): boolean => ['init', 'leadershipChange'].includes(context.getActivationMode());

const isPassing = (error: unknown): boolean => error instanceof ExplainedFailure && error.details.retryable;

/** As `URL` writes them, so that a slash or a capital in the host makes no difference. */
function isSameUrl(one: unknown, other: unknown): boolean {
	const written = (url: unknown) => (typeof url === 'string' && URL.canParse(url) ? new URL(url).href : url);
	return typeof one === 'string' && written(one) === written(other);
}

const areSame = (some: string[], others: string[]): boolean => [...some].sort().join() === [...others].sort().join();

/** n8n shows the message alone in some places, so it says also what to do. */
const toNodeError = (context: IHookFunctions, error: unknown): NodeOperationError =>
	new NodeOperationError(context.getNode(), inWords(toReadable(error)));
