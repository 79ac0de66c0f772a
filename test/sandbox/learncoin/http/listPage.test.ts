import { call, createBatch, expectRefusal, useLearnCoin } from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
const list = async (params: Record<string, unknown>) => await call(sandbox(), 'GET', '/batches', { params });
type Page = { data: Array<{ id: string }>; has_more: boolean; next_cursor?: string | null };

async function createBatches(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let made = 0; made < count; made++) ids.unshift(((await createBatch(sandbox())).data as { id: string }).id);
	return ids;
}

const idsOf = ({ data }: Page) => data.map(({ id }) => id);

it('shows no batch twice and misses none, though new ones come in between', async () => {
	const ids = await createBatches(4);
	const first = (await list({ limit: 2 })).data as Page;
	await createBatches(1);
	const second = (await list({ limit: 2, cursor: first.next_cursor })).data as Page;
	expect([...idsOf(first), ...idsOf(second)]).toEqual(ids);
	expect(second.has_more).toBe(false);
});

it('has one page when everything fits exactly', async () => {
	await createBatches(2);
	expect((await list({ limit: 2 })).data).toMatchObject({ has_more: false, next_cursor: null });
});

it('may leave next_cursor out of the last page', async () => {
	sandbox().learncoin.settings.lastCursor = 'omitted';
	expect((await list({})).data).toEqual({ data: [], has_more: false });
});

it.each([0, 101, -1, 'many', 2.5])('refuses a limit of %s', async (limit) => {
	expectRefusal(await list({ limit }), 400, 'invalid_field_format', /^limit /);
});

it('may clamp a limit out of range', async () => {
	sandbox().learncoin.settings.limitOutOfRange = 'clamped';
	await createBatches(2);
	expect(((await list({ limit: 0 })).data as Page).data).toHaveLength(1);
	expect(((await list({ limit: 1000 })).data as Page).data).toHaveLength(2);
});

describe('a cursor', () => {
	const cursor = async (params: Record<string, unknown> = {}) => ((await list({ limit: 1, ...params })).data as Page).next_cursor;

	it('expires', async () => {
		await createBatches(2);
		const old = await cursor();
		sandbox().learncoin.settings.cursorTtlMs = 10;
		await new Promise((resolve) => setTimeout(resolve, 20));
		expectRefusal(await list({ cursor: old }), 400, 'invalid_field_format', /^cursor .*expired/);
	});

	it('fits only the list it came from', async () => {
		await createBatches(2);
		expectRefusal(await list({ cursor: await cursor(), status: 'pending' }), 400, 'invalid_field_format', /^cursor /);
	});

	it.each(['garbled', 'cur_bm9uc2Vuc2U', '', 'a&cursor=b'])('is refused when it is %j', async (garbled) => {
		expectRefusal(await call(sandbox(), 'GET', `/batches?cursor=${garbled}`), 400, 'invalid_field_format');
	});
});
