import type { IDataObject } from 'n8n-workflow';

import { isFirst, settle } from '../../../../nodes/LearnCoin/Trigger/seenEvents';

const newEndpoint = (() => {
	let count = 0;
	return () => `whk_${++count}`;
})();

test('an event whose workflow is still being started is not written down for another one', () => {
	const endpoint = newEndpoint();
	const [mine, yours]: IDataObject[] = [{}, {}];
	isFirst(endpoint, 'evt_1', mine!);
	isFirst(endpoint, 'evt_2', yours!);
	expect(yours).toEqual({ eventIds: ['evt_2'] });
	// So it is new again, wherever it is asked, when it could not be started.
	settle(endpoint, 'evt_1', false);
	expect(isFirst(endpoint, 'evt_1', structuredClone(yours!))).toBe(true);
});

test('an event that was started is written down with the next one, in case its own write was undone', () => {
	const endpoint = newEndpoint();
	isFirst(endpoint, 'evt_1', {});
	settle(endpoint, 'evt_1', true);
	const data: IDataObject = {};
	isFirst(endpoint, 'evt_2', data);
	expect(data.eventIds).toEqual(['evt_1', 'evt_2']);
});

test('node data that somebody has changed does no harm', () => {
	const endpoint = newEndpoint();
	const data: IDataObject = { eventIds: [null, 5, 'evt_1'] as never };
	expect(isFirst(endpoint, 'evt_1', data)).toBe(false);
	expect(isFirst(endpoint, 'evt_2', data)).toBe(true);
	expect(isFirst(endpoint, 'evt_3', { eventIds: 'all' })).toBe(true);
});

test('memory holds the last 500 events of the last 200 endpoints', () => {
	const first = newEndpoint();
	for (let number = 0; number <= 500; number++) isFirst(first, `evt_${number}`, {});
	expect(isFirst(first, 'evt_1', {})).toBe(false);
	expect(isFirst(first, 'evt_0', {})).toBe(true);

	for (let count = 0; count < 200; count++) isFirst(newEndpoint(), 'evt_1', {});
	expect(isFirst(first, 'evt_500', {})).toBe(true);
});
