import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createSender } from '../../../lib/http/send';
import type { LearnCoinClient } from '../../../lib/learncoin/api/client';
import { collect } from '../../../lib/learncoin/api/pages';
import type { Batch, Page, Webhook } from '../../../lib/learncoin/api/types';
import { n8nClock } from '../../../lib/n8n/clock';
import { listItem } from '../../form/fromOutside';
import { insteadOfList, listFailure } from '../../form/listFailure';
import { createAccess, learnCoinCredential } from './access';

/** Short, because somebody is looking at the list as it loads. */
const timeoutMs = 10_000;
const limits = { concurrency: 1, requestsPerSecond: 0, maxRetries: 1, clock: n8nClock };

async function clientFor(context: ILoadOptionsFunctions): Promise<LearnCoinClient> {
	const data = await context.getCredentials(learnCoinCredential);
	return createAccess(context, data, createSender(limits), timeoutMs).client;
}

/** How far a search goes back: LearnCoin has none for words, so it is done here. */
const mostSearched = 1_000;

type FetchPage<Entry> = (cursor: string | undefined, limit: number) => Promise<Page<Entry>>;

/** What n8n shows: page by page while somebody scrolls, all that fits when they search. */
async function list<Entry extends { id: string }>(
	context: ILoadOptionsFunctions,
	pagesOf: (client: LearnCoinClient) => FetchPage<Entry>,
	nameOf: (entry: Entry) => string,
	filter: string | undefined,
	cursor: string | undefined,
): Promise<INodeListSearchResult> {
	try {
		return await entriesOf(pagesOf(await clientFor(context)), nameOf, filter, cursor);
	} catch (error) {
		throw listFailure(context, error, insteadOfList);
	}
}

async function entriesOf<Entry extends { id: string }>(
	fetchPage: FetchPage<Entry>,
	nameOf: (entry: Entry) => string,
	filter: string | undefined,
	cursor: string | undefined,
): Promise<INodeListSearchResult> {
	const words = filter?.trim().toLowerCase() ?? '';
	const { entries, nextCursor } = words === '' ? await fetchPage(cursor, 50) : { entries: await collect(fetchPage, mostSearched) };
	const results = entries.flatMap((entry) => listItem(entry.id, nameOf(entry)));
	return {
		results: results.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(words)),
		...(nextCursor !== undefined && { paginationToken: nextCursor }),
	};
}

/** Newest first. */
export async function searchBatches(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await list(
		this,
		(client) => async (cursor, limit) => await client.listBatches({ cursor, limit }),
		nameOfBatch,
		filter,
		paginationToken,
	);
}

function nameOfBatch({ id, status, credentials_count: count, created_at: created }: Batch): string {
	const when = typeof created === 'string' ? `${created.slice(0, 16).replace('T', ' ')} UTC` : id;
	const parts = [
		when,
		typeof count === 'number' ? `${count} ${count === 1 ? 'credential' : 'credentials'}` : '',
		typeof status === 'string' ? status : '',
	];
	return parts.filter((part) => part !== '').join(', ');
}

export async function searchWebhooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await list(
		this,
		(client) => async (cursor, limit) => await client.listWebhooks({ cursor, limit }),
		nameOfWebhook,
		filter,
		paginationToken,
	);
}

function nameOfWebhook({ id, url, description }: Webhook): string {
	const address = typeof url === 'string' ? url : id;
	return typeof description === 'string' && description !== '' ? `${description} (${address})` : address;
}
