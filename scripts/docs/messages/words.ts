import ts from 'typescript';

import type { Code } from './program';

/** What stands where the code puts in a value: an email, a row, what a service said. */
export const gap = '…';

/** No message is put together deeper than this; a function may call itself. */
const deepest = 8;

/**
 * The texts that an expression can come to, as far as the code's own words go.
 *
 * @param most how many different ones are wanted; where there are more, what makes the difference becomes a gap
 */
export function wordsOf(expression: ts.Expression, code: Code, most: number, depth = 0): string[] {
	const again = (one: ts.Expression | string): string[] => (typeof one === 'string' ? [one] : wordsOf(one, code, most, depth + 1));
	const few = (texts: string[]): string[] => (new Set(texts).size > most ? [gap] : [...new Set(texts)]);
	if (depth > deepest) return [gap];
	if (ts.isStringLiteralLike(expression)) return [expression.text];
	if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression)) return again(expression.expression);
	if (ts.isConditionalExpression(expression)) return few([...again(expression.whenTrue), ...again(expression.whenFalse)]);
	if (ts.isTemplateExpression(expression)) {
		const parts = expression.templateSpans.map(({ expression: span, literal }) => again(span).map((text) => text + literal.text));
		return inARow([[expression.head.text], ...parts], most);
	}
	if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken)
		return inARow([again(expression.left), again(expression.right)], most);
	if (ts.isCallExpression(expression)) {
		const { expression: called } = expression;
		const texts = code.meaningOf(ts.isElementAccessExpression(called) ? called.expression : called).flatMap(again);
		// What changes a text, instead of making one, gives nothing that can be known.
		return texts.length === 0 || texts.includes(gap) ? [gap] : texts;
	}
	if (!ts.isIdentifier(expression) && !ts.isPropertyAccessExpression(expression)) return [gap];
	const texts = code.meaningOf(expression).flatMap(again);
	return texts.length === 0 ? [gap] : few(texts);
}

/** Each way of the first part with each way of the second, and so on. */
function inARow(parts: string[][], most: number): string[] {
	const count = parts.reduce((product, part) => product * part.length, 1);
	const chosen = count > most ? parts.map((part) => (part.length > 1 ? [part[0]!.replace(/\p{L}.*[^\s.,:;)”]/u, gap)] : part)) : parts;
	const texts = chosen.reduce((before, part) => before.flatMap((text) => part.map((next) => text + next)), ['']);
	return texts.map((text) => text.replace(new RegExp(`${gap}(\\s*${gap})+`, 'g'), gap));
}
