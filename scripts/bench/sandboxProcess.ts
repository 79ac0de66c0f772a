import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { MocaSandbox, Sandbox, SandboxOptions } from '../../sandbox';
import type { LearnCoinSandbox } from '../../sandbox/learncoin';

/** What of a sandbox can be told to another process. */
export interface RemoteSandbox {
	url: string;
	moca: Pick<MocaSandbox, 'apiBaseUrl' | 'catalogBaseUrl' | 'partner' | 'ecPartner' | 'programs'>;
	learncoin: Pick<LearnCoinSandbox, 'apiBaseUrl' | 'apiKey'>;
	chain: Pick<Sandbox['chain'], 'rpcUrls'>;
}

/** Starts the sandbox in a process of its own, so that its work doesn't count as the node's. Ended by its ID with `stop`. */
export async function startSandboxProcess(options: SandboxOptions): Promise<RemoteSandbox & { stop(): Promise<void> }> {
	const child: ChildProcess = fork(join(__dirname, 'sandboxChild.ts'), [JSON.stringify(options)], {
		// Also for a parent that reads TypeScript in another way, such as Jest.
		execArgv: ['--import', 'tsx'],
	});
	const [remote] = (await once(child, 'message')) as [RemoteSandbox];
	return {
		...remote,
		stop: async () => {
			child.kill();
			await once(child, 'exit');
		},
	};
}
