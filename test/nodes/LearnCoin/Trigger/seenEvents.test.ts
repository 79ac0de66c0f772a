import { createHash } from 'node:crypto';
import { ObservableObject, type IDataObject } from 'n8n-workflow';

import { isFirst, settle, writeDown } from '../../../../nodes/LearnCoin/Trigger/seenEvents';

const marksOf = (...ids: string[]) => ids.map((id) => createHash('sha256').update(id).digest('base64url').slice(0, 8)).join('');

const newEndpoint = (() => {
	let count = 0;
	return () => `whk_${++count}`;
})();

/** What a delivery does: asks, and writes down what is new. */
function comes(endpoint: string, id: string, data: IDataObject): boolean {
	const isNew = isFirst(endpoint, id, data);
	if (isNew) writeDown(endpoint, id, data);
	return isNew;
}

test('an event whose workflow is still being started is not written down for another one', () => {
	const endpoint = newEndpoint();
	const [mine, yours]: IDataObject[] = [{}, {}];
	comes(endpoint, 'evt_1', mine!);
	comes(endpoint, 'evt_2', yours!);
	expect(yours).toEqual({ seenEvents: marksOf('evt_2') });
	// So it is new again, wherever it is asked, when it could not be started.
	settle(endpoint, 'evt_1', false);
	expect(isFirst(endpoint, 'evt_1', structuredClone(yours!))).toBe(true);
});

test('an event that was started is written down with the next one, in case its own write was undone', () => {
	const endpoint = newEndpoint();
	comes(endpoint, 'evt_1', {});
	settle(endpoint, 'evt_1', true);
	const data: IDataObject = {};
	comes(endpoint, 'evt_2', data);
	expect(data.seenEvents).toEqual(marksOf('evt_1', 'evt_2'));
});

test('what is written down again is the same, and n8n takes the data for changed', () => {
	const endpoint = newEndpoint();
	const data = ObservableObject.create({}) as IDataObject & { __dataChanged: boolean };
	comes(endpoint, 'evt_1', data);
	settle(endpoint, 'evt_1', true);
	comes(endpoint, 'evt_2', data);
	data.__dataChanged = false;
	writeDown(endpoint, 'evt_2', data);
	expect(data.__dataChanged).toBe(true);
	expect(data).toEqual({ seenEvents: marksOf('evt_1', 'evt_2') });
});

test('asking alone leaves the node’s data as it was', () => {
	const endpoint = newEndpoint();
	const data = ObservableObject.create({ seenEvents: marksOf('evt_1') }) as IDataObject & { __dataChanged: boolean };
	expect(isFirst(endpoint, 'evt_1', data)).toBe(false);
	expect(isFirst(endpoint, 'evt_2', data)).toBe(true);
	expect(data.__dataChanged).toBe(false);
});

test('node data that somebody has changed does no harm', () => {
	const endpoint = newEndpoint();
	const data: IDataObject = { eventIds: [null, 5, 'evt_1'] as never };
	expect(isFirst(endpoint, 'evt_1', data)).toBe(false);
	expect(isFirst(endpoint, 'evt_2', data)).toBe(true);
	expect(isFirst(endpoint, 'evt_3', { eventIds: 'all' })).toBe(true);
	expect(isFirst(endpoint, 'evt_4', { seenEvents: ['all'] })).toBe(true);
	expect(isFirst(endpoint, 'evt_5', { seenEvents: 'cut' })).toBe(true);
});

test('events that an earlier version wrote down as they were are known, and written shorter from then on', () => {
	const endpoint = newEndpoint();
	const data: IDataObject = { id: 'whk', eventIds: ['evt_1', 'evt_2'] };
	expect(isFirst(endpoint, 'evt_2', data)).toBe(false);
	expect(comes(endpoint, 'evt_3', data)).toBe(true);
	expect(data).toEqual({ id: 'whk', seenEvents: marksOf('evt_1', 'evt_2', 'evt_3') });
	expect(isFirst(newEndpoint(), 'evt_1', data)).toBe(false);
});

test('500 events take 4,000 characters of the node’s data, however long their IDs are', () => {
	const data: IDataObject = {};
	for (let number = 0; number < 600; number++) comes(newEndpoint(), `evt_${'x'.repeat(80)}${number}`, data);
	expect(JSON.stringify(data).length).toBeLessThan(4_050);
	expect(isFirst(newEndpoint(), `evt_${'x'.repeat(80)}100`, data)).toBe(false);
	expect(isFirst(newEndpoint(), `evt_${'x'.repeat(80)}99`, data)).toBe(true);
});

test('memory holds the last 500 events of the last 200 endpoints', () => {
	const first = newEndpoint();
	for (let number = 0; number <= 500; number++) isFirst(first, `evt_${number}`, {});
	expect(isFirst(first, 'evt_1', {})).toBe(false);
	expect(isFirst(first, 'evt_0', {})).toBe(true);

	for (let count = 0; count < 200; count++) isFirst(newEndpoint(), 'evt_1', {});
	expect(isFirst(first, 'evt_500', {})).toBe(true);
});
