import axios from 'axios';
import pLimit from 'p-limit';

import { checkRecipientEmail } from '../../lib/moca/issuing/checks';
import { readPartnerSettings } from '../../lib/moca/partner/settings';
import { partnerAuthHeader, signPartnerJwt } from '../../lib/moca/partner/partnerJwt';
import type { RecordedRequest, Sandbox } from '../../sandbox';
import { courseProgram, issue, learners, partnerCredential } from '../../test/support/moca';
import type { Measure } from './measure';
import { startSandboxProcess } from './sandboxProcess';

const count = 200;
const concurrency = 10;
const latencyMs = 50;
/** What the sandbox's chain takes for a credential, more or less by a quarter. */
const chainMs = 1_500;
const longestChainMs = chainMs * 1.25;

/**
 * 200 learners, issued and confirmed on-chain: the node against the bare requests at the same concurrency, one look each, plus the time that the
 * chain takes for the last one.
 */
export async function issueAndConfirm(): Promise<Measure[]> {
	const sandbox = await startSandboxProcess({ latencyMs, moca: { onChainAfterMs: chainMs } });
	try {
		const bareMs = await bareRequests(sandbox as never);
		await axios.post(`${sandbox.url}/_sandbox/reset`);
		const started = performance.now();
		const { items, error } = await issue(sandbox as never, learners(count), {
			waitForOnChain: true,
			options: { concurrency, pollInterval: 1 },
		});
		const nodeMs = performance.now() - started;
		if (error || items.length !== count || items.some(({ json }) => json.outcome !== 'onChain'))
			throw error ?? new Error('Not all learners are on-chain');
		const looks = await looksAt(sandbox.url);
		const nominalMs = (count * 2 * latencyMs) / concurrency;
		const figures = `node ${seconds(nodeMs)}, ${count * 2} bare requests ${seconds(bareMs)} (nominal ${seconds(nominalMs)}), the chain up to ${seconds(longestChainMs)}`;
		return [
			{
				what: `${count} learners issued and confirmed, to the nominal cost of the requests plus the chain's time`,
				ratio: nodeMs / (nominalMs + longestChainMs),
				atMost: 1.3,
				from: figures,
			},
			{
				what: 'the same, to the measured cost of the bare requests plus the chain’s time',
				ratio: nodeMs / (bareMs + longestChainMs),
				atMost: 1.3,
				from: figures,
			},
			{ what: 'looks for each learner', ratio: looks / count, atMost: 1.3, from: `${looks} looks at ${count} credentials` },
		];
	} finally {
		await sandbox.stop();
	}
}

async function looksAt(url: string): Promise<number> {
	const { data } = await axios.get<{ requests: RecordedRequest[] }>(`${url}/_sandbox/state`, { params: { requests: count * 10 } });
	return data.requests.filter(({ route }) => route === 'moca.status').length;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

/** The same requests with nothing around them: signed beforehand, sent by a plain client, looked for once, at once. */
async function bareRequests(sandbox: Sandbox): Promise<number> {
	const settings = readPartnerSettings(partnerCredential(sandbox));
	const { apiBaseUrl, partner } = sandbox.moca;
	const prepared = await Promise.all(
		learners(count).map(async ({ email, subject }) => ({
			subject,
			headers: { [partnerAuthHeader]: await signPartnerJwt(settings, checkRecipientEmail(email), Date.now()) },
		})),
	);
	const inFlight = pLimit(concurrency);
	const started = performance.now();
	await Promise.all(
		prepared.map(async ({ subject, headers }) => {
			const body = {
				issuerDid: partner.issuerDid,
				credentialId: courseProgram(sandbox),
				credentialSubject: subject,
				onDuplicate: 'ignore',
			};
			const { data } = await inFlight(() =>
				axios.post<{ coreClaimHash: string }>(`${apiBaseUrl}/credentials/issue-on-behalf`, body, { headers }),
			);
			await inFlight(() => axios.get(`${apiBaseUrl}/credentials/status`, { headers, params: { coreClaimHash: data.coreClaimHash } }));
		}),
	);
	return performance.now() - started;
}
