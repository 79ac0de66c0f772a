import axios from 'axios';

import { issueSampleBadge } from '../../../n8n/demo/sampleBadge';
import { createSender } from '../../../lib/http/send';
import { readBadgeFile } from '../../../lib/proof/document/badgeFile';
import { usuallyRequired } from '../../../lib/proof/verdict';
import { createVerifier } from '../../../lib/proof/verify';
import { byOne, verdictOf } from '../../support/proof/world';
import { fetchTransport } from '../../support/clients';
import { useSandbox } from '../../support/sandbox/useSandbox';

const sandbox = useSandbox();

it('the badge that npm start and npm run sandbox print is genuine by the RPC URL beside it, and the other file is altered', async () => {
	const { genuine, altered } = await issueSampleBadge(sandbox());
	const clock = { now: () => Date.now(), sleep: async () => {} };
	const sender = createSender({ concurrency: 1, requestsPerSecond: 0, maxRetries: 0, clock });
	const verify = createVerifier({
		...byOne(sender.through(fetchTransport)),
		clock,
		rpcUrl: sandbox().chain.rpcUrls['base-sepolia'],
		mayBeLocal: true,
		required: usuallyRequired,
	});
	const download = async (url: string) => (await axios.get<ArrayBuffer>(url, { proxy: false, responseType: 'arraybuffer' })).data;
	const check = async (url: string) => await verify(async (work) => await readBadgeFile(new Uint8Array(await download(url)), work));
	expect(await check(genuine)).toMatchObject({ outcome: 'genuine', valid: true, notCovered: ['issuanceDate'] });
	const result = await check(altered);
	expect([result.outcome, verdictOf(result, 'hash')]).toEqual(['altered', 'fails']);
});
