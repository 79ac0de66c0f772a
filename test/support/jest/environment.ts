/**
 * Jest's environment for Node, with the code of packages compiled once in each of Jest's processes. Jest by itself compiles all modules
 * anew for each test file, and n8n's engine has 1,700. What a module does when it is loaded still happens anew for each test file, in that
 * file's own globals: test files share code, and nothing that can change.
 */
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

type Compile = typeof vm.compileFunction;

/** By file name. A file that has changed meanwhile, such as by an update while Jest watches, is compiled anew. */
const compiled = new Map<string, { source: string; script: vm.Script }>();

/** `import()` has to know which test file it is called for, so what contains one can't be shared. */
const canBeShared = (source: string, filename: string) => filename.includes('node_modules') && !/\bimport\s*\(/.test(source);

function sharedScript(source: string, parameters: readonly string[], filename: string): vm.Script {
	const known = compiled.get(filename);
	if (known?.source === source) return known.script;
	const head = `(function (${parameters.join(', ')}) {`;
	const script = new vm.Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
	compiled.set(filename, { source, script });
	return script;
}

/** The one way in, because Jest has no setting for it. Should Jest compile differently one day, tests get slower and nothing else. */
function shareCode(compileAnew: Compile): Compile {
	return (source, parameters = [], options = {}) => {
		const { parsingContext, filename = '' } = options;
		if (!parsingContext || !canBeShared(source, filename)) return compileAnew(source, parameters, options);
		return sharedScript(source, parameters, filename).runInContext(parsingContext) as ReturnType<Compile>;
	};
}

vm.compileFunction = shareCode(vm.compileFunction);

export default TestEnvironment;
