import type { ApiCall } from '../../http/apiRoute';
import { parsedJson } from '../../shared/parsedJson';
import type { LearnCoinSettings } from '../settings';
import { invalid } from './errors';

const defaultLimit = 25;
const maxLimit = 100;

interface Listed {
	id: string;
}

/**
 * One page of a list, newest first, as every list endpoint gives it: `data`, `has_more`, `next_cursor` (docs/api/learncoin.md 3.3).
 * @param kind what is listed and how it is filtered; a cursor fits only the list it came from
 * @param items in the order of creation; their ids sort by age, so a cursor stays right while items come and go
 * @throws LearnCoinRefusal 400 for a limit out of range or a cursor that is expired or garbled; what the API does is unknown
 */
export function listPage<Item extends Listed>(query: ApiCall['query'], kind: string, items: Item[], settings: LearnCoinSettings) {
	const limit = readLimit(query.limit, settings);
	const position = readCursor(query.cursor, kind, settings);
	const left = [...items].reverse().filter(({ id }) => position === undefined || id < position);
	const data = left.slice(0, limit);
	const last = data.at(-1);
	const hasMore = left.length > limit;
	const nextCursor = hasMore && last ? writeCursor(kind, last.id) : settings.lastCursor === 'null' ? null : undefined;
	return { data, has_more: hasMore, next_cursor: nextCursor };
}

function readLimit(value: ApiCall['query'][string], { limitOutOfRange }: LearnCoinSettings): number {
	if (value === undefined) return defaultLimit;
	const limit = Number(value);
	if (Number.isInteger(limit) && limit >= 1 && limit <= maxLimit) return limit;
	if (limitOutOfRange === 'refused' || Number.isNaN(limit)) throw invalid('invalid_field_format', `limit must be 1 to ${maxLimit}.`);
	return Math.min(maxLimit, Math.max(1, Math.trunc(limit)));
}

interface Cursor {
	kind: string;
	after: string;
	/** ms since epoch */
	madeAt: number;
}

function writeCursor(kind: string, after: string): string {
	const cursor: Cursor = { kind, after, madeAt: Date.now() };
	return `cur_${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`;
}

function readCursor(value: ApiCall['query'][string], kind: string, { cursorTtlMs }: LearnCoinSettings): string | undefined {
	if (value === undefined) return undefined;
	const cursor = typeof value === 'string' ? decodeCursor(value) : undefined;
	if (cursor?.kind !== kind) throw invalid('invalid_field_format', 'cursor is not one of this list.');
	if (Date.now() - cursor.madeAt > cursorTtlMs) throw invalid('invalid_field_format', 'cursor has expired, start from the first page.');
	return cursor.after;
}

function decodeCursor(text: string): Cursor | undefined {
	return parsedJson(Buffer.from(text.replace(/^cur_/, ''), 'base64url').toString()) as Cursor | undefined;
}
