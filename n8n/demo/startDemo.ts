import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox/index';
import { portOr } from '../processes/ports';
import type { WorkflowFile } from '../rest/workflowFile';
import { startN8n, type RunningN8n } from '../server/startN8n';

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

export const examplesFolder = join(__dirname, '..', '..', 'workflows');

/** The example workflow that serves the partner's public key. */
export const jwksFile = 'moca-jwks.json';

const jwksNodeType = 'n8n-nodes-moca-learncoin.mocaJwks';
const catalogNodeType = 'n8n-nodes-moca-learncoin.mocaCatalog';

/** The n8n credential type of the Moca nodes. */
export const mocaCredentialType = 'mocaPartnerApi';

/** The n8n credential type of the LearnCoin nodes. */
export const learnCoinCredentialType = 'learnCoinApi';

/**
 * Starts the demo on a clean slate.
 *
 * @throws DemoError when a port is busy or n8n can't be had
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
			const workflowIds = await importExamples(n8n, sandbox);
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

/** What a person would enter into the n8n credential to use the sandbox. */
export const mocaCredentialData = ({ moca: { apiBaseUrl, catalogBaseUrl, partner } }: Sandbox): Record<string, string> => ({
	environment: 'custom',
	apiBaseUrl,
	catalogBaseUrl,
	partnerId: partner.partnerId,
	privateKey: partner.privateKeyPem,
	keyId: partner.keyId,
	algorithm: 'auto',
	scope: 'issue on-behalf',
	issuerDid: partner.issuerDid,
	testEmail: 'connection-test@example.com',
});

/** The same for LearnCoin, with the key for trying out. */
export const learnCoinCredentialData = ({ learncoin: { apiKey, apiBaseUrl } }: Sandbox): Record<string, string> => ({
	apiKey,
	baseUrl: apiBaseUrl,
});

/** An example workflow out of this repository. */
export const readExample = async (fileName: string): Promise<WorkflowFile> =>
	JSON.parse(await readFile(join(examplesFolder, fileName), 'utf8')) as WorkflowFile;

/** An example workflow, with its nodes that use Moca's public catalog, which takes no n8n credential, turned to the sandbox's. */
export const forSandbox = (file: WorkflowFile, { moca: { catalogBaseUrl } }: Sandbox): WorkflowFile => ({
	...file,
	nodes: file.nodes.map((node) =>
		node.type === catalogNodeType && !node.credentials
			? { ...node, parameters: { ...node.parameters, environment: 'custom', catalogBaseUrl } }
			: node,
	),
});

/** Publishes the workflow that serves the partner's JWKS, and registers its address with the sandbox, as a partner does with Moca. */
async function serveJwks({ rest, url }: RunningN8n, { moca }: Sandbox, workflowId: string): Promise<string> {
	await rest.publish(workflowId);
	const { nodes } = await readExample(jwksFile);
	const jwksUrl = `${url}/webhook/${String(nodes.find(({ type }) => type === jwksNodeType)?.parameters.path)}`;
	moca.registerPartner({ ...moca.partner, jwksUrl });
	return jwksUrl;
}

async function importExamples({ rest, filesFolder }: RunningN8n, sandbox: Sandbox): Promise<Record<string, string>> {
	const credentialIds = {
		[mocaCredentialType]: await rest.createCredential(mocaCredentialType, 'Moca Network partner', mocaCredentialData(sandbox)),
		[learnCoinCredentialType]: await rest.createCredential(learnCoinCredentialType, 'LearnCoin', learnCoinCredentialData(sandbox)),
	};
	const workflowIds: Record<string, string> = {};
	for (const fileName of await readdir(examplesFolder)) {
		if (fileName.endsWith('.json'))
			workflowIds[fileName] = await rest.importWorkflow(forSandbox(await readExample(fileName), sandbox), credentialIds);
		else await copyFile(join(examplesFolder, fileName), join(filesFolder, fileName));
	}
	return workflowIds;
}
