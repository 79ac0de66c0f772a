import type { IDataObject } from 'n8n-workflow';

/** How far back a repeated event is recognised. LearnCoin repeats one up to 8 times within 7 hours (docs/api/learncoin.md 6.5). */
const mostEvents = 500;
const mostEndpoints = 200;

/**
 * The events of this process, by endpoint, and whether n8n has started the workflow for them. n8n reads a node's data anew for each request
 * and writes it whole after the answer: of two deliveries at the same time neither finds the other there, and the later write undoes the
 * earlier. In memory both find each other, and what one write undid the next puts back. The node's data is what survives a restart and is
 * shared among processes.
 */
const recent = new Map<string, Map<string, boolean>>();

/**
 * Whether an event came for the first time; from then on it is known, unless {@link settle} takes it back.
 *
 * @param endpointId LearnCoin's ID of the registration: the same event may go to several, such as a test listener beside the published workflow
 * @param data n8n's own data of the node
 */
export function isFirst(endpointId: string, eventId: string, data: IDataObject): boolean {
	const known = recent.get(endpointId) ?? new Map<string, boolean>();
	if (known.has(eventId) || storedIds(data).includes(eventId)) return false;
	dropOldest(known.set(eventId, false), mostEvents);
	recent.delete(endpointId);
	dropOldest(recent.set(endpointId, known), mostEndpoints);
	writeDown(endpointId, eventId, data);
	return true;
}

/** Puts an event into the node's data, with those of this process that are missing there. */
export function writeDown(endpointId: string, eventId: string, data: IDataObject): void {
	// Those that n8n is still starting stay out: it may fail to, and LearnCoin then sends them again.
	const started = [...(recent.get(endpointId) ?? [])].filter(([, isStarted]) => isStarted).map(([id]) => id);
	data.eventIds = [...new Set([...storedIds(data), ...started, eventId])].slice(-mostEvents);
}

/** What became of an event that came for the first time: if n8n could not start the workflow, it doesn't count as having come. */
export function settle(endpointId: string, eventId: string, isStarted: boolean): void {
	const known = recent.get(endpointId);
	if (!known?.has(eventId)) return;
	if (isStarted) known.set(eventId, true);
	else known.delete(eventId);
}

const storedIds = ({ eventIds }: IDataObject): string[] => (Array.isArray(eventIds) ? eventIds.filter((id) => typeof id === 'string') : []);

/** A map keeps its keys in the order they were first set in. */
function dropOldest(map: Map<string, unknown>, most: number): void {
	const [oldest] = map.keys();
	if (map.size > most && oldest !== undefined) map.delete(oldest);
}
