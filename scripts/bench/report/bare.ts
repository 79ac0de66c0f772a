/**
 * The same job without n8n: signs a token for each request, issues, and looks until the credential is on-chain, first after a second, then
 * after twice as long each time; as many requests at once as it is told to. Started as a process of its own.
 *
 * Usage: tsx bare.ts JSON, with the fields of `BareJob`
 */
import { createPrivateKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';
import { SignJWT } from 'jose';
import pLimit from 'p-limit';

export interface BareJob {
	apiBaseUrl: string;
	partner: { partnerId: string; keyId: string; issuerDid: string; privateKeyPem: string };
	algorithm: string;
	programId: string;
	concurrency: number;
	learners: Array<{ email: string; course: string; score: number }>;
}

async function main(): Promise<void> {
	let text = '';
	for await (const chunk of process.stdin) text += String(chunk);
	const { apiBaseUrl, partner, algorithm, programId, concurrency, learners } = JSON.parse(text) as BareJob;
	const key = createPrivateKey(partner.privateKeyPem);
	const slots = pLimit(concurrency);
	const signed = async (email: string) => {
		const token = new SignJWT({ partnerId: partner.partnerId, email, scope: 'issue on-behalf' });
		return {
			'x-partner-auth': await token
				.setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: partner.keyId })
				.setExpirationTime('5m')
				.sign(key),
		};
	};
	const issueAndConfirm = async ({ email, course, score }: BareJob['learners'][number]) => {
		const body = {
			issuerDid: partner.issuerDid,
			credentialId: programId,
			credentialSubject: { course, score },
			onDuplicate: 'ignore',
		};
		const { coreClaimHash } = await slots(
			async () =>
				(
					await axios.post<{ coreClaimHash: string }>(`${apiBaseUrl}/credentials/issue-on-behalf`, body, {
						headers: await signed(email),
						proxy: false,
					})
				).data,
		);
		for (let waitMs = 1_000; waitMs < 60_000; waitMs *= 2) {
			await sleep(waitMs);
			const { vcStatus } = await slots(
				async () =>
					(
						await axios.get<{ vcStatus: string }>(`${apiBaseUrl}/credentials/status`, {
							params: { coreClaimHash },
							headers: await signed(email),
							proxy: false,
						})
					).data,
			);
			if (vcStatus === 'ONCHAIN') return;
		}
		throw new Error(`${email} is not on-chain`);
	};
	const started = performance.now();
	await Promise.all(learners.map(issueAndConfirm));
	const ms = performance.now() - started;
	const { user, system } = process.cpuUsage();
	const peakMb = process.resourceUsage().maxRSS / 1024;
	console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, peakMb }));
}

void main();
