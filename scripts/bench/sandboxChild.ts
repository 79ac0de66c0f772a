import { startSandbox, type SandboxOptions } from '../../sandbox';

async function main(): Promise<void> {
	const { url, moca } = await startSandbox(JSON.parse(process.argv[2] ?? '{}') as SandboxOptions);
	process.send?.({ url, moca: { apiBaseUrl: moca.apiBaseUrl, partner: moca.partner, programs: moca.programs } });
	process.on('disconnect', () => process.exit());
}

void main();
