import { askUntil } from '../../../n8n/processes/askUntil';

const counter = () => {
	let count = 0;
	return async () => ++count;
};

test('asks until an answer is enough', async () => {
	expect(await askUntil(counter(), (count) => count === 3, { everyMs: 1, timeoutMs: 1_000 })).toBe(3);
});

test('gives the last answer when none is enough in time', async () => {
	const asked = counter();
	const last = await askUntil(asked, () => false, { everyMs: 10, timeoutMs: 30 });
	expect(await asked()).toBe(last + 1);
});
