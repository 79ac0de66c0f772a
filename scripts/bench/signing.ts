import { generateKeyPairSync } from 'node:crypto';

import { checkRecipientEmail } from '../../lib/moca/issuing/checks';
import { signPartnerJwt } from '../../lib/moca/partner/partnerJwt';
import { parsePrivateKey } from '../../lib/moca/partner/privateKey';
import type { Measure } from './measure';

const count = 1_000;

/** 1,000 partner JWTs, one a recipient: with the key parsed once, as the nodes do it, to parsing it each time; and what it does to the event loop. */
export async function signing(): Promise<Measure[]> {
	const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
	const partner = { partnerId: 'p', privateKey, keyId: '', algorithm: 'auto', scope: 'issue on-behalf' } as const;
	const sign = (number: number) => signPartnerJwt(partner, checkRecipientEmail(`learner${number}@example.com`), Date.now());
	await sign(0);

	const once = await timed(() => Promise.all(Array.from({ length: count }, (_, number) => sign(number))));
	const each = await timed(() =>
		Promise.all(
			Array.from({ length: count }, async (_, number) => {
				await parsePrivateKey(privateKey);
				await sign(number);
			}),
		),
	);
	return [
		{
			what: '1,000 tokens with the key parsed once, to parsing it for each',
			ratio: once.ms / each.ms,
			atMost: 1,
			from: `${once.ms.toFixed(0)} ms to ${each.ms.toFixed(0)} ms`,
		},
		{
			what: 'longest stop of the event loop meanwhile, to the whole time',
			ratio: once.longestStopMs / once.ms,
			from: `${once.longestStopMs.toFixed(0)} ms of ${once.ms.toFixed(0)} ms`,
		},
	];
}

async function timed(work: () => Promise<unknown>): Promise<{ ms: number; longestStopMs: number }> {
	let last = performance.now();
	let longestStopMs = 0;
	const ticker = setInterval(() => {
		longestStopMs = Math.max(longestStopMs, performance.now() - last - 1);
		last = performance.now();
	}, 1);
	const started = performance.now();
	await work();
	clearInterval(ticker);
	return { ms: performance.now() - started, longestStopMs };
}
