import { createHash } from 'node:crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { verifySignature, type SignatureFlaw } from '../../../lib/learncoin/webhooks/signature';
import { inWordsOfTime } from '../../../lib/values/durations';
import { isDeeperThan, isJsonObject, parseJson, type JsonObject } from '../../../lib/values/json';
import { readRegistration, triggerData } from './registrationData';
import { isFirst, settle, writeDown } from './seenEvents';
import { isTestEvent, readSubscription, startsWorkflow } from './subscription';

const usualToleranceSeconds = 300;

/**
 * The most bytes of a delivery. The largest events are about a batch: 500 credentials with their IDs and links take about 150 KB, and what they
 * hold besides isn't documented (docs/api/learncoin.md 6.4), hence the room. Whoever knows the address may send n8n's own limit of 16 MB, and
 * hashing that takes long before it is known from whom it is.
 */
const largestBody = 2 * 1024 * 1024;

/** Nobody nests events so deeply, and n8n can't read the data of an execution that is nested thousands of times. */
const deepestEvent = 100;

/** What the refused sender, and n8n's log, are told; nothing that helps to forge. Times are told only of signatures that fit. */
const flaws: Record<SignatureFlaw, (time: string) => string> = {
	missing: () => 'It has no signature.',
	garbled: () => 'Its signature header cannot be read.',
	tooOld: (time) =>
		`Its signature is ${time} old, more than the Tolerance: it is an earlier delivery, come late or played again, or this machine’s clock is ahead of LearnCoin’s.`,
	tooNew: (time) =>
		`Its signature is ${time} from the future, more than the Tolerance: this machine’s clock is behind LearnCoin’s. Set it, and have it kept by the network (NTP).`,
	mismatch: () =>
		'Its signature does not fit: it is not from LearnCoin, or was changed on the way, or is meant for an earlier registration.',
	noSecret: () => 'The signing secret is not known. Unpublish the workflow and publish it again, so that LearnCoin gives a new one.',
};

/**
 * One delivery: refused with 413 if it is far too large, with 401 unless LearnCoin signed it for this registration; answered with 200 and left
 * alone if it is a repeated one or wasn't asked for; otherwise it starts the workflow. Nothing is waited for, so the answer is out before the
 * workflow works. Never throws: n8n starts the workflow also when a trigger fails, whoever sent what made it fail.
 */
export function receiveDelivery(context: IWebhookFunctions): IWebhookResponseData {
	try {
		return receive(context);
	} catch (error) {
		const why = error instanceof Error ? error.message : '';
		context.logger.error(`${context.getNode().name} could not read a delivery, or its own settings. ${why}`);
		return refuse(context, 500, 'This trigger could not check it. n8n’s log says why.');
	}
}

function receive(context: IWebhookFunctions): IWebhookResponseData {
	const data = triggerData(context);
	const registration = readRegistration(data);
	const headers = context.getHeaderData() as Record<string, unknown>;
	const rawBody = rawBodyOf(context);
	if (!rawBody) return refuse(context, 401, flaws.mismatch(''));
	if (rawBody.length > largestBody) return refuse(context, 413, 'It is larger than any event.');
	const check = verifySignature({
		rawBody,
		header: headers['x-learncoin-signature'],
		secret: registration?.secret ?? '',
		toleranceSeconds: () => readTolerance(context),
		nowMs: Date.now(),
	});
	if (!check.valid) return refuse(context, 401, flaws[check.reason]('ageMs' in check ? inWordsOfTime(check.ageMs) : ''));

	const event = readEvent(rawBody);
	if (isDeeperThan(deepestEvent, event)) return refuse(context, 422, 'It is nested deeper than any event.');
	const type = typeof event.type === 'string' ? event.type : '';
	if (!startsWorkflow(type, readSubscription(context))) {
		return ignored(isTestEvent(type) ? 'The test event has arrived.' : 'This workflow does not wait for such events.');
	}
	const endpointId = registration?.id ?? '';
	const eventId = idOf(event, rawBody);
	if (!isFirst(endpointId, eventId, data)) return ignored('This event came before.');
	settleWhenAnswered(context, endpointId, eventId);
	return {
		workflowData: [[{ json: { ...event, ...fromHeaders(headers) } as IDataObject }]],
		// n8n saves a node's data after the start of the workflow, but takes the data for unchanged when it starts it (2.40: each `Workflow` that
		// is made over the data resets the mark), so what was written before would be lost. It asks for the answer in between.
		get webhookResponse() {
			writeDown(endpointId, eventId, data);
			return { message: 'The event has arrived.' };
		},
	};
}

