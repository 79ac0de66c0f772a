import { ConnectionFailure, type Answer, type HttpRequest, type Send } from '../../../lib/http/types';
import { readJsonValue } from '../../../lib/proof/document/boundedJson';
import { createLookup, type Lookup } from '../../../lib/proof/lookup';
import { usuallyRequired } from '../../../lib/proof/verdict';
import { createVerifier, type Ask, type Verified, type VerifierSetup } from '../../../lib/proof/verify';
import type { JsonObject } from '../../../lib/values/json';
import { answer } from '../fakes';
import { issuerAddress, issuerDid, issuerKey, transaction } from './synthetic';

/** What chain and web answer; each may be changed by a test. */
export interface World {
	chainId: string;
	/** Answers by method, in place of the usual ones. */
	rpc: Record<string, unknown>;
	/** What is at addresses. */
	web: Record<string, unknown>;
}

export const rpcUrl = 'https://rpc.example/';

export const didDocument = (method: JsonObject = {}, did = issuerDid): JsonObject => ({
	id: did,
	verificationMethod: [{ id: `${did}#key-1`, type: 'JsonWebKey2020', controller: did, publicKeyJwk: issuerKey, ...method }],
	assertionMethod: [`${did}#key-1`],
});

/** Base Sepolia with one transaction, of the issuer's, that holds this root, and the issuer's keys on the web. */
export const worldWith = (root: string): World => ({
	chainId: '0x14a34',
	rpc: {
		eth_getTransactionByHash: { hash: transaction, input: `0x${root}`, from: issuerAddress, blockNumber: '0x10' },
		eth_getTransactionReceipt: { transactionHash: transaction, status: '0x1' },
		eth_getBlockByNumber: { timestamp: '0x69540000' },
	},
	web: { 'https://issuer.example/.well-known/did.json': didDocument() },
});

export function sendIn(world: World): { send: Send; requests: HttpRequest[] } {
	const requests: HttpRequest[] = [];
	const send = async (request: HttpRequest): Promise<Answer> => {
		requests.push(request);
		if (request.method === 'GET') {
			const found = world.web[request.url];
			if (found instanceof Error) throw found;
			return found === undefined || found === null ? answer(404, 'Not found') : answer(200, found);
		}
		const method = String(request.body?.method);
		const result = method === 'eth_chainId' && !('eth_chainId' in world.rpc) ? world.chainId : world.rpc[method];
		if (result instanceof Error) throw result;
		return answer(200, { jsonrpc: '2.0', id: 1, result: result ?? null });
	};
	return { send, requests };
}

export const silence = (code = 'ETIMEDOUT') => new ConnectionFailure(code);

/** In the middle of 2026, when the synthetic badges count. */
export const nowMs = Date.UTC(2026, 5, 1);

export const testClock = { now: () => nowMs, sleep: async () => await new Promise<void>((resolve) => setImmediate(resolve)) };

/** Verifies in this world, with an RPC URL unless the settings say otherwise. */
export const verifyIn = async (
	world: World,
	document: unknown,
	{ ask, ...setup }: Partial<VerifierSetup> & { ask?: Ask } = {},
): Promise<Verified> =>
	await createVerifier({
		...byOne(setup.send ?? sendIn(world).send),
		clock: testClock,
		rpcUrl,
		mayBeLocal: false,
		required: usuallyRequired,
		...setup,
	})(async (work) => await readJsonValue(document, work), ask);

/** One way to the chain and to strangers. */
export const byOne = (send: Send): Pick<VerifierSetup, 'send' | 'sendToStrangers'> => ({ send, sendToStrangers: send });

export const lookupBy = (send: Send, mayBeLocal: boolean): Lookup => createLookup(send, send, mayBeLocal);

export const verdictOf = ({ steps }: Verified, name: string): string | undefined => steps.find(({ step }) => step === name)?.verdict;

export const verdictsOf = ({ steps }: Verified): Record<string, string> =>
	Object.fromEntries(steps.map(({ step, verdict }) => [step, verdict]));

export const reasonOf = ({ steps }: Verified, name: string): string => steps.find(({ step }) => step === name)?.reason ?? '';
