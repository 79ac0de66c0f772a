import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { LearnCoinCredential } from '../../../../nodes/LearnCoin/Credential/LearnCoinCredential.node';
import type { JsonObject } from '../../../../lib/values/json';
import { anchoredBadges, runLearnCoin } from '../../../support/learncoin';
import { continueOnFail } from '../../../support/moca';
import { serve } from '../../../support/proof/chainServer';
import { bareBadge, coveredBadge, signed } from '../../../support/proof/synthetic';
import { didDocument, worldWith } from '../../../support/proof/world';
import { useSandbox } from '../../../support/sandbox/useSandbox';

/** Badges here are synthetic, and so is the chain: in n8n's engine, over HTTP to this machine. */
const sandbox = useSandbox();
const noCredential = { node: { credentials: {} } };

let server: Awaited<ReturnType<typeof serve>>;
let badge: JsonObject & { root: string };
const world = worldWith('');

beforeAll(async () => {
	server = await serve(world);
	const did = `did:web:127.0.0.1%3A${new URL(server.url).port}`;
	const document = bareBadge();
	badge = await signed(
		{ ...document, issuer: { ...(document.issuer as JsonObject), id: did } },
		{ proof: { verificationMethod: `${did}#key-1` } },
	);
	Object.assign(world, worldWith(badge.root), { web: { '/.well-known/did.json': didDocument({}, did) } });
});
afterAll(() => server.close());

const file = (bytes: Buffer | string, fileName = 'badge.json'): NonNullable<INodeExecutionData['binary']> => ({
	data: { data: Buffer.from(bytes).toString('base64'), mimeType: 'application/octet-stream', fileName },
});

const verifyJson = async (parameters: IDataObject, input: IDataObject[], settings: object = noCredential) =>
	await runLearnCoin(
		sandbox(),
		'learnCoinCredential',
		{ operation: 'verify', source: 'json', documentJson: '={{ $json.badge }}', rpcUrl: server.url, ...parameters },
		{ input, ...settings },
	);

const verifyFiles = async (files: Array<INodeExecutionData['binary']>, parameters: IDataObject = {}, node: object = { credentials: {} }) =>
	await runLearnCoin(
		sandbox(),
		'learnCoinCredential',
		{ operation: 'verify', source: 'file', binaryPropertyName: 'data', rpcUrl: server.url, ...parameters },
		{ input: files.map(() => ({})), files, node },
	);

const asInput = (document: JsonObject): IDataObject => ({ badge: document as IDataObject });

it('a document is genuine without any n8n credential, and who it is about comes first', async () => {
	const { items, error } = await verifyJson({}, [asInput(badge)]);
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({
		recipient_id: 'urn:uuid:6f1c9d5e-8a35-4b0c-9c39-3d2f1f5a7b10',
		outcome: 'genuine',
		valid: true,
		notCovered: ['expirationDate', 'issuanceDate'],
		anchor: { chain: 'Base Sepolia', blockNumber: 16 },
	});
	expect(Object.keys(items[0]!.json).slice(0, 4)).toEqual(['recipient_id', 'recipientName', 'outcome', 'valid']);
	expect((items[0]!.json.steps as IDataObject[]).map(({ step }) => step)).toEqual([
		...['format', 'hash', 'coverage', 'path', 'anchor', 'issuer', 'expiry', 'status'],
	]);
});

it('a document may be given as a text', async () => {
	const { items } = await verifyJson({}, [{ badge: JSON.stringify(badge) }]);
	expect(items[0]?.json.outcome).toBe('genuine');
});

it('many at once each get their own verdict, in order, and one that cannot be read stops none', async () => {
	const changed = { ...badge, id: 'urn:uuid:00000000-0000-4000-8000-000000000000' };
	const all = Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? badge : index % 3 === 1 ? changed : { no: 'badge' }));
	const { items, error } = await verifyJson({}, all.map(asInput));
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.outcome)).toEqual(
		all.map((_, index) => (index % 3 === 0 ? 'genuine' : index % 3 === 1 ? 'altered' : 'unverifiable')),
	);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(all.map((_, item) => ({ item })));
});

