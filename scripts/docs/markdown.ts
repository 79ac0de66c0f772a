/** A table's cell: a text of any kind, on one line, without what would end the cell or start a tag. */
export const cell = (text: string): string =>
	text
		.trim()
		.replaceAll('|', '\\|')
		.replaceAll('<', '&lt;')
		.replace(/\s*\n\s*/g, ' ');

/** Rows whose cells are ready. */
export const table = (titles: string[], rows: string[][]): string =>
	[titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * A text with its `{{figures}}`.
 *
 * @throws when it asks for one that isn't there
 */
export const filled = (text: string, figures: Record<string, string>): string =>
	text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
		const figure = figures[name];
		if (figure === undefined) throw new Error(`There is no figure for ${name}.`);
		return figure;
	});

export const code = (text: string): string => `\`${text.replaceAll('`', '')}\``;

/** With a full stop, unless it has an end of its own. */
export const sentence = (text: string): string => (text === '' || /[.!?…:][”’)]?$/.test(text) ? text : `${text}.`);

/** “a”, “a or b”, “a, b or c”. */
export const oneOf = (words: string[]): string =>
	words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** What nobody should change by hand says so, to whoever opens it. */
export const writtenBy = (source: string): string => `<!-- Written by \`npm run docs\` out of ${source}. -->`;
