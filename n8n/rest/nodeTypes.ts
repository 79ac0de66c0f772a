import type { Session } from './session';

export interface NodeTypeDescription {
	/** With its package: `n8n-nodes-moca-learncoin.mocaIssue`. */
	name: string;
	displayName: string;
	/** What its codex file says beside the description, which n8n searches too. */
	codex?: { alias?: string[] };
	properties: Array<{ name: string; description?: string }>;
}

export const nodeTypeCalls = (session: Session) => ({
	/** What the editor knows about a node type: its form, its texts. */
	async nodeType(name: string): Promise<NodeTypeDescription | undefined> {
		return (await descriptions(session)).find((description) => description.name === name);
	},

	/** Becomes another as soon as n8n has written anew what the editor knows about its nodes and n8n credentials. */
	async typesVersion(): Promise<string> {
		// n8n writes this file last.
		const { headers } = await session.http.head('/types/credentials.json');
		return String(headers.etag);
	},

	/** What the editor knows about every node type of a package. */
	async nodeTypesOf(packageName: string): Promise<NodeTypeDescription[]> {
		return (await descriptions(session)).filter(({ name }) => name.startsWith(`${packageName}.`));
	},

	/** The names of all node types that n8n has loaded. */
	async nodeTypes(): Promise<string[]> {
		return (await descriptions(session)).map(({ name }) => name);
	},

	/** The names of all types of n8n credentials that n8n has loaded. */
	async credentialTypes(): Promise<string[]> {
		return (await session.http.get<Array<{ name: string }>>('/types/credentials.json')).data.map(({ name }) => name);
	},
});

const descriptions = async ({ http }: Session) => (await http.get<NodeTypeDescription[]>('/types/nodes.json')).data;
