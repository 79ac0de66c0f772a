import { askUntil } from '../processes/askUntil';
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
		const { status, triggers } = await untilThrough(session, id, ['in_progress', 'not_published'], timeoutMs);
		const said = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		if (status !== 'published') throw new Error(`n8n: the workflow is ${status}: ${said.join(' ')}`);
	},

	/** Takes a published workflow back, and waits until its triggers are removed. */
	async unpublish(id: string, timeoutMs = 60_000): Promise<void> {
		await session.post(`/rest/workflows/${id}/deactivate`, {});
		await untilThrough(session, id, ['in_progress'], timeoutMs);
	},
});

/**
 * With its older way of publishing (N8N_USE_WORKFLOW_PUBLICATION_SERVICE=false), n8n has this not, and is through when it answers.
 *
 * @param unfinished what n8n says meanwhile. It looks up the work and its result at the same time, and so says “not published” for a moment when
 * the work ends between the two.
 */
async function untilThrough({ http }: Session, id: string, unfinished: string[], timeoutMs: number): Promise<Publication> {
	const ask = async (): Promise<Publication> => {
		const { status, data } = await http.get<{ data: Publication }>(`/rest/workflows/${id}/publication-status`, {
			validateStatus: (code) => code === 200 || code === 404,
		});
		return status === 404 ? { status: 'published', triggers: [] } : data.data;
	};
	const publication = await askUntil(ask, ({ status }) => !unfinished.includes(status), { everyMs: 100, timeoutMs });
	if (publication.status === 'in_progress') throw new Error(`n8n is still publishing workflow ${id} after ${timeoutMs / 1000} s.`);
	return publication;
}
