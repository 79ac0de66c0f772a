import { startSandbox, type SandboxOptions } from '../../sandbox';

async function main(): Promise<void> {
	const { url, moca, learncoin } = await startSandbox(JSON.parse(process.argv[2] ?? '{}') as SandboxOptions);
	process.send?.({
		url,
		moca: { apiBaseUrl: moca.apiBaseUrl, partner: moca.partner, programs: moca.programs },
		learncoin: { apiBaseUrl: learncoin.apiBaseUrl, apiKey: learncoin.apiKey },
	});
	process.on('disconnect', () => process.exit());
}

void main();
