import { useLearnCoin } from '../../../support/sandbox/learncoin';
import { useN8n, type Trigger } from '../../../support/trigger';

const sandbox = useLearnCoin();
const n8nTrigger = useN8n(sandbox);

async function published(changes: Parameters<typeof n8nTrigger>[0] = {}): Promise<Trigger> {
	const trigger = n8nTrigger(changes);
	await trigger.activate();
	return trigger;
}

const nowS = () => Math.floor(Date.now() / 1000);

/** A delivery with a signature that fits, of any body. */
async function signed(trigger: Trigger, body: string, { seconds = nowS(), headers = {} } = {}) {
	const { learncoin } = sandbox();
	const id = String(trigger.state.data.id);
	return await learncoin.deliverRaw(id, { body, headers: { 'x-learncoin-signature': learncoin.sign(id, body, seconds), ...headers } });
}

const nested = (levels: number) => `{"id":"evt_deep","type":"batch.anchored","data":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;

describe('a truly signed event', () => {
	it('nested 100,000 levels deep is refused: n8n could not read the data of its execution', async () => {
		const trigger = await published();
		expect(await signed(trigger, nested(100_000))).toMatchObject({ status: 422, answer: expect.stringMatching(/nested deeper/) });
		expect(trigger.started).toEqual([]);
	});

	it('nested as deeply as any event could be starts the workflow', async () => {
		const trigger = await published();
		expect((await signed(trigger, nested(98))).status).toBe(200);
		expect(trigger.started).toHaveLength(1);
	});

	it('has no type by way of __proto__', async () => {
		const trigger = await published();
		expect((await signed(trigger, '{"id":"evt_1","__proto__":{"type":"batch.anchored"}}')).status).toBe(200);
		expect(trigger.started).toEqual([]);
	});

	it('gives no object what its __proto__ says', async () => {
		const trigger = await published();
		await signed(trigger, '{"__proto__":{"id":"evt_false","polluted":true},"id":"evt_1","type":"batch.anchored"}');
		expect(trigger.started).toHaveLength(1);
		expect(trigger.started[0]!.id).toBe('evt_1');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(trigger.started[0]!.polluted).toBeUndefined();
	});
});

describe('what the sender can’t know of stays without effect', () => {
	// n8n starts the workflow when a trigger throws.
	it.each(['toleranceSeconds', 'events'])(
		'an expression in %s that fails refuses deliveries instead of starting the workflow',
		async (name) => {
			const trigger = await published();
			trigger.state.parameters = {
				...trigger.state.parameters,
				[name]: '={{ $("No such node").first().json.any }}',
			};
			const { status } = await signed(trigger, '{"id":"evt_1","type":"batch.anchored"}');
			expect([status, trigger.started]).toEqual([500, []]);
		},
	);
});

describe('a clock that is off', () => {
	const event = '{"id":"evt_1","type":"batch.anchored"}';

	it('is told, with how far, when a signature that fits is from the future', async () => {
		const answered = await signed(await published(), event, { seconds: nowS() + 725 });
		expect(answered).toMatchObject({
			status: 401,
			answer: expect.stringMatching(/12 minutes from the future.*clock is behind LearnCoin’s/),
		});
	});

	it('is one of two causes of a signature that is too old', async () => {
		const answered = await signed(await published(), event, { seconds: nowS() - 725 });
		expect(answered).toMatchObject({
			status: 401,
			answer: expect.stringMatching(/12 minutes old.*played again, or this machine’s clock is ahead/),
		});
	});

	it('is not spoken of when the signature doesn’t fit', async () => {
		const trigger = await published();
		const header = `t=${nowS() + 725},v1=${'a'.repeat(64)}`;
		const answered = await signed(trigger, event, { headers: { 'x-learncoin-signature': header } });
		expect(answered.answer).not.toMatch(/clock|minutes/);
	});
});
