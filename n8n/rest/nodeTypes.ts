import type { Session } from './session';

export const nodeTypeCalls = (session: Session) => ({
	/** The names of all node types that n8n has loaded. */
	async nodeTypes(): Promise<string[]> {
		const { data } = await session.http.get<Array<{ name: string }>>('/types/nodes.json');
		return data.map(({ name }) => name);
	},
});
