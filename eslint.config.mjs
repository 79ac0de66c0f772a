import { readdirSync } from 'node:fs';

import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importPlugin from 'eslint-plugin-import-x';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const ships = ['credentials/**/*.ts', 'nodes/**/*.ts', 'lib/**/*.ts'];
const nodeGlobals = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']));

const foldersIn = (folder) =>
	readdirSync(new URL(folder, import.meta.url), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name);

/** What each folder of lib may know besides itself. One that isn't listed knows nothing until somebody says so here. */
const libMayKnow = {
	http: ['values'],
	items: ['http', 'n8n', 'values'],
	learncoin: ['http', 'values'],
	moca: ['http', 'values'],
	n8n: ['http'],
	proof: ['http', 'values'],
};

/** What every node may know of lib besides its own service, which has the node's folder's name in small letters. */
const forEveryNode = ['lib/http', 'lib/items', 'lib/n8n', 'lib/values'];
/** What single nodes may know besides. */
const alsoKnown = { 'nodes/LearnCoin/Credential': ['lib/proof'] };
const services = foldersIn('nodes').filter((name) => name !== 'form');

/** Which parts of the house a part may import from, itself included. A part that isn't listed (scripts, test, n8n) may import any. */
const mayKnow = {
	credentials: ['credentials', 'lib/http', 'lib/learncoin', 'lib/moca'],
	sandbox: ['sandbox', 'lib'],
	'nodes/form': ['nodes/form', ...forEveryNode],
	...Object.fromEntries(
		foldersIn('lib').map((name) => [`lib/${name}`, [name, ...(libMayKnow[name] ?? [])].map((known) => `lib/${known}`)]),
	),
	// Requests say which version of the package sent them.
	'lib/n8n': ['lib/n8n', ...libMayKnow.n8n.map((known) => `lib/${known}`), 'package.json'],
	...Object.fromEntries(
		services.flatMap((service) =>
			foldersIn(`nodes/${service}`).map((node) => [
				`nodes/${service}/${node}`,
				[
					...[`nodes/${service}/${node}`, `nodes/${service}/shared`, 'nodes/form', `lib/${service.toLowerCase()}`, ...forEveryNode],
					...(alsoKnown[`nodes/${service}/${node}`] ?? []),
				],
			]),
		),
	),
};

const arrows = Object.entries(mayKnow).map(([part, known]) => ({
	target: part,
	from: '.',
	except: [...new Set([...known, 'node_modules'])],
	message: `${part} may know only: ${known.join(', ')}.`,
}));

/** Packages of n8n, by name: where one resolves to depends on how node_modules came about. */
const n8nEngine = '^(n8n|n8n-core|n8n-nodes-base|@n8n/.+)(/|$)';
const anyOfN8n = '^(n8n|n8n-core|n8n-nodes-base|n8n-workflow|@n8n/.+)(/|$)';

/** One block for each set of files, because a later block's options replace an earlier one's: the sets must not overlap. */
const forbidImports = (files, ignores, patterns) => ({
	files,
	ignores,
	rules: {
		'@typescript-eslint/no-restricted-imports': ['error', { patterns }],
		// The rule above doesn't see `import('…')`, the one other way in (`require` is forbidden by typescript-eslint's own set).
		'no-restricted-syntax': [
			'error',
			...patterns.map(({ regex, message }) => ({
				selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`,
				message,
			})),
		],
	},
});

export default defineConfig(
	globalIgnores(['dist', 'coverage', '.bench', '.demo', '.mutate']),
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },

	// What @n8n/node-cli 0.48.3 sets in its `config` (dist/configs/eslint.js), in its order. That package can't be installed, hence by hand.
	{
		files: ['**/*.ts'],
		extends: [eslint.configs.recommended, tseslint.configs.recommended, importPlugin.configs['flat/recommended']],
		rules: { 'prefer-spread': 'off' },
	},
	{
		plugins: { 'n8n-nodes-base': n8nNodesPlugin },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
	},
	{
		// Its one deviation: that tool applies these to tests as well, which then could neither read a file nor set a timer.
		files: ships,
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: { 'no-console': 'error' },
	},
	{
		files: ['package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: { ...n8nNodesPlugin.configs.community.rules },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesPlugin.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesPlugin.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	// n8n's scanner has no ear for eslint-disable in these, so neither have we.
	{ files: ['credentials/**/*.ts', 'nodes/**/*.ts'], linterOptions: { noInlineConfig: true } },

	// Beyond n8n's: what only the types can tell.
	{
		files: ['**/*.ts'],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
		},
	},

	// Who may know whom.
	{
		files: ['**/*.ts'],
		rules: { 'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: arrows }] },
	},
	forbidImports(
		['lib/**/*.ts'],
		['lib/{items,n8n}/**'],
		[{ regex: anyOfN8n, message: 'This part could be a package of its own: it knows nothing of n8n.' }],
	),
	forbidImports(
		[...ships.filter((files) => !files.startsWith('lib')), 'lib/{items,n8n}/**/*.ts'],
		[],
		[{ regex: n8nEngine, message: 'What ships knows n8n through n8n-workflow alone.' }],
	),
	forbidImports(
		['sandbox/**/*.ts'],
		[],
		[{ regex: '^(\\.\\./)+lib(/|$)', allowTypeImports: true, message: 'The sandbox shares wire types with lib, no logic.' }],
	),

	// The tools around: plain JavaScript on Node.
	{
		files: ['**/*.{js,mjs}'],
		extends: [eslint.configs.recommended],
		languageOptions: { globals: nodeGlobals },
	},
	{ files: ['**/*.js'], languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly', __filename: 'readonly' } } },
);
