import { relative } from 'node:path';
import ts from 'typescript';

import { checkout } from '../nodeTypes';
import { readCode, resultsOf, type Code } from './program';
import { gap, wordsOf } from './words';

export interface Message {
	/** Where it is made, from the root. */
	file: string;
	/** What a person sees; `…` for what differs from case to case. */
	said: string;
	/** What to do; empty for a note, which says that itself. */
	remedy: string;
	/** Beside an outcome, not in place of one. */
	isNote: boolean;
}

/** How the code names a message, or the part of one that says what is wrong; what to do is always its `hint`. */
const sayingNames = ['message', 'problem', 'why'];

/** Errors that are made of a message, at which place, and then of what to do: in words, or among the details as `hint`. */
const failures = new Map([
	['ExplainedFailure', 0],
	['MissingValue', 0],
	['CallFailure', 1],
]);

interface Found {
	said: ts.Expression;
	remedy?: ts.Expression | undefined;
	isNote?: boolean;
}

/**
 * Every failure that the code can tell of, and every note beside an outcome.
 *
 * @param files from the root
 */
export function findMessages(files: string[]): Message[] {
	const code = readCode(files);
	return code.sources.flatMap((source) => {
		const file = relative(checkout, source.fileName).replaceAll('\\', '/');
		return foundIn(source, code).flatMap(({ said, remedy, isNote }) => {
			const whatToDo = remedy ? ownWords(wordsOf(remedy, code, 2)).join(' Or: ') : '';
			return ownWords(isNote ? notesOf(said, code) : wordsOf(said, code, 4)).map((text) => ({
				file,
				said: text,
				remedy: whatToDo,
				isNote: isNote === true,
			}));
		});
	});
}

/** Without what a service says itself, and without texts in which nothing is left. */
function ownWords(texts: string[]): string[] {
	const own = texts.map((text) => text.replace(/(?:^| )(?:…|\p{Lu}\p{L}+) says: …$/u, '').replace(/(?<=[.!?]) …$/, ''));
	return [...new Set(own)].filter((text) => /\p{L}{3}/u.test(text.replaceAll(gap, '')));
}

function foundIn(source: ts.SourceFile, code: Code): Found[] {
	const found: Found[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isObjectLiteralExpression(node)) found.push(...inObject(node));
		if (ts.isNewExpression(node)) found.push(...inFailure(node));
		if (ts.isCallExpression(node)) found.push(...inCall(node, code));
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function inObject(object: ts.ObjectLiteralExpression): Found[] {
	const said = sayingNames.map((name) => valueOf(object, name)).find((value) => value !== undefined);
	const details = valueOf(object, 'details');
	const remedy = valueOf(object, 'hint') ?? (details && ts.isObjectLiteralExpression(details) ? valueOf(details, 'hint') : undefined);
	const note = valueOf(object, 'note');
	return [...(said && remedy ? [{ said, remedy }] : []), ...(note ? [{ said: note, isNote: true }] : [])];
}

function inFailure({ expression, arguments: given = ts.factory.createNodeArray() }: ts.NewExpression): Found[] {
	const place = failures.get(expression.getText());
	const [said, second] = place === undefined ? [] : given.slice(place);
	const inWords = expression.getText() === 'MissingValue' ? second : undefined;
	return said ? [{ said, remedy: second && ts.isObjectLiteralExpression(second) ? valueOf(second, 'hint') : inWords }] : [];
}

/** A function that makes a failure of what it is given, such as `no(why)` or `keyFailure(message, hint)`; or the answer to a delivery. */
function inCall({ expression, arguments: given }: ts.CallExpression, code: Code): Found[] {
	const { parent: made } = (code.meaningOf(expression)[0] ?? {}) as Partial<ts.Expression>;
	const [said, second, third] = given;
	if (expression.getText() === 'refuse' && third) return [{ said: third, isNote: true }];
	const parameters = enclosingParameters(made);
	if (!said || !sayingNames.includes(parameters[0] ?? '')) return [];
	if (parameters[1] === 'hint' && second) return [{ said, remedy: second }];
	const hint = parameters.length === 1 ? hintIn(code.meaningOf(expression)[0]) : undefined;
	return hint ? [{ said, remedy: hint }] : [];
}

function enclosingParameters(node: ts.Node | undefined): string[] {
	for (let one = node; one; one = one.parent)
		if (ts.isArrowFunction(one) || ts.isFunctionDeclaration(one)) return one.parameters.map(({ name }) => name.getText());
	return [];
}

/** What every failure of a function is told to do about it: `{ ok: false, why, hint }`. */
function hintIn(result: ts.Expression | string | undefined): ts.Expression | undefined {
	if (result === undefined || typeof result === 'string') return undefined;
	const object = ts.isParenthesizedExpression(result) ? result.expression : result;
	const member = ts.isObjectLiteralExpression(object) && object.properties.find((one) => one.name?.getText() === 'hint');
	if (!member || !ts.isShorthandPropertyAssignment(member)) return undefined;
	return topLevelValue(member.getSourceFile(), 'hint');
}

function topLevelValue(source: ts.SourceFile, name: string): ts.Expression | undefined {
	const declarations = source.statements.flatMap((one) => (ts.isVariableStatement(one) ? [...one.declarationList.declarations] : []));
	const { initializer } = declarations.find((one) => one.name.getText() === name) ?? {};
	return initializer && resultsOf(initializer)[0];
}

/** A member's value; `{ hint }` alone says nothing more than that there is one. */
function valueOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
	const member = object.properties.find((one) => one.name?.getText() === name);
	return member && ts.isPropertyAssignment(member) ? member.initializer : undefined;
}

/** A note may be put together out of several: each for itself. */
function notesOf(note: ts.Expression, code: Code): string[] {
	const parts = ts.isCallExpression(note) && /note/i.test(note.expression.getText()) ? [...note.arguments] : [note];
	return parts.flatMap((part) => (ts.isCallExpression(part) ? called(part, code) : wordsOf(part, code, 4)));
}

/** All that a function, or each of a table of functions, can say. */
function called({ expression }: ts.CallExpression, code: Code): string[] {
	const name = ts.isElementAccessExpression(expression) ? expression.expression : expression;
	return code.meaningOf(name).flatMap((one) => (typeof one === 'string' ? [one] : wordsOf(one, code, 4)));
}
