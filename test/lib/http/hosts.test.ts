import { isInside, isLoopback } from '../../../lib/http/hosts';

const hostOf = (host: string) => new URL(`https://${host}/`).hostname;

it.each([
	...[
		'localhost',
		'localhost.',
		'app.localhost',
		'intranet',
		'n8n',
		'printer.local',
		'metadata.google.internal',
		'nas.lan',
		'router.home.arpa',
	],
	...[
		'127.0.0.1',
		'127.1',
		'2130706433',
		'0x7f.1',
		'017700000001',
		'0.0.0.0',
		'10.1.2.3',
		'100.64.0.1',
		'100.127.255.255',
		'169.254.169.254',
	],
	...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.168.1.1', '198.18.0.1', '198.19.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
	...[
		'[::1]',
		'[::]',
		'[::ffff:10.0.0.1]',
		'[fe80::1]',
		'[fc00::1]',
		'[fd12:3456::1]',
		'[64:ff9b::a00:1]',
		'[2002:a00:1::]',
		'[2001:0:a00:1::]',
	],
	...['[2001::1]', '[ff02::1]', 'LOCALHOST', 'Server.Local'],
])('%s is inside', (host) => {
	expect(isInside(hostOf(host))).toBe(true);
});

it.each([
	...['learncoin.io', 'example.com', 'example.com.', 'internal.example.com', 'local.org', 'did.10.0.0.1.example', 'xn--bcher-kva.example'],
	...[
		'8.8.8.8',
		'100.63.0.1',
		'100.128.0.1',
		'169.253.0.1',
		'172.15.0.1',
		'172.32.0.1',
		'192.167.0.1',
		'198.17.0.1',
		'198.20.0.1',
		'223.0.0.1',
	],
	...['[2606:4700::1111]', '[2a00:1450::1]', '[3fff::1]', '[2001:4860:4860::8888]'],
])('%s is not', (host) => {
	expect(isInside(hostOf(host))).toBe(false);
});

it('loopback is inside, and is all that plain http is taken for', () => {
	for (const host of ['localhost', '127.0.0.1', '127.255.0.9', '[::1]']) expect([isLoopback(host), isInside(host)]).toEqual([true, true]);
	for (const host of ['localhost.example', '128.0.0.1', '[::2]', '127.0.0.1.example', '10.0.0.1']) expect(isLoopback(host)).toBe(false);
});
