import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { perCredential } from '../../../lib/n8n/perCredential';

/** What is made for each of these n8n credentials, one item each, and how often something was made. */
async function madeFor(...credentials: ICredentialDataDecryptedObject[]) {
	const context = { getCredentials: async (_: string, index: number) => ({ ...credentials[index] }) } as unknown as IExecuteFunctions;
	const asked: ICredentialDataDecryptedObject[] = [];
	const made = perCredential(context, 'anyApi', (data) => {
		asked.push(data);
		return { of: data };
	});
	return { made: await Promise.all(credentials.map((_, index) => made(index))), asked };
}

it('items whose n8n credentials differ in anything share nothing', async () => {
	const credentials = [{ key: 'a' }, { key: 'b' }, { key: 'a', baseUrl: 'https://example.com' }];
	const { made } = await madeFor(...credentials);
	expect(made.map((one) => one.of)).toEqual(credentials);
});

it('items with the same one share what is made of it', async () => {
	const { made, asked } = await madeFor({ key: 'a' }, { key: 'b' }, { key: 'a' });
	expect(made[2]).toBe(made[0]);
	expect(asked).toEqual([{ key: 'a' }, { key: 'b' }]);
});
