import { createPrivateKey } from 'node:crypto';
import { startSandbox } from '../../sandbox';
import { issue } from '../support/sandbox/moca';
import { useSandbox } from '../support/sandbox/useSandbox';

const sandbox = useSandbox();

it('listens on loopback and tells where', () => {
	expect(sandbox().url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(sandbox().moca.apiBaseUrl).toBe(`${sandbox().url}/v1`);
});

it('says which port is taken', async () => {
	const port = Number(new URL(sandbox().url).port);
	await expect(startSandbox({ port })).rejects.toThrow(`port ${port} is in use`);
});

it('has a partner with an RSA key and one with an EC key, new at every start', async () => {
	const other = await startSandbox();
	await other.stop();
	const { partner, ecPartner } = sandbox().moca;
	expect(createPrivateKey(partner.privateKeyPem).asymmetricKeyType).toBe('rsa');
	expect(createPrivateKey(ecPartner.privateKeyPem).asymmetricKeyType).toBe('ec');
	expect(other.moca.partner.privateKeyPem).not.toBe(partner.privateKeyPem);
	expect(other.moca.partner.partnerId).toBe(partner.partnerId);
});

it('holds every API answer back by the latency', async () => {
	sandbox().setLatency(120);
	const startedAt = Date.now();
	await issue(sandbox());
	sandbox().setLatency(0);
	expect(Date.now() - startedAt).toBeGreaterThanOrEqual(115);
});

it('forgets credentials, traffic and faults on reset, and keeps keys and settings', async () => {
	const { privateKeyPem } = sandbox().moca.partner;
	sandbox().moca.settings.finalStatus = 'REMOVE';
	await issue(sandbox());
	sandbox().faults.add({ route: '*', answer: { kind: 'html', status: 503 } });
	sandbox().reset();
	expect([sandbox().moca.issued(), sandbox().traffic.requests()]).toEqual([[], []]);
	expect((await issue(sandbox())).status).toBe(200);
	expect(sandbox().moca.partner.privateKeyPem).toBe(privateKeyPem);
	expect(sandbox().moca.settings.finalStatus).toBe('REMOVE');
});

it('stops at once, also while an answer is held back', async () => {
	const stopped = await startSandbox();
	stopped.faults.add({ route: '*', answer: { kind: 'slow', delayMs: 60_000 } });
	const call = issue(stopped).catch((error: { code?: string }) => error.code);
	while (stopped.moca.issued().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	const startedAt = Date.now();
	await stopped.stop();
	expect(Date.now() - startedAt).toBeLessThan(1000);
	expect(await call).toBe('ECONNRESET');
});
