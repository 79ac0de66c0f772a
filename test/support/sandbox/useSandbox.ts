import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox';

/** A sandbox that runs from before a file's first test to after its last, emptied before each. */
export function useSandbox(options?: SandboxOptions): () => Sandbox {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox(options);
	});
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.stop());
	return () => sandbox;
}
