/** Reads comma-separated text with a header line into a record per row. Values may be quoted, and then hold commas, quotes and line ends. */
export function parseCsv(text: string): Array<Record<string, string>> {
	const [header = [], ...rows] = cellsOf(text.replace(/^\uFEFF/, ''));
	return rows.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])));
}

function cellsOf(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
		row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
		if (end === ',') continue;
		if (row.length > 1 || row[0] !== '') rows.push(row);
		row = [];
	}
	return rows;
}
