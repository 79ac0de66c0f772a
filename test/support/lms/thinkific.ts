import { createHmac } from 'node:crypto';

/**
 * Thinkific's webhook. What is documented, and where:
 * - the event: support.thinkific.dev/hc/en-us/articles/4422658311703-Webhooks-Documentation
 * - the signature: support.thinkific.dev/hc/en-us/articles/4422685850775-Using-Webhooks: the header X-Thinkific-Hmac-Sha256, hexadecimal, over
 *   the raw body, with the API key of the site (or an app's client secret)
 */
export const thinkificApiKey = 'an API key of Thinkific';

export const thinkificEvent = (email: string | undefined, changed: { action?: string; course?: number } = {}) => ({
	id: '20261030100005552012814',
	resource: 'enrollment',
	action: changed.action ?? 'completed',
	tenant_id: '59',
	created_at: '2026-10-30T10:00:05.551Z',
	payload: {
		activated_at: '2026-09-01T08:00:00.000Z',
		completed_at: '2026-10-30T10:00:05.551Z',
		course: { id: changed.course ?? 68, name: 'Erste Hilfe – Grundkurs' },
		course_id: changed.course ?? 68,
		created_at: '2026-09-01T08:00:00.000Z',
		expiry_date: null,
		free_trial: false,
		id: 3,
		percentage_completed: '100.0',
		started_at: '2026-09-01T08:00:00.000Z',
		updated_at: '2026-10-30T10:00:05.551Z',
		user: { ...(email !== undefined && { email }), first_name: 'Amara', id: 94, last_name: 'Okafor' },
	},
});

export const thinkificSignature = (body: string, key = thinkificApiKey) => createHmac('sha256', key).update(body).digest('hex');
