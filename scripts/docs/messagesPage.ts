import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cell, table, writtenBy } from './markdown';
import { findMessages, type Message } from './messages/find';
import { gap } from './messages/words';
import { checkout } from './nodeTypes';

const template = join(__dirname, 'messages', 'template.md');

/** Which part of the page tells what is made where; the first that fits. Notes have a part of their own. */
const parts: Array<[part: string, files: RegExp]> = [
	['deliveries', /^nodes\/LearnCoin\/Trigger\/delivery/],
	['learnCoin', /LearnCoin|learncoin/],
	['catalog', /[Cc]atalog/],
	['partner', /^lib\/moca\/partner|^nodes\/Moca\/Jwks|^credentials/],
	['moca', /[Mm]oca/],
	['values', /^lib\/values/],
	['everyService', /./],
];

/** What people see when something did not work, and what to do about it. */
export async function messagesPage(): Promise<string> {
	const found = findMessages(await codeFiles());
	const tables = new Map(parts.map(([part]) => [part, asTable(found.filter((message) => partOf(message) === part))]));
	tables.set('notes', asTable(found.filter((message) => partOf(message) === 'notes')));
	const text = (await readFile(template, 'utf8')).replaceAll(/\{\{(\w+)\}\}/g, (_whole, part: string) => tables.get(part) ?? '');
	return `${writtenBy('the code and scripts/docs/messages/template.md')}\n\n${text}`;
}

async function codeFiles(): Promise<string[]> {
	const all = await Promise.all(
		['credentials', 'lib', 'nodes'].map(async (folder) =>
			(await readdir(join(checkout, folder), { recursive: true })).map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
		),
	);
	return all
		.flat()
		.filter((file) => file.endsWith('.ts'))
		.sort();
}

function partOf({ file, isNote }: Message): string {
	const part = parts.find(([, files]) => files.test(file))?.[0] ?? '';
	return isNote && part !== 'deliveries' ? 'notes' : part;
}

/** In the order of the words, without what is a gap at the start: that is how people look for them. */
function asTable(messages: Message[]): string {
	const rows = new Map(messages.map(({ said, remedy }) => [`${said} ${remedy}`, { said: cell(startOf(said)), remedy: cell(remedy) }]));
	const sorted = [...rows.values()].sort((one, other) => lettersOf(one.said).localeCompare(lettersOf(other.said), 'en'));
	if (sorted.every(({ remedy }) => remedy === '')) return sorted.map(({ said }) => `- ${said}`).join('\n');
	return table(
		['what you see', 'what to do'],
		sorted.map(({ said, remedy }) => [said, remedy === '' ? differs : remedy]),
	);
}

const differs = 'That differs; the message goes on to say it.';

/** A part of a sentence that something comes before. */
const startOf = (said: string): string => (/^\p{Ll}/u.test(said) ? `${gap} ${said}` : said);

const lettersOf = (text: string): string => text.replace(/^[^\p{L}]+/u, '').toLowerCase();