/** From version 1.1 on, n8n reads bodies of the usual types alone before it asks the node; LearnCoin’s are JSON, and may be called something else. */
export async function readWholeBody(context: IWebhookFunctions): Promise<void> {
	const request = context.getRequestObject() as { rawBody?: unknown; contentType?: string; readRawBody?: () => Promise<void> };
	if (request.rawBody !== undefined || request.contentType === 'multipart/form-data') return;
	// What can't be read, such as a body that was cut off, is refused like one whose signature doesn’t fit.
	await request.readRawBody?.().catch(() => undefined);
}

/** The bytes as they came; a body that n8n wrote anew would have another signature. Of a multipart body n8n keeps none. */
function rawBodyOf(context: IWebhookFunctions): Buffer | undefined {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	return Buffer.isBuffer(rawBody) ? rawBody : undefined;
}

function readTolerance(context: IWebhookFunctions): number {
	const given: unknown = context.getNodeParameter('toleranceSeconds', usualToleranceSeconds);
	const seconds = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
	// Anything that isn't a number would make every age right.
	return typeof seconds === 'number' && seconds >= 0 ? seconds : usualToleranceSeconds;
}

/** Sends the answer itself: n8n has no other way to one that isn't 200. Without `workflowData` nothing starts. */
function refuse(context: IWebhookFunctions, status: 401 | 413 | 422 | 500, why: string): IWebhookResponseData {
	const { name } = context.getNode();
	context.logger.warn(`${name}: a delivery was refused. ${why}`, { workflowId: context.getWorkflow().id });
	context
		.getResponseObject()
		.status(status)
		.json({ message: `This delivery was refused. ${why}` });
	return { noWebhookResponse: true };
}

const ignored = (message: string): IWebhookResponseData => ({ webhookResponse: { message } });

/** Signed, but not an envelope: nobody can have asked for it. */
function readEvent(rawBody: Buffer): JsonObject {
	const body = parseJson(rawBody.toString('utf8'));
	return isJsonObject(body) ? body : {};
}

/**
 * Out of the signed body, never out of a header, which anybody can change. The older glossary calls it `event_id`
 * (docs/api/learncoin.md 12, no. 4).
 */
function idOf({ id, event_id: otherId }: JsonObject, rawBody: Buffer): string {
	const given = [id, otherId].find((value) => typeof value === 'string' && value !== '' && value.length <= 100) as string | undefined;
	return given ?? createHash('sha256').update(rawBody).digest('hex');
}

/** See docs/api/learncoin.md 6.2. */
function fromHeaders(headers: Record<string, unknown>): { deliveryAttempt: number | null; requestId: string | null } {
	const attempt = Number(headers['x-learncoin-delivery-attempt']);
	const requestId = headers['x-request-id'];
	return {
		deliveryAttempt: Number.isInteger(attempt) && attempt > 0 ? attempt : null,
		requestId: typeof requestId === 'string' && requestId !== '' ? requestId : null,
	};
}

/** When n8n could not start the workflow it answers so, and LearnCoin sends the event again; that one must not count as repeated. */
function settleWhenAnswered(context: IWebhookFunctions, endpointId: string, eventId: string): void {
	const response = context.getResponseObject();
	response.once('finish', () => settle(endpointId, eventId, response.statusCode < 400));
}
