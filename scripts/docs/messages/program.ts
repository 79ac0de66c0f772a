import { join } from 'node:path';
import ts from 'typescript';

import { slowDownInN8n } from '../../../nodes/form/options';
import { hintsInN8n as learnCoinHints } from '../../../nodes/LearnCoin/shared/hints';
import { hintsInN8n as mocaHints } from '../../../nodes/Moca/shared/hints';
import { checkout } from '../nodeTypes';

/** What the libraries leave to whoever uses them, by the type's name: here it is n8n. What differs from call to call is told in general. */
const givenByN8n: Record<string, object> = {
	LearnCoinHints: learnCoinHints,
	MocaHints: mocaHints,
	CallDescription: {
		slowDownHint: slowDownInN8n,
		addressHint: 'Check the address in the n8n credential.',
		retryHint: 'The message says whether running it again is safe.',
	},
};

export interface Code {
	sources: ts.SourceFile[];
	/** What a name stands for, or what a function of that name can give; nothing where that differs from case to case. */
	meaningOf(name: ts.Node): Array<ts.Expression | string>;
}

/**
 * The code as TypeScript understands it, without the packages that it uses: reading them would take long, and none has messages of ours.
 *
 * @param files from the root
 */
export function readCode(files: string[]): Code {
	const options: ts.CompilerOptions = { noLib: true, allowImportingTsExtensions: true, noEmit: true };
	const host = ts.createCompilerHost(options, true);
	host.resolveModuleNameLiterals = (literals, containing) =>
		literals.map(({ text }) =>
			text.startsWith('.') ? ts.resolveModuleName(text, containing, options, host) : { resolvedModule: undefined },
		);
	const names = files.map((file) => join(checkout, file));
	const program = ts.createProgram(names, options, host);
	const checker = program.getTypeChecker();
	return {
		sources: names.flatMap((name) => program.getSourceFile(name) ?? []),
		meaningOf(name) {
			const given = givenTo(name, checker);
			if (given !== undefined) return [given];
			const found = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(name) ? name.name : name);
			const symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
			const declaration = symbol?.valueDeclaration;
			if (!declaration) return [];
			if (ts.isFunctionDeclaration(declaration)) return resultsOf(declaration);
			const isFixed = ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration);
			return isFixed && declaration.initializer ? resultsOf(declaration.initializer) : [];
		},
	};
}

/** A member of the hints, taken out of them with a point or in a function's parameters. */
function givenTo(name: ts.Node, checker: ts.TypeChecker): string | undefined {
	const symbol = checker.getSymbolAtLocation(name);
	const binding = symbol?.valueDeclaration && ts.isBindingElement(symbol.valueDeclaration) ? symbol.valueDeclaration : undefined;
	const holder = ts.isPropertyAccessExpression(name) ? name.expression : binding?.parent;
	if (!holder) return undefined;
	const member = ts.isPropertyAccessExpression(name) ? name.name : (binding?.propertyName ?? binding?.name);
	const given = givenByN8n[checker.getTypeAtLocation(holder).symbol?.name ?? ''];
	const value = given && member && (given as Record<string, unknown>)[member.getText()];
	return typeof value === 'string' ? value : undefined;
}

/** What an expression is; of a function, what it can return; of a table of functions, what each of them can. */
export function resultsOf(node: ts.Expression | ts.FunctionDeclaration): ts.Expression[] {
	if (ts.isObjectLiteralExpression(node))
		return node.properties.flatMap((member) => (ts.isPropertyAssignment(member) ? resultsOf(member.initializer) : []));
	if (!ts.isArrowFunction(node) && !ts.isFunctionDeclaration(node)) return [node];
	if (node.body === undefined) return [];
	if (!ts.isBlock(node.body)) return [node.body];
	const returned: ts.Expression[] = [];
	const visit = (inside: ts.Node): void => {
		if (ts.isReturnStatement(inside) && inside.expression) returned.push(inside.expression);
		if (!ts.isFunctionLike(inside)) ts.forEachChild(inside, visit);
	};
	visit(node.body);
	return returned;
}