describe('a file', () => {
	it('of JSON, and a badge baked into an SVG, are genuine', async () => {
		const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><openbadges:credential><![CDATA[${JSON.stringify(badge)}]]></openbadges:credential></svg>`;
		const { items } = await verifyFiles([file(JSON.stringify(badge)), file(svg, 'badge.svg')]);
		expect(items.map(({ json }) => json.outcome)).toEqual(['genuine', 'genuine']);
	});

	it('that is only a picture, is cut off, or is too large, is unverifiable, in words', async () => {
		const png = Buffer.from('89504e470d0a1a0a0000000049454e44ae426082', 'hex');
		const { items } = await verifyFiles([
			file(png, 'badge.png'),
			file(JSON.stringify(badge).slice(0, 300)),
			file(Buffer.alloc(6_000_000, 32)),
		]);
		expect(items.map(({ json }) => json.outcome)).toEqual(['unverifiable', 'unverifiable', 'unverifiable']);
		const reasons = items.map(({ json }) => (json.steps as IDataObject[])[0]?.reason);
		expect(reasons).toEqual([
			expect.stringContaining('The PNG holds no badge'),
			expect.stringContaining('not JSON'),
			expect.stringContaining('larger than 5 MB'),
		]);
	});

	it('that is not there is an error that says where to look', async () => {
		const { items } = await verifyFiles(
			[file(JSON.stringify(badge))],
			{ binaryPropertyName: 'badge' },
			{ credentials: {}, ...continueOnFail.node },
		);
		expect(items[0]?.json.error).toBe('There is no file “badge” on this item');
	});
});

describe('the settings', () => {
	it('without an RPC URL nobody is asked, and nothing is valid unless less is required', async () => {
		const before = server.requests();
		const { items } = await verifyJson({ rpcUrl: '' }, [asInput(badge)]);
		expect(items[0]?.json).toMatchObject({ valid: false, outcome: 'unverifiable' });
		const less = await verifyJson({ rpcUrl: '', requiredSteps: ['hash', 'path'] }, [asInput(badge)]);
		expect(less.items[0]?.json).toMatchObject({ valid: true, outcome: 'genuine' });
		expect(server.requests()).toBe(before);
	});

	it.each([
		[{ rpcUrl: 'http://mainnet.base.org' }, 'The RPC URL is not an https address'],
		[{ rpcUrl: 'file:///etc/passwd' }, 'The RPC URL is not an https address'],
		[{ requiredSteps: [] }, 'No step is required'],
		[{ requiredSteps: ['everything'] }, 'There is no step “everything”'],
		[{ documentJson: '' }, 'There is no document'],
		[{ source: 'link' }, 'Source is “link”, which this node does not know'],
	])('%j is an error: %s', async (parameters, message) => {
		const { items } = await verifyJson(parameters, [asInput(badge)], { node: { credentials: {}, ...continueOnFail.node } });
		expect(items[0]?.json.error).toBe(message);
	});

	it('an RPC URL that is refused is not quoted: it may hold a key', async () => {
		const { items } = await verifyJson({ rpcUrl: 'http://rpc.example/v2/secret-key' }, [asInput(badge)], {
			node: { credentials: {}, ...continueOnFail.node },
		});
		expect(JSON.stringify(items[0]?.json)).not.toContain('secret-key');
	});
});

describe('asking LearnCoin', () => {
	const askLearnCoin = { askLearnCoin: true, rpcUrl: '', requiredSteps: ['status'] };

	it('tells of the account’s own badges whether they were revoked', async () => {
		const [issued] = await anchoredBadges(sandbox(), 1);
		const get = { operation: 'get', credentialId: issued!.id };
		const document = (await runLearnCoin(sandbox(), 'learnCoinCredential', get)).items[0]!.json.signed_credential as IDataObject;
		const statusOf = async () => {
			const { items } = await verifyJson(askLearnCoin, [{ badge: document }], {});
			const steps = items[0]!.json.steps as IDataObject[];
			return [items[0]!.json.outcome, steps.find(({ step }) => step === 'status')?.verdict];
		};
		expect((await statusOf())[1]).toBe('holds');
		const revocation = { operation: 'revoke', reason: 'A slip', reasonCode: 'issuer_error', credentialId: issued!.id };
		await runLearnCoin(sandbox(), 'learnCoinCredential', revocation);
		expect(await statusOf()).toEqual(['revoked', 'fails']);
	});

	it('leaves open what the account has not issued', async () => {
		const { items } = await verifyJson(askLearnCoin, [asInput(badge)], {});
		expect((items[0]!.json.steps as IDataObject[]).at(-1)).toMatchObject({ step: 'status', verdict: 'notProven' });
	});
});

it('an RPC URL that is slower than the timeout leaves the anchor unchecked, and is not waited for', async () => {
	sandbox().faults.add({ route: 'chain.call', times: 100, answer: { kind: 'slow', delayMs: 60_000 } });
	const rpcUrl = sandbox().chain.rpcUrls['base-sepolia'];
	const { items, error } = await verifyJson({ rpcUrl, options: { timeout: 200, maxRetries: 0 } }, [asInput(badge)]);
	expect(error).toBeUndefined();
	expect(items[0]?.json.outcome).toBe('unverifiable');
	expect((items[0]!.json.steps as IDataObject[]).find(({ step }) => step === 'anchor')).toMatchObject({
		verdict: 'notChecked',
		reason: expect.stringContaining('it gave no answer') as string,
	});
});

it('the n8n credential is asked for wherever LearnCoin is asked, and nowhere else', () => {
	const { description } = new LearnCoinCredential();
	const needsIt = (parameters: IDataObject) => {
		const node = { typeVersion: 1, parameters } as never;
		const full = NodeHelpers.getNodeParameters(description.properties, parameters as never, true, false, node, description)!;
		return NodeHelpers.displayParameter(full, description.credentials![0]!, node, description);
	};
	expect(needsIt({ operation: 'get' })).toBe(true);
	expect(needsIt({ operation: 'verify' })).toBe(true);
	expect(needsIt({ operation: 'verify', source: 'file' })).toBe(false);
	expect(needsIt({ operation: 'verify', source: 'json', askLearnCoin: true })).toBe(true);
	// As a workflow is saved that was switched back.
	expect(needsIt({ operation: 'revoke', source: 'file' })).toBe(true);
});

it('what is covered comes out as such in the answer', async () => {
	const covered = await signed(coveredBadge());
	const { items } = await verifyJson({ rpcUrl: '', requiredSteps: ['coverage'] }, [asInput(covered)]);
	expect(items[0]?.json).toMatchObject({ outcome: 'genuine', notCovered: [], expiresAt: '2030-01-01T00:00:00.000Z' });
});
