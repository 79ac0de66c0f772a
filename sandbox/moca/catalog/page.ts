import type { ApiCall } from '../../http/apiRoute';
import { MocaRefusal } from '../errors';

/** The rows as `sortBy` and `sortOrder` want them. @throws MocaRefusal 400 beyond the documented words (docs/api/moca.md 5.2) */
export function sorted<Row>(
	rows: Row[],
	{ sortBy = 'created_at', sortOrder = 'DESC' }: ApiCall['query'],
	columns: Record<string, keyof Row>,
): Row[] {
	const column = columns[String(sortBy)];
	if (column === undefined) throw new MocaRefusal(400, `sortBy must be one of ${Object.keys(columns).join(', ')}`);
	if (sortOrder !== 'ASC' && sortOrder !== 'DESC') throw new MocaRefusal(400, 'sortOrder must be ASC or DESC');
	const direction = sortOrder === 'ASC' ? 1 : -1;
	return [...rows].sort((a, b) => direction * (a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0));
}

/** One page of a list in the documented frame. @throws MocaRefusal 400 */
export function pageOf<Row>(rows: Row[], query: ApiCall['query'], write: (row: Row) => unknown) {
	const { number, limit } = pageBounds(query, 100);
	const records = rows.slice((number - 1) * limit, number * limit).map(write);
	return { current: number, pages: Math.ceil(rows.length / limit), size: limit, total: rows.length, records };
}

/** @throws MocaRefusal 400 beyond the documented bounds (docs/api/moca.md 5.2) */
/** One page of a list in the documented frame. @throws MocaRefusal 400 */
export function pageBounds(query: ApiCall['query'], largest: number): { number: number; limit: number } {
	const number = Number(query.page ?? 1);
	const limit = Number(query.limit ?? 10);
	if (!Number.isInteger(number) || number < 1) throw new MocaRefusal(400, 'page must be 1 or more');
	if (!Number.isInteger(limit) || limit < 1 || limit > largest) throw new MocaRefusal(400, `limit must be 1 to ${largest}`);
	return { number, limit };
}
