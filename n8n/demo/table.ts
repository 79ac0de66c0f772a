/** Lays rows out under their titles; the last column is wrapped so that no line is longer than `width` characters. */
export function table(titles: string[], rows: string[][], width: number): string {
	const last = titles.length - 1;
	const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
	const taken = widths.slice(0, last).reduce((sum, columnWidth) => sum + columnWidth + 2, 0);
	const lastWidth = Math.max(20, Math.min(widths[last] ?? 0, width - taken));
	const lines = (row: string[]) =>
		wrap(row[last] ?? '', lastWidth).map((part, index) =>
			[...row.slice(0, last).map((cell) => (index === 0 ? cell : '')), part]
				.map((cell, column) => cell.padEnd(column === last ? 0 : (widths[column] ?? 0)))
				.join('  ')
				.trimEnd(),
		);
	const rule = [...widths.slice(0, last), lastWidth].map((columnWidth) => '─'.repeat(columnWidth)).join('  ');
	return [...lines(titles), rule, ...rows.flatMap(lines)].join('\n');
}

function wrap(text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(/\s+/)) {
		if (line !== '' && line.length + 1 + word.length > width) {
			lines.push(line);
			line = word;
		} else line = line === '' ? word : `${line} ${word}`;
	}
	return [...lines, line];
}
