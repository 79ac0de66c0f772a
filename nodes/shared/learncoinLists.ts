import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { createSender } from '../../lib/http/send';
import type { LearnCoinClient } from '../../lib/learncoin/client';
import { collect } from '../../lib/learncoin/pages';
import type { Batch, Page, Webhook } from '../../lib/learncoin/types';
import { createAccess, learnCoinCredential } from './learncoin';
import { n8nClock } from './n8nClock';

/** Short, because somebody is looking at the list as it loads. */
const timeoutMs = 10_000;
const limits = { concurrency: 1, requestsPerSecond: 0, maxRetries: 1, clock: n8nClock };

async function clientFor(context: ILoadOptionsFunctions): Promise<LearnCoinClient> {
	const data = await context.getCredentials(learnCoinCredential);
	return createAccess(context, data, createSender(limits), timeoutMs).client;
}

/** How far a search goes back: LearnCoin has none for words, so it is done here. */
const mostSearched = 1_000;

/** What n8n shows: page by page while somebody scrolls, all that fits when they search. */
async function list<Entry extends { id: string }>(
	fetchPage: (cursor: string | undefined, limit: number) => Promise<Page<Entry>>,
	nameOf: (entry: Entry) => string,
	filter: string | undefined,
	cursor: string | undefined,
): Promise<INodeListSearchResult> {
	const words = filter?.trim().toLowerCase() ?? '';
	const { entries, nextCursor } = words === '' ? await fetchPage(cursor, 50) : { entries: await collect(fetchPage, mostSearched) };
	const results = entries.map((entry) => ({ name: nameOf(entry), value: entry.id }));
	return {
		results: results.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(words)),
		...(nextCursor !== undefined && { paginationToken: nextCursor }),
	};
}

/** Newest first. */
export async function searchBatches(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const client = await clientFor(this);
	return await list(async (cursor, limit) => await client.listBatches({ cursor, limit }), nameOfBatch, filter, paginationToken);
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
	const client = await clientFor(this);
	return await list(async (cursor, limit) => await client.listWebhooks({ cursor, limit }), nameOfWebhook, filter, paginationToken);
}

function nameOfWebhook({ id, url, description }: Webhook): string {
	const address = typeof url === 'string' ? url : id;
	return typeof description === 'string' && description !== '' ? `${description} (${address})` : address;
}

interface Locator {
	displayName: string;
	name: string;
	description: string;
	/** Of {@link INodeProperties} `methods.listSearch`. */
	searchMethod: string;
	/** Of its IDs. */
	prefix: string;
}

/** Chosen from a list, or by ID. */
export const locator = ({ displayName, name, description, searchMethod, prefix }: Locator): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: searchMethod, searchable: true } },
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: `e.g. ${prefix}_01HXYZABCDEF1234567890ABCD`,
			validation: [
				{ type: 'regex', properties: { regex: `^\\s*${prefix}_[A-Za-z0-9]+\\s*$`, errorMessage: `The ID starts with ${prefix}_` } },
			],
		},
	],
});

/** Get Many’s two fields. */
export const manyProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];
