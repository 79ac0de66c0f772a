import { setTimeout as sleep } from 'node:timers/promises';

import type { Session } from './session';

/** How far n8n has come with publishing, and what hinders each trigger. */
interface Publication {
	status: string;
	triggers: Array<{ errorMessage?: string | null }>;
}

export const publishingCalls = (session: Session) => ({
	/**
	 * What the editor's Publish button does. Newer versions of n8n answer before they have registered the triggers, and try five times; this
	 * waits for the end of it.
	 */
	async publish(id: string, timeoutMs = 60_000): Promise<void> {
		const { versionId } = await session.get<{ versionId: string }>(`/rest/workflows/${id}`);
		await session.post(`/rest/workflows/${id}/activate`, { versionId });
		const { status, triggers } = await untilThrough(session, id, timeoutMs);
		const said = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		if (status !== 'published') throw new Error(`n8n: the workflow is ${status}: ${said.join(' ')}`);
	},

	/** Takes a published workflow back, and waits until its triggers are removed. */
	async unpublish(id: string, timeoutMs = 60_000): Promise<void> {
		await session.post(`/rest/workflows/${id}/deactivate`, {});
		await untilThrough(session, id, timeoutMs);
	},
});

/** With its older way of publishing (N8N_USE_WORKFLOW_PUBLICATION_SERVICE=false), n8n has this not, and is through when it answers. */
async function untilThrough({ http }: Session, id: string, timeoutMs: number): Promise<Publication> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await http.get<{ data: Publication }>(`/rest/workflows/${id}/publication-status`, {
			validateStatus: (status) => status === 200 || status === 404,
		});
		if (answer.status === 404) return { status: 'published', triggers: [] };
		if (answer.data.data.status !== 'in_progress') return answer.data.data;
		if (Date.now() > deadline) throw new Error(`n8n is still publishing workflow ${id} after ${timeoutMs / 1000} s.`);
		await sleep(100);
	}
}
