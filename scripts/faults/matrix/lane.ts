import { learnCoinCredentialData, learnCoinCredentialType, mocaCredentialData, mocaCredentialType } from '../../../n8n/demo/n8nCredentials';
import type { SmallNode } from '../../../n8n/rest/smallWorkflow';
import type { RunningN8n } from '../../../n8n/server/startN8n';
import { startSandbox, type Sandbox } from '../../../sandbox/index';
import type { Operation, Row } from '../operations/operation';
import { publish, type Published } from '../published';
import { openRelay, type Relay } from './relay';
import type { NodeSettings } from './ways';

/** An operation with a sandbox of its own, in an n8n that it may share with others: what goes wrong here meets nobody else. */
export interface Lane {
	operation: Operation;
	sandbox: Sandbox;
	relay: Relay;
	/** The operation's workflow with these settings of the node, and perhaps a step behind it; each is made once. */
	workflow(settings: NodeSettings, nextStep?: SmallNode): Promise<Published<Row>>;
	close(): Promise<void>;
}

/** Fast, and still step by step. */
const anchoring = { signedAfterMs: 10, anchoredAfterMs: 50 };

let lanes = 0;

export async function openLane(n8n: RunningN8n, operation: Operation): Promise<Lane> {
	const sandbox = await startSandbox({ learncoin: anchoring });
	const relay = await openRelay(sandbox.url);
	const at = {
		moca: relay.through(sandbox.moca.apiBaseUrl),
		learncoin: relay.through(sandbox.learncoin.apiBaseUrl),
		partner: sandbox.moca.partner,
	};
	const credentialIds = await saveCredentials(n8n, sandbox, relay);
	const lane = ++lanes;
	const made = new Map<string, Promise<Published<Row>>>();
	return {
		operation,
		sandbox,
		relay,
		async workflow(settings, nextStep) {
			const key = JSON.stringify([settings, nextStep?.name]);
			const { before = [], tried } = operation.nodes(at);
			const nodes = { before, tried: { ...tried, ...settings, ...operation.settings }, after: nextStep ? [nextStep] : [] };
			const workflow = made.get(key) ?? publish<Row>(n8n, credentialIds, `lane-${lane}-${made.size}`, nodes);
			made.set(key, workflow);
			return await workflow;
		},
		async close() {
			await relay.cut().catch(() => {});
			await sandbox.stop();
		},
	};
}

/** Those of this package, and those of n8n's own nodes. */
async function saveCredentials({ rest }: RunningN8n, sandbox: Sandbox, { through }: Relay): Promise<Record<string, string>> {
	const moca = mocaCredentialData(sandbox);
	const learnCoin = learnCoinCredentialData(sandbox);
	const data: Record<string, Record<string, unknown>> = {
		[mocaCredentialType]: { ...moca, apiBaseUrl: through(sandbox.moca.apiBaseUrl) },
		[learnCoinCredentialType]: { ...learnCoin, baseUrl: through(sandbox.learncoin.apiBaseUrl) },
		httpHeaderAuth: { name: 'Authorization', value: `Bearer ${sandbox.learncoin.apiKey}` },
		jwtAuth: { keyType: 'pemKey', privateKey: sandbox.moca.partner.privateKeyPem, publicKey: '', algorithm: 'RS256' },
	};
	const ids: Record<string, string> = {};
	for (const [type, values] of Object.entries(data)) ids[type] = await rest.createCredential(type, `${type} at ${sandbox.url}`, values);
	return ids;
}
