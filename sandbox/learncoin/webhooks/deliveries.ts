import { newId, newRequestId } from '../ids';
import type { LearnCoinSettings } from '../settings';
import type { Timers } from '../timers';
import type { EventEnvelope } from '../types';
import { isLoopback, loopbackPost, type ReceiverAnswer } from './loopbackPost';
import { signatureHeader } from './signature';
import type { RegisteredWebhook } from './webhook';

interface DeliveryAttempt extends ReceiverAnswer {
	/** ms since epoch */
	at: number;
}

/** One event on its way to one webhook. */
export interface Delivery {
	id: string;
	eventId: string;
	webhookId: string;
	type: string;
	url: string;
	/** `delivered` after a 2xx, `failed` after the last retry or when nothing could be sent, `waiting` in between. */
	state: 'waiting' | 'delivered' | 'failed';
	attempts: DeliveryAttempt[];
	/** The exact text that is sent at every attempt. */
	body: string;
}

interface OpenDelivery {
	delivery: Delivery;
	webhook: RegisteredWebhook;
	callOffRetry?: () => void;
}

interface DeliveriesContext {
	settings: LearnCoinSettings;
	timers: Timers;
	stopping: AbortSignal;
}

/** Sends events and tries again on the schedule that the glossary alone has (docs/api/learncoin.md 6.5). */
export class Deliveries {
	private readonly open = new Map<string, OpenDelivery>();

	constructor(private readonly context: DeliveriesContext) {}

	/** Resolves after the first attempt; retries follow unless `once`. */
	async send(webhook: RegisteredWebhook, event: EventEnvelope, { once = false } = {}): Promise<Delivery> {
		const body = JSON.stringify(event);
		const { id: webhookId, url } = webhook;
		const delivery: Delivery = {
			id: newId('dlv'),
			eventId: event.id,
			webhookId,
			type: event.type,
			url,
			state: 'waiting',
			attempts: [],
			body,
		};
		const entry = { delivery, webhook };
		this.open.set(delivery.id, entry);
		await this.attempt(entry, once ? [] : this.context.settings.retryScheduleMs);
		return delivery;
	}

	/**
	 * One more attempt, whatever came before: the receiver gets an event it may already have.
	 * @throws Error for an unknown delivery
	 */
	async redeliver(deliveryId: string): Promise<Delivery> {
		const entry = this.open.get(deliveryId);
		if (!entry) throw new Error(`The sandbox has no delivery ${deliveryId}`);
		await this.attempt(entry, undefined);
		return entry.delivery;
	}

	/** In the order of the events. */
	all(): Delivery[] {
		return [...this.open.values()].map(({ delivery }) => delivery);
	}

	/** Drops the retries that wait for this webhook. */
	cancel(webhookId: string): void {
		for (const { delivery, callOffRetry } of this.open.values()) {
			if (delivery.webhookId !== webhookId || delivery.state !== 'waiting') continue;
			callOffRetry?.();
			delivery.state = 'failed';
		}
	}

	clear(): void {
		for (const { callOffRetry } of this.open.values()) callOffRetry?.();
		this.open.clear();
	}

	/** @param pausesMs before the attempts that follow a failed one; undefined changes nothing about what is planned */
	private async attempt(entry: OpenDelivery, pausesMs: number[] | undefined): Promise<void> {
		const { delivery, webhook } = entry;
		const { settings, stopping } = this.context;
		const at = Date.now();
		const headers = this.headersOf(delivery, webhook, at);
		const answer = await loopbackPost(delivery.url, { body: delivery.body, headers }, { timeoutMs: settings.deliveryTimeoutMs, stopping });
		delivery.attempts.push({ at, ...answer });
		// Only a 2xx is a success; the documents don't say (docs/api/learncoin.md 6.5).
		if (answer.status >= 200 && answer.status < 300) {
			delivery.state = 'delivered';
			entry.callOffRetry?.();
		} else if (pausesMs && delivery.state === 'waiting') this.planRetry(entry, pausesMs);
	}

	private planRetry(entry: OpenDelivery, [pauseMs, ...laterPausesMs]: number[]): void {
		const { delivery } = entry;
		const wasForgotten = this.open.get(delivery.id) !== entry;
		if (pauseMs === undefined || wasForgotten || !isLoopback(delivery.url)) {
			delivery.state = 'failed';
			return;
		}
		const { timers, settings } = this.context;
		entry.callOffRetry = timers.after(pauseMs * settings.retryScheduleFactor, () => void this.attempt(entry, laterPausesMs));
	}

	private headersOf(delivery: Delivery, webhook: RegisteredWebhook, at: number) {
		const { settings } = this.context;
		const signedAt = settings.signatureTime === 'perAttempt' ? at : (delivery.attempts[0]?.at ?? at);
		return {
			'Content-Type': 'application/json',
			'User-Agent': 'LearnCoin-Sandbox',
			'X-LearnCoin-Event-Id': delivery.eventId,
			'X-LearnCoin-Signature': signatureHeader(webhook.signing_secret, delivery.body, Math.floor(signedAt / 1000), settings),
			'X-LearnCoin-Delivery-Attempt': String(delivery.attempts.length + 1),
			'X-Request-Id': newRequestId(),
		};
	}
}
