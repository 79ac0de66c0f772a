import { createSender } from '../../../lib/http/send';
import { forStrangers } from '../../../lib/http/strangers';
import { answer, fakeClock, transportOf } from '../../support/fakes';

const request = { method: 'GET', url: 'https://stranger.example/', repeat: 'anything' } as const;

it('a stranger who asks for patience holds nobody up', async () => {
	for (const impatient of [answer(429, '', { 'retry-after': '290' }), answer(503, '', { 'retry-after': '290' })]) {
		const clock = fakeClock();
		const transport = transportOf(impatient);
		const send = createSender({ concurrency: 1, requestsPerSecond: 0, maxRetries: 1, clock }).through(forStrangers(transport));
		await send(request).catch(() => undefined);
		await send(request).catch(() => undefined);
		expect(transport.attempts()).toBe(4);
		expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2_000);
	}
});

it('what a stranger answers comes through', async () => {
	const transport = forStrangers(transportOf(answer(200, { id: 1 }, { etag: '1' })));
	expect(await transport(request)).toMatchObject({ status: 200, text: '{"id":1}', headers: { etag: '1' } });
});
