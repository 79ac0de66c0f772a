import { randomInt } from 'node:crypto';

/** So many characters of an alphabet, for ids and keys. */
export function randomText(alphabet: string, length: number): string {
	return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
