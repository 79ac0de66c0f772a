import { createServer, type AddressInfo } from 'node:net';

import { FixableError } from '../errors';

const loopback = '127.0.0.1';

/** A port on loopback that nothing listens on. */
export const freePort = () => listenBriefly(0);

/**
 * The wanted port if it is free, any free one if none is wanted. `setting` names the environment variable that chooses another for
 * `command`.
 *
 * @throws FixableError when the wanted port is busy
 */
export async function portOr(wanted: number | undefined, setting: string, command = 'npm start'): Promise<number> {
	if (wanted === undefined) return freePort();
	try {
		return await listenBriefly(wanted);
	} catch {
		throw new FixableError(
			`Port ${wanted} is in use. End the program that uses it, or choose another port: ${setting}=${wanted + 10} ${command}`,
		);
	}
}

/** A port number out of an environment variable. */
export function portFromEnv(name: string, otherwise: number): number {
	const text = process.env[name];
	if (text === undefined || text === '') return otherwise;
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new FixableError(`${name} has to be a port number from 1 to 65535; it is "${text}".`);
}

async function listenBriefly(port: number): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, loopback, resolve);
	});
	const { port: taken } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return taken;
}
