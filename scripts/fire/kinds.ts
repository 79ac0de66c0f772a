import { doItYourself, cryptoCredentialType, doItYourselfPath } from './doItYourself';
import type { Range } from './range';
import { bad, trueShot, type Shot } from './shots';

/** One kind of delivery, and where it goes. */
export interface Kind {
	name: string;
	url: string;
	make: (n: number) => Shot;
}

/**
 * n8n's own Webhook node, which checks nothing, comes first: what the others are compared with. Publishes the do-it-yourself flow.
 */
export async function kindsOf({ n8n, url, plainUrl, target }: Range): Promise<Kind[]> {
	const { rest } = n8n;
	const secret = await rest.createCredential(cryptoCredentialType, 'LearnCoin’s secret', { hmacSecret: target.secret });
	await rest.publish(await rest.importWorkflow(doItYourself, { [cryptoCredentialType]: secret }));
	const doItYourselfUrl = `${n8n.url}${doItYourselfPath}`;
	const truly = (tag: string) => (n: number) => trueShot(target, `evt_${tag}_${n}`);
	const forged = (n: number): Shot => ({ kind: 'wrong key', ...bad['wrong key']!(target, n) });
	return [
		{ name: 'n8n’s Webhook node', url: plainUrl, make: truly('plain') },
		{ name: 'LearnCoin Trigger, true', url, make: truly('rate') },
		{ name: 'LearnCoin Trigger, forged', url, make: forged },
		{ name: 'do it yourself, true', url: doItYourselfUrl, make: truly('own') },
		{ name: 'do it yourself, forged', url: doItYourselfUrl, make: forged },
	];
}
