import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { createSender } from '../../../../lib/http/send';
import type { Run } from '../../../../lib/items/run';
import { checkClaimHash, checkRecipientEmail } from '../../../../lib/moca/issuing/checks';
import { partnerAccess } from '../../../../nodes/Moca/shared/access';
import { fakeClock } from '../../../support/fakes';
import { ecKey, pem } from '../../../support/keys';

const tenMinutes = 600_000;
const privateKey = pem(ecKey(), 'pkcs8');
const hash = checkClaimHash('ab'.repeat(32));
const email = checkRecipientEmail('ada@example.com');

/** Services of which all but one go by this clock, the one being ten minutes ahead; and by how much each token was signed ahead. */
function setUp(credentials: ICredentialDataDecryptedObject[]) {
	const clock = fakeClock();
	const signedAhead: Array<[string, number]> = [];
	const warnings: string[] = [];
	const helpers = {
		httpRequestWithAuthentication: async (
			_type: string,
			{ url }: { url: string },
			{ credentialsDecrypted: { data } }: { credentialsDecrypted: { data: IDataObject } },
		) => {
			const { host } = new URL(url);
			const aheadMs = host === 'ahead.example.com' ? tenMinutes : 0;
			signedAhead.push([host, Math.round(Number(data.serviceAheadMs) / 1_000) * 1_000]);
			const isTaken = Math.abs(Number(data.serviceAheadMs) - aheadMs) < 60_000;
			const headers = { date: new Date(clock.now() + aheadMs).toUTCString() };
			return { statusCode: isTaken ? 200 : 401, headers, body: '{"vcStatus":"ONCHAIN"}' };
		},
	};
	const context = {
		getCredentials: async (_type: string, index: number) => credentials[index],
		getNode: () => ({ name: 'Moca Issue' }),
		logger: { warn: (text: string) => warnings.push(text) },
		helpers,
	} as unknown as IExecuteFunctions;
	const sender = createSender({ concurrency: 1, requestsPerSecond: 0, maxRetries: 0, clock });
	const run = { sender, clock, options: { timeoutMs: 1000 } } as unknown as Run;
	const accessFor = partnerAccess(context, run);
	return { ask: async (index: number) => await (await accessFor(index)).client.status(hash, email), signedAhead, warnings };
}

const at = (host: string, partnerId: string) => ({ environment: 'custom', apiBaseUrl: `https://${host}/v1`, partnerId, privateKey });

it('what one service tells of the clock counts for all partners at its address, for no other address, and is warned of once', async () => {
	const { ask, signedAhead, warnings } = setUp([
		at('ahead.example.com', 'one'),
		at('ahead.example.com', 'two'),
		at('right.example.com', 'one'),
	]);
	for (const index of [0, 1, 2, 0]) await ask(index);
	expect(signedAhead).toEqual([
		['ahead.example.com', 0],
		['ahead.example.com', tenMinutes],
		['ahead.example.com', tenMinutes],
		['right.example.com', 0],
		['ahead.example.com', tenMinutes],
	]);
	expect(warnings).toEqual([
		expect.stringMatching(/^Moca Issue: this machine’s clock is 10 minutes behind Moca’s, so its tokens are signed by Moca’s/),
	]);
});
