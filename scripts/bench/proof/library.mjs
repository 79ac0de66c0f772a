/** What this package ships, used as its node uses it: a file at a time, by `dist/lib/proof/index.js`. */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

export function prepare({ rpcUrl, folder }) {
	const { createVerifier, readBadgeFile } = createRequire(import.meta.url)(`${folder}/lib/proof/index.js`);
	const send = async ({ method, url, body }) => {
		const answer = await fetch(url, {
			method,
			...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		return { status: answer.status, text: await answer.text(), headers: {} };
	};
	const verify = createVerifier({
		send,
		sendToStrangers: send,
		clock: { now: Date.now, sleep: (ms) => sleep(ms) },
		rpcUrl,
		mayBeLocal: true,
		required: rpcUrl === undefined ? ['format', 'hash', 'path'] : ['format', 'hash', 'path', 'anchor', 'issuer', 'expiry'],
	});
	return async (text) => (await verify((work) => readBadgeFile(Buffer.from(text), work))).valid;
}
