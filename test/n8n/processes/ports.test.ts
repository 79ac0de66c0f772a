import { createServer, type AddressInfo, type Server } from 'node:net';

import { FixableError } from '../../../n8n/errors';
import { freePort, portFromEnv, portOr } from '../../../n8n/processes/ports';

let server: Server;
let busy: number;

beforeAll(async () => {
	server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	busy = (server.address() as AddressInfo).port;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a busy port is one line that says how to choose another', async () => {
	await expect(portOr(busy, 'N8N_PORT')).rejects.toThrow(
		new FixableError(`Port ${busy} is in use. End the program that uses it, or choose another port: N8N_PORT=${busy + 10} npm start`),
	);
});

test('and names the command that it is about', async () => {
	await expect(portOr(busy, 'N8N_PORT', 'npm run dev')).rejects.toThrow(`N8N_PORT=${busy + 10} npm run dev`);
});

test('a free port is taken as wanted, and without a wish any is', async () => {
	const free = await freePort();
	expect(await portOr(free, 'N8N_PORT')).toBe(free);
	expect(await portOr(undefined, 'N8N_PORT')).toBeGreaterThan(0);
});

test('a setting that is no port is refused', () => {
	process.env.TEST_PORT_SETTING = 'eighty';
	expect(() => portFromEnv('TEST_PORT_SETTING', 5678)).toThrow(FixableError);
	delete process.env.TEST_PORT_SETTING;
	expect(portFromEnv('TEST_PORT_SETTING', 5678)).toBe(5678);
});
