import type { Session } from './session';

export type TableRow = Record<string, string | number | boolean | null>;

/** The most rows that n8n gives at once. */
const perPage = 250;
const mostPages = 100;

type ColumnType = 'string' | 'number' | 'boolean' | 'date';

/** n8n's own data tables, in the signed-in user's own project. */
export function dataTableCalls(session: Session) {
	const tables = async () => `/rest/projects/${(await session.get<{ id: string }>('/rest/projects/personal')).id}/data-tables`;

	return {
		/** Makes a data table, with a type for each column, and gives its ID. */
		async createDataTable(name: string, columns: Record<string, ColumnType>): Promise<string> {
			const list = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
			return (await session.post<{ id: string }>(await tables(), { name, columns: list })).id;
		},

		/** Adds rows; columns that aren't given are empty. */
		async addRows(tableId: string, rows: TableRow[]): Promise<void> {
			await session.post(`${await tables()}/${tableId}/insert`, { data: rows, returnType: 'count' });
		},

		/** All rows, in the order in which they were added. */
		async tableRows(tableId: string): Promise<TableRow[]> {
			const address = `${await tables()}/${tableId}/rows?sortBy=id:asc&take=${perPage}`;
			const rows: TableRow[] = [];
			for (let page = 0; page < mostPages; page++) {
				const { data } = await session.get<{ data: TableRow[] }>(`${address}&skip=${rows.length}`);
				rows.push(...data);
				if (data.length < perPage) return rows;
			}
			throw new Error(`The table has more than ${mostPages * perPage} rows.`);
		},

		/** Writes values into all rows that have this one in a column, as a person does who types them in. */
		async changeRows(tableId: string, column: string, value: string, data: TableRow): Promise<void> {
			const filter = { type: 'and', filters: [{ columnName: column, condition: 'eq', value }] };
			await session.patch(`${await tables()}/${tableId}/rows`, { filter, data });
		},
	};
}
