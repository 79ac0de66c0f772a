import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Sandbox } from '../../sandbox/index';
import type { WorkflowFile } from '../rest/workflowFile';
import type { RunningN8n } from '../server/startN8n';

export const examplesFolder = join(__dirname, '..', '..', 'workflows');

/** The example workflow that serves the partner's public key. */
export const jwksFile = 'moca-jwks.json';

export const badgeFormFile = 'verify-a-badge.json';

const catalogNodeType = 'n8n-nodes-moca-learncoin.mocaCatalog';

/** An example workflow out of this repository. */
export const readExample = async (fileName: string): Promise<WorkflowFile> =>
	JSON.parse(await readFile(join(examplesFolder, fileName), 'utf8')) as WorkflowFile;

/** Puts all examples into an n8n, with the files that they read, and gives each workflow's ID by its file name. */
export async function importExamples(
	{ rest, filesFolder }: RunningN8n,
	sandbox: Sandbox,
	credentialIds: Record<string, string>,
): Promise<Record<string, string>> {
	const workflowIds: Record<string, string> = {};
	for (const fileName of await readdir(examplesFolder)) {
		if (fileName.endsWith('.json'))
			workflowIds[fileName] = await rest.importWorkflow(forSandbox(await readExample(fileName), sandbox), credentialIds);
		else await copyFile(join(examplesFolder, fileName), join(filesFolder, fileName));
	}
	return workflowIds;
}

/**
 * An example workflow, turned to the sandbox: nodes that use Moca's public catalog, which takes no n8n credential, and those that look transactions
 * up in a chain.
 */
const forSandbox = (file: WorkflowFile, { moca: { catalogBaseUrl }, chain }: Sandbox): WorkflowFile => ({
	...file,
	nodes: file.nodes.map((node) => {
		if (node.type === catalogNodeType && !node.credentials)
			return { ...node, parameters: { ...node.parameters, environment: 'custom', catalogBaseUrl } };
		if ('rpcUrl' in node.parameters) return { ...node, parameters: { ...node.parameters, rpcUrl: chain.rpcUrls['base-sepolia'] } };
		return node;
	}),
});
