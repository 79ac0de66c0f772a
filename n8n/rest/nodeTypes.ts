import type { Session } from './session';

export interface NodeTypeDescription {
	name: string;
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

	/** The names of all node types that n8n has loaded. */
	async nodeTypes(): Promise<string[]> {
		return (await descriptions(session)).map(({ name }) => name);
	},
});

const descriptions = async ({ http }: Session) => (await http.get<NodeTypeDescription[]>('/types/nodes.json')).data;
