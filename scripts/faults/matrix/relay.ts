import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** A line to a service on loopback that can be cut: while it is, connections are refused. */
export interface Relay {
	/** The service's address, by way of this line. */
	through(url: string): string;
	cut(): Promise<void>;
	mend(): Promise<void>;
}

const host = '127.0.0.1';

export async function openRelay(serviceUrl: string): Promise<Relay> {
	const service = new URL(serviceUrl);
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		const onward = connect(Number(service.port), host);
		for (const [one, other] of [
			[socket, onward],
			[onward, socket],
		] as const) {
			open.add(one);
			one.pipe(other);
			// A line that breaks on one side breaks on the other: half of an answer must not look like a whole one.
			one.on('error', () => other.destroy());
			one.on('close', () => {
				open.delete(one);
				other.destroy();
			});
		}
	});
	const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, host, resolve));
	await listen(0);
	const { port } = server.address() as AddressInfo;
	return {
		through: (url) => url.replace(service.host, `${host}:${port}`),
		cut: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of open) socket.destroy();
			}),
		mend: () => listen(port),
	};
}
