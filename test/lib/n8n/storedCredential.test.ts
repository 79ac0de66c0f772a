import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { perCredential } from '../../../lib/n8n/perCredential';
import { createEngine, type CredentialData } from '../../support/engine';
import { readerNode } from '../../support/readerNode';

const properties = [
	{ displayName: 'Key', name: 'key', type: 'string' as const, default: '' },
	{ displayName: 'Address', name: 'address', type: 'string' as const, default: 'https://usual.example' },
];

/** The keys that items `{ own }` get in n8n's engine, and how often n8n was asked for what the n8n credential comes to. */
async function keysFor(credential: CredentialData, change: (context: IExecuteFunctions) => void = () => {}) {
	let asked = 0;
	let keys: unknown[] = [];
	const type = readerNode({ credentials: [{ name: 'anyApi' }], properties: [] }, async (context) => {
		change(context);
		const counted = Object.create(context, {
			getCredentials: {
				value: async (name: string, index: number) => {
					asked++;
					return await context.getCredentials(name, index);
				},
			},
		}) as IExecuteFunctions;
		const read = perCredential(counted, 'anyApi', ({ key }) => ({ key }));
		keys = [];
		for (const index of context.getInputData().keys()) keys.push((await read(index)).key);
	});
	const run = createEngine({ nodes: { reader: type }, credentials: { anyApi: { name: 'anyApi', displayName: '', properties } } });
	const { error } = await run('reader', { parameters: {}, input: [{}, {}, {}, { own: 'd' }, { own: 'e' }], credential });
	if (error) throw error;
	return { keys, asked };
}

it('one without an expression is read once', async () => {
	expect(await keysFor({ key: 'k', address: 'https://example.com' })).toEqual({ keys: ['k', 'k', 'k', 'k', 'k'], asked: 1 });
});

it('an expression that comes to the same for the first items is still evaluated for each', async () => {
	const { keys, asked } = await keysFor({ key: '={{ $json.own ?? "usual" }}', address: 'https://example.com' });
	expect(keys).toEqual(['usual', 'usual', 'usual', 'd', 'e']);
	expect(asked).toBe(5);
});

it.each<[string, CredentialData]>([
	['an expression in another field', { key: 'k', address: '={{ "https://example.com" }}' }],
	['an expression in a field that this node doesn’t know', { key: 'k', more: { of: ['={{ 1 }}'] } } as never],
	['what n8n gives item by item', () => ({ key: 'k' })],
])('%s has each item asked for', async (_, credential) => {
	expect((await keysFor(credential)).asked).toBe(5);
});

/** What an operator of n8n may set for a type of credential instead of what is stored, or another n8n. */
type Helper = { getDecrypted: (...args: unknown[]) => Promise<ICredentialDataDecryptedObject> };
const changing = (change: (helper: Helper) => void) => (context: IExecuteFunctions) =>
	change((context as unknown as { additionalData: { credentialsHelper: Helper } }).additionalData.credentialsHelper);

it('a value that is not the stored one has each item asked for: nobody knows where it is from', async () => {
	const overwrite = changing((helper) => {
		const inner = helper.getDecrypted;

		helper.getDecrypted = async (a, b, c, d, e, raw, g) => ({
			...(await inner(a, b, c, d, e, raw, g)),
			...(raw !== true && { key: 'set' }),
		});
	});
	expect((await keysFor({ key: 'k' }, overwrite)).asked).toBe(5);
});

it('a field that is not stored may have the default of its type, and no other value', async () => {
	const adding = (address: string) =>
		changing((helper) => {
			const inner = helper.getDecrypted;

			helper.getDecrypted = async (a, b, c, d, e, raw, g) => ({
				...(await inner(a, b, c, d, e, raw, g)),
				...(raw !== true && { address }),
			});
		});
	expect((await keysFor({ key: 'k' }, adding('https://usual.example'))).asked).toBe(1);
	expect((await keysFor({ key: 'k' }, adding('https://other.example'))).asked).toBe(5);
});

it.each<[string, (helper: Helper) => void]>([
	[
		'asks for it in another way',
		(helper) => {
			const inner = helper.getDecrypted;
			helper.getDecrypted = async (...args) => await inner(...args);
		},
	],
	[
		'does not tell it',
		(helper) => {
			const inner = helper.getDecrypted;

			helper.getDecrypted = async (a, b, c, d, e, raw, g) =>
				raw === true ? Promise.reject(new Error('no')) : await inner(a, b, c, d, e, raw, g);
		},
	],
])('an n8n that %s has each item asked for', async (_, change) => {
	expect(await keysFor({ key: 'k' }, changing(change))).toEqual({ keys: ['k', 'k', 'k', 'k', 'k'], asked: 5 });
});
