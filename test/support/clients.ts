import { createSender } from '../../lib/http/send';
import { ConnectionFailure, type Send, type Transport } from '../../lib/http/types';
import { createCatalogClient, type CatalogClient } from '../../lib/moca/catalog/catalog';
import { catalogUrlOf } from '../../lib/moca/catalog/address';
import type { RecipientEmail } from '../../lib/moca/issuing/checks';
import { createMocaClient, type MocaClient } from '../../lib/moca/issuing/client';
import { partnerAuthHeader, signPartnerJwt, type Partner } from '../../lib/moca/partner/partnerJwt';
import type { Sandbox } from '../../sandbox';
import { fakeClock } from './fakes';
import { mocaHints } from './hints';

/** Plain HTTP without n8n. */
export const fetchTransport: Transport = async ({ method, url, query, headers, body }) => {
	const asked = new URL(url);
	for (const [name, value] of Object.entries(query ?? {})) asked.searchParams.set(name, String(value));
	const response = await fetch(asked, {
		method,
		headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
		...(body && { body: JSON.stringify(body) }),
		redirect: 'manual',
	}).catch((error: unknown) => Promise.reject(new ConnectionFailure(causeOf(error))));
	const answered: Record<string, string> = {};
	response.headers.forEach((value, name) => (answered[name] = value));
	return { status: response.status, headers: answered, text: await response.text() };
};

/** `fetch` has no code for a port that it refuses to call. */
const causeOf = (error: unknown): string =>
	(error as { cause?: { code?: unknown } }).cause?.code === 'UND_ERR_SOCKET' ? 'ECONNRESET' : 'ECONNREFUSED';

/** Sends as a run does, with one retry that takes no time. */
export const fetchSend = (transport: Transport = fetchTransport): Send =>
	createSender({ concurrency: 10, requestsPerSecond: 0, maxRetries: 1, clock: fakeClock() }).through(transport);

/** The sandbox's catalog under either of its documented paths. */
export const catalogClient = (sandbox: Sandbox, catalogBaseUrl = sandbox.moca.catalogBaseUrl): CatalogClient =>
	createCatalogClient(fetchSend(), catalogUrlOf({ environment: 'custom', catalogBaseUrl }, mocaHints.catalogAddress), mocaHints);

/** The sandbox's API for its partner: each request is signed for the recipient that it names. */
export function mocaClient({ moca: { apiBaseUrl, partner } }: Sandbox): MocaClient {
	const signer: Partner = { ...partner, privateKey: partner.privateKeyPem, algorithm: 'auto', scope: 'issue on-behalf' };
	const signed: Transport = async (request) => {
		const token = await signPartnerJwt(signer, request.signFor!.recipientEmail as RecipientEmail, Date.now());
		return await fetchTransport({ ...request, headers: { ...request.headers, [partnerAuthHeader]: token } });
	};
	return createMocaClient(fetchSend(signed), apiBaseUrl, mocaHints);
}
