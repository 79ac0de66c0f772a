import { createSender } from '../../lib/http/send';
import { ConnectionFailure, type Send, type Transport } from '../../lib/http/types';
import { createCatalogClient, type CatalogClient } from '../../lib/moca/catalog';
import { catalogUrlOf } from '../../lib/moca/catalogAddress';
import type { Sandbox } from '../../sandbox';
import { fakeClock } from './fakes';

/** Plain HTTP without n8n. */
export const fetchTransport: Transport = async ({ method, url, query }) => {
	const asked = new URL(url);
	for (const [name, value] of Object.entries(query ?? {})) asked.searchParams.set(name, String(value));
	const response = await fetch(asked, { method }).catch(() => Promise.reject(new ConnectionFailure('ECONNREFUSED')));
	const headers: Record<string, string> = {};
	response.headers.forEach((value, name) => (headers[name] = value));
	return { status: response.status, headers, text: await response.text() };
};

export const fetchSend = (): Send =>
	createSender({ concurrency: 10, requestsPerSecond: 0, maxRetries: 1, clock: fakeClock() }).through(fetchTransport);

/** The sandbox's catalog under either of its documented paths. */
export const catalogClient = (sandbox: Sandbox, catalogBaseUrl = sandbox.moca.catalogBaseUrl): CatalogClient =>
	createCatalogClient(fetchSend(), catalogUrlOf({ environment: 'custom', catalogBaseUrl }));
