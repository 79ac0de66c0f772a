import { Agent } from 'node:http';

import axios from 'axios';

import { openRelay } from '../../../scripts/faults/matrix/relay';
import { useSandbox } from '../../support/sandbox/useSandbox';

const sandbox = useSandbox();

const codeOf = async (url: string) =>
	await axios.get(url, { proxy: false, httpAgent: new Agent({ keepAlive: false }) }).then(
		({ status }) => status,
		(error: { code?: string }) => error.code,
	);

it('a line that is cut refuses connections, and goes on at the same address when it is mended', async () => {
	const relay = await openRelay(sandbox().url);
	const url = relay.through(`${sandbox().url}/_sandbox/state`);
	expect(await codeOf(url)).toBe(200);
	await relay.cut();
	expect(await codeOf(url)).toBe('ECONNREFUSED');
	await relay.mend();
	expect(await codeOf(url)).toBe(200);
	await relay.cut();
});

it('an answer that the service breaks off is broken off here', async () => {
	const relay = await openRelay(sandbox().url);
	sandbox().faults.add({ route: '*', answer: { kind: 'drop', when: 'before' } });
	expect(await codeOf(relay.through(`${sandbox().moca.apiBaseUrl}/credentials/status`))).toBe('ECONNRESET');
	await relay.cut();
});
