import '../../../support/debugLogs';

import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Fault, type Sandbox } from '../../../../sandbox';
import { continueOnFail, issue, learners, partnerCredential, status } from '../../../support/moca';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ moca: { onChainAfterPolls: 1 } })));
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

/** Everything a run leaves behind: the execution as n8n would save it, and whatever was written to the console meanwhile. */
async function everythingOf(run: () => Promise<unknown>): Promise<string> {
	const written: string[] = [];
	// n8n's logger writes to the console's own streams, which under Jest are not always the process's.
	const { _stdout, _stderr } = console as unknown as Record<'_stdout' | '_stderr', NodeJS.WriteStream>;
	const streams = new Set<NodeJS.WriteStream>([process.stdout, process.stderr, _stdout, _stderr]);
	const spies = [...streams].map((stream) =>
		jest.spyOn(stream, 'write').mockImplementation((chunk) => {
			written.push(String(chunk));
			return true;
		}),
	);
	const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
		jest.spyOn(console, name).mockImplementation((...words) => void written.push(inspect(words, { depth: 10 }))),
	);
	const result = await run();
	[...spies, ...consoles].forEach((spy) => spy.mockRestore());
	return `${inspect(result, { depth: Infinity, maxStringLength: Infinity, maxArrayLength: Infinity, showHidden: true })}\n${written.join('\n')}`;
}

const token = /eyJ[\w-]+\.[\w-]+/;
const expectNoSecret = (text: string, privateKey: string) => {
	expect(text).not.toMatch(token);
	const body = privateKey.replace(/-----[^-]+-----|\s/g, '');
	for (let at = 0; at + 24 <= body.length; at += 24) expect(text).not.toContain(body.slice(at, at + 24));
};

const echo = {
	kind: 'status',
	status: 400,
	body: { error: 400, message: `bad token ${['eyJhbGciOiJFUzI1NiJ9', 'eyJhIjoxfQ', 'c2ln'].join('.')}` },
} as const;
const faults: Array<[string, Fault['answer'] | undefined, IDataObject]> = [
	['success', undefined, { waitForOnChain: true, options: { pollInterval: 0.1 } }],
	['401', { kind: 'status', status: 401 }, {}],
	['a refusal that quotes a token', echo, {}],
	['500 until it gives up', { kind: 'status', status: 500 }, { options: { maxRetries: 1 } }],
	['a gateway’s page', { kind: 'html', status: 502 }, { options: { maxRetries: 0 } }],
	['a dropped connection', { kind: 'drop', when: 'before' }, { options: { maxRetries: 0 } }],
	['no answer in time', { kind: 'slow', delayMs: 500 }, { options: { timeout: 100, maxRetries: 0 } }],
	['an answer cut off', { kind: 'truncated' }, {}],
];

describe.each([
	['Continue', continueOnFail],
	['Stop', {}],
])('with On Error = %s, neither key nor token appears in items, errors or logs', (_, settings) => {
	it.each(faults)('after %s', async (__, answer, parameters) => {
		if (answer) sandbox.faults.add({ route: 'moca.issue', times: 20, answer });
		const text = await everythingOf(() => issue(sandbox, learners(2), parameters, settings));
		expect(text).toMatch(/learner1@example.com/);
		expect(text).toMatch(/Workflow execution started|Start executing node/);
		expectNoSecret(text, sandbox.moca.partner.privateKeyPem);
	});

	it('after a status that fails', async () => {
		sandbox.faults.add({ route: 'moca.status', times: 20, answer: { kind: 'drop', when: 'before' } });
		const text = await everythingOf(() =>
			status(sandbox, [{ email: 'a@example.com', hash: 'ab' }], { options: { maxRetries: 0 } }, settings),
		);
		expectNoSecret(text, sandbox.moca.partner.privateKeyPem);
	});

	it('after a key that is damaged', async () => {
		const privateKey = sandbox.moca.partner.privateKeyPem.replace(/[A-Z]{2}/, '');
		const credential = { ...partnerCredential(sandbox), privateKey };
		expectNoSecret(await everythingOf(() => issue(sandbox, learners(1), {}, { ...settings, credential })), privateKey);
	});
});
