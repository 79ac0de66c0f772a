import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** How far back a repeated event is recognised. LearnCoin repeats one up to 8 times within 7 hours (docs/api/learncoin.md 6.5). */
const mostEvents = 500;
const mostEndpoints = 200;

/**
 * Characters kept of an event's ID. n8n writes a node's data anew with each delivery, and once more into every execution, so 500 IDs as LearnCoin
 * has them were most of what a delivery wrote. That a new event has the mark of one of the last 500 comes once in 10¹¹ deliveries.
 */
const markLength = 8;

const markOf = (eventId: string): string => createHash('sha256').update(eventId).digest('base64url').slice(0, markLength);

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
	const mark = markOf(eventId);
	const known = recent.get(endpointId) ?? new Map<string, boolean>();
	if (known.has(mark) || storedMarks(data).includes(mark)) return false;
	dropOldest(known.set(mark, false), mostEvents);
	recent.delete(endpointId);
	dropOldest(recent.set(endpointId, known), mostEndpoints);
	return true;
}

/**
 * Puts an event that {@link isFirst} has let pass into the node's data, with those of this process that are missing there. Asked again, it
 * puts the same there again, so that n8n takes the data for changed.
 */
export function writeDown(endpointId: string, eventId: string, data: IDataObject): void {
	const mark = markOf(eventId);
	const stored = storedMarks(data);
	// In one text: of a list, n8n watches and writes each entry.
	data.seenEvents = stored.at(-1) === mark ? data.seenEvents : [...missingIn(stored, endpointId), mark].slice(-mostEvents).join('');
	if (data.eventIds !== undefined) delete data.eventIds;
}

/** What is stored, and behind it what this process has started and another write has undone. */
function missingIn(stored: string[], endpointId: string): string[] {
	const known = new Set(stored);
	// Those that n8n is still starting stay out: it may fail to, and LearnCoin then sends them again.
	for (const [mark, isStarted] of recent.get(endpointId) ?? []) if (isStarted && !known.has(mark)) stored.push(mark);
	return stored;
}

/** What became of an event that came for the first time: if n8n could not start the workflow, it doesn't count as having come. */
export function settle(endpointId: string, eventId: string, isStarted: boolean): void {
	const known = recent.get(endpointId);
	const mark = markOf(eventId);
	if (!known?.has(mark)) return;
	if (isStarted) known.set(mark, true);
	else known.delete(mark);
}

/** Data that an earlier version of the node wrote holds the IDs themselves. */
function storedMarks({ seenEvents, eventIds }: IDataObject): string[] {
	const whole: unknown[] = Array.isArray(eventIds) ? [...eventIds] : [];
	const marks = typeof seenEvents === 'string' ? (seenEvents.match(eachMark) ?? []) : [];
	return [...whole.filter((id) => typeof id === 'string').map(markOf), ...marks];
}

const eachMark = new RegExp(`.{${markLength}}`, 'gs');

/** A map keeps its keys in the order they were first set in. */
function dropOldest(map: Map<string, unknown>, most: number): void {
	const [oldest] = map.keys();
	if (map.size > most && oldest !== undefined) map.delete(oldest);
}
