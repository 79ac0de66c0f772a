import { mkdir, rm } from 'node:fs/promises';

import { startSandbox, type Sandbox } from '../../sandbox/index';
import { portOr } from '../processes/ports';
import { startN8n, type RunningN8n } from '../server/startN8n';
import { importExamples, jwksFile, readExample } from './examples';
import { saveN8nCredentials } from './n8nCredentials';

export interface DemoOptions {
	/** Emptied first; everything that the demo keeps lies in here. */
	folder: string;
	/** The packed nodes. */
	tarball: string;
	/** Any free port if not given; the same goes for the sandbox's. */
	n8nPort?: number;
	sandboxPort?: number;
	/** Settings of n8n beside ours. */
	env?: Record<string, string>;
	report?: (line: string) => void;
}

/** A real n8n with our nodes, the sandbox they talk to, and the example workflows with their n8n credential. */
export interface Demo {
	n8n: RunningN8n;
	sandbox: Sandbox;
	/** Each example workflow's ID in this n8n, by its file name. */
	workflowIds: Record<string, string>;
	/** Where n8n serves the partner's public key. It is what the sandbox has on record, so every token is checked against it. */
	jwksUrl: string;
	stop(): Promise<void>;
}

const jwksNodeType = 'n8n-nodes-moca-learncoin.mocaJwks';

/**
 * Starts the demo on a clean slate.
 *
 * @throws FixableError when a port is busy or n8n can't be had
 */
export async function startDemo({ folder, tarball, n8nPort, sandboxPort, env = {}, report = () => {} }: DemoOptions): Promise<Demo> {
	// Both ports are asked for before anything is thrown away: whoever uses them may be another demo, in this very folder.
	const port = await portOr(n8nPort, 'N8N_PORT');
	const sandbox = await startSandbox({ port: await portOr(sandboxPort, 'SANDBOX_PORT') });
	try {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		const n8n = await startN8n({ folder, port, tarball, env, report });
		const stop = async () => {
			await Promise.all([n8n.stop(), sandbox.stop()]);
		};
		try {
			const workflowIds = await importExamples(n8n, sandbox, await saveN8nCredentials(n8n.rest, sandbox));
			return { n8n, sandbox, workflowIds, jwksUrl: await serveJwks(n8n, sandbox, workflowIds[jwksFile] ?? ''), stop };
		} catch (error) {
			await stop();
			throw error;
		}
	} catch (error) {
		await sandbox.stop();
		throw error;
	}
}

/** Publishes the workflow that serves the partner's JWKS, and registers its address with the sandbox, as a partner does with Moca. */
async function serveJwks({ rest, url }: RunningN8n, { moca }: Sandbox, workflowId: string): Promise<string> {
	await rest.publish(workflowId);
	const { nodes } = await readExample(jwksFile);
	const jwksUrl = `${url}/webhook/${String(nodes.find(({ type }) => type === jwksNodeType)?.parameters.path)}`;
	moca.registerPartner({ ...moca.partner, jwksUrl });
	return jwksUrl;
}
