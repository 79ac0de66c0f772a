import type { Page } from 'playwright-core';

import { learnCoinCredentialData, mocaCredentialData } from '../../n8n/demo/n8nCredentials';
import type { Demo } from '../../n8n/demo/startDemo';
import { choose, parameterInput } from '../../n8n/editor/form';
import { enterSetting, openNewCredential, saveAndTest, untilItCannotBeSaved, type ShownTest } from '../../n8n/editor/n8nCredentials';
import { freePort } from '../../n8n/processes/ports';
import { ecKey, pem, rsaKey } from '../support/keys';
import { useEditor } from '../support/useEditor';

/**
 * The two n8n credentials, made in n8n's own dialog, and what it then says of them. Which cause is told how is the matter of the tests of the
 * connection tests; here it is read by whoever has just typed it in, so each ends in what to do.
 */
const editor = useEditor();

let demo: Demo;
let page: Page;
beforeAll(() => ({ demo, page } = editor()));

const passed: ShownTest = { passed: true, headline: 'Connection tested successfully', words: '' };
const failed = (words: RegExp) => ({
	passed: false,
	headline: 'Couldn’t connect with these settings',
	words: expect.stringMatching(words),
});

async function enterAll(settings: Record<string, string>): Promise<void> {
	for (const [name, text] of Object.entries(settings)) await enterSetting(page, name, text);
}

/** Whether the form marks a field as one that has to be filled. */
const isMarked = async (name: string): Promise<boolean> =>
	await parameterInput(page, name).evaluate((input) =>
		/\*/.test(input.closest('[data-test-id="credential-connection-parameter"]')?.textContent ?? ''),
	);

describe('the one for Moca', () => {
	beforeAll(async () => {
		await openNewCredential(page, demo.n8n, 'Moca Network Partner API');
		await choose(page, 'environment', 'Custom');
	});

	/** Fills the dialog as for the sandbox, but for what is changed. */
	async function enter(change: Record<string, string>): Promise<void> {
		const { apiBaseUrl, catalogBaseUrl, partnerId, privateKey, keyId, issuerDid, testEmail } = mocaCredentialData(demo.sandbox);
		const settings = { apiBaseUrl, catalogBaseUrl, partnerId, privateKey, keyId, issuerDid, testEmail };
		await enterAll({ ...(settings as Record<string, string>), ...change });
	}

	test('passes its test as soon as it is saved', async () => {
		await enter({});
		expect(await saveAndTest(page)).toEqual(passed);
	});

	test('passes without an issuer DID, which the form says nodes may name', async () => {
		await enter({ issuerDid: '' });
		expect(await saveAndTest(page)).toEqual(passed);
	});

	test.each([
		[
			'another key',
			() => ({ privateKey: pem(rsaKey(), 'pkcs8') }),
			/^Wrong key: .* Paste the one that belongs to it, or publish its public half\./,
		],
		[
			'a key of another kind',
			() => ({ privateKey: pem(ecKey(), 'pkcs8') }),
			/^Wrong key: the private key signs with ES256.* Paste the one that belongs to it/,
		],
		[
			'a key that is cut off',
			() => ({ privateKey: pem(rsaKey(), 'pkcs8').slice(0, 400) }),
			/^The private key is cut off\. Copy it whole, from the line with BEGIN to the line with END\.$/,
		],
		[
			'a partner ID that Moca does not know',
			() => ({ partnerId: 'nobody' }),
			/^Moca does not know the partner ID “nobody” in this environment\. Check the partner ID and the environment\./,
		],
		['no test email', () => ({ testEmail: '' }), /^The test has no email address\. Fill in Test Email/],
		['an issuer DID that is none', () => ({ issuerDid: 'academy' }), /^“academy” is not an issuer DID/],
	])('says of %s what to do', async (_, change, words) => {
		await enter(change());
		expect(await saveAndTest(page)).toEqual(failed(words));
	});

	test('says where it looked when the service is away, and passes on Retry once it is there', async () => {
		await enter({ apiBaseUrl: `http://127.0.0.1:${await freePort()}/v1` });
		expect(await saveAndTest(page)).toEqual(
			failed(
				/^Moca could not be reached at http:\/\/127\.0\.0\.1:\d+\/v1 \(ECONNREFUSED\)\. Check the environment, the API Base URL and this machine’s network\.$/,
			),
		);
		await enterSetting(page, 'apiBaseUrl', demo.sandbox.moca.apiBaseUrl);
		expect(await saveAndTest(page)).toEqual(passed);
	});

	test.each(['partnerId', 'privateKey', 'apiBaseUrl'])('is not saved without %s, which the form marks', async (name) => {
		await enter({ [name]: '' });
		await untilItCannotBeSaved(page);
		expect([await isMarked(name), await isMarked('keyId')]).toEqual([true, false]);
	});
});

describe('the one for LearnCoin', () => {
	beforeAll(async () => await openNewCredential(page, demo.n8n, 'LearnCoin API'));

	async function enter(change: Record<string, string>): Promise<void> {
		await enterAll({ ...learnCoinCredentialData(demo.sandbox), ...change });
	}

	test('passes its test as soon as it is saved', async () => {
		await enter({});
		expect(await saveAndTest(page)).toEqual(passed);
	});

	test.each([
		[
			'a key that LearnCoin does not know',
			() => ({ apiKey: ['lrn', 'test', 'A'.repeat(44)].join('_') }),
			/LearnCoin does not know the API key.* Copy the whole key, from lrn_test_ or lrn_live_ on/,
		],
		['a text that is no key', () => ({ apiKey: 'hello' }), /^The API key does not look like one of LearnCoin’s\. Enter the whole key/],
		[
			'an address where something else answers',
			() => ({ baseUrl: demo.sandbox.url }),
			/there is no LearnCoin API at this address.* Check the Base URL in the LearnCoin credential\.$/,
		],
	])('says of %s what to do', async (_, change, words) => {
		await enter(change());
		expect(await saveAndTest(page)).toEqual(failed(words));
	});

	test('says that the service is away, and what to check', async () => {
		await enter({ baseUrl: `http://127.0.0.1:${await freePort()}/v1` });
		expect(await saveAndTest(page)).toEqual(failed(/LearnCoin could not be reached.* Check this machine’s network\. Check the Base URL/));
	});

	test('is not saved without a key', async () => {
		await enter({ apiKey: '' });
		await untilItCannotBeSaved(page);
		expect(await isMarked('apiKey')).toBe(true);
	});
});
